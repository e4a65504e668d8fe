"""Mail over SMTP (e-post): one connection for many messages, made again where it breaks."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

_TIMEOUT_S = 30.0


class ServerAwayError(RuntimeError):
    """The mail server does not answer, or takes nothing from us: no fault of the one who is written to."""


class BrokenError(RuntimeError):
    """The connection broke in the middle of a mail: nobody knows whether it was taken."""


class RefusedError(RuntimeError):
    """The mail server does not take this mail."""


class Mailer:
    """A mail server by its address: smtp://user:password@host:587?starttls, or smtps://host."""

    def __init__(self, url: str, timeout: float = _TIMEOUT_S) -> None:
        self._url, self._timeout = urlsplit(url), timeout
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._drop()

    def send(self, mail: EmailMessage) -> None:
        """The server took the mail when this returns; whatever is raised, it is to be sent again."""
        server = self._connected()
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise RefusedError(_told(next(iter(error.recipients.values())))) from error
        except (smtplib.SMTPHeloError, smtplib.SMTPSenderRefused, smtplib.SMTPNotSupportedError) as error:
            self._drop()
            raise ServerAwayError(str(error)) from error
        except smtplib.SMTPDataError as error:
            raise RefusedError(_told((error.smtp_code, error.smtp_error))) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise BrokenError(f"the connection broke: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        """The connection, if the server has not closed it meanwhile, or a new one."""
        if self._server is not None:
            try:
                self._server.noop()
            except (smtplib.SMTPException, OSError):
                self._drop()
        if self._server is None:
            try:
                self._server = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise ServerAwayError(f"the mail server {self._url.hostname} cannot be used: {error}") from error
        return self._server

    def _connect(self) -> smtplib.SMTP:
        url, secure = self._url, ssl.create_default_context()
        host = url.hostname or "localhost"
        server: smtplib.SMTP
        if url.scheme.lower() == "smtps":
            server = smtplib.SMTP_SSL(host, url.port or 465, timeout=self._timeout, context=secure)
        else:
            server = smtplib.SMTP(host, url.port or 25, timeout=self._timeout)
        try:
            if "starttls" in url.query.lower():
                server.starttls(context=secure)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None


def _told(answer: tuple[int, bytes | str]) -> str:
    code, said = answer
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
