"""A server of HTTP/2 with a certificate of its own, for what only TLS shows."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import h2.config
import h2.connection
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_FRAME = 10_000  # bytes; the client's window takes 65,535 at once


def certificate(folder: Path, days: int = 1) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file; with -1 days it is of the day before yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kommun.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def over_http2(pem: Path, bodies: dict[str, bytes], asked: list[dict[str, str]]) -> Iterator[str]:
    """Answers the bodies of these paths, by HTTP/2 alone, and 404; `asked` gets the headers of each request.

    With them comes which `connection` they came by.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, context, bodies, asked), daemon=True).start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"


def _accept(
    listening: socket.socket, context: ssl.SSLContext, bodies: dict[str, bytes], asked: list[dict[str, str]]
) -> None:
    while True:
        try:
            connection = listening.accept()[0]
        except OSError:
            return
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as stream:
            _talk(stream, bodies, asked)


def _talk(stream: ssl.SSLSocket, bodies: dict[str, bytes], asked: list[dict[str, str]]) -> None:
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    talk.initiate_connection()
    stream.sendall(talk.data_to_send())
    while data := stream.recv(65536):
        for event in talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                headers = {str(name): str(value) for name, value in event.headers or []}
                asked.append(headers | {"connection": str(id(stream))})
                body, stream_id = bodies.get(headers[":path"]), event.stream_id or 0
                talk.send_headers(stream_id, [(":status", "404" if body is None else "200")], end_stream=body is None)
                for at in range(0, len(body or b""), _FRAME):
                    part = (body or b"")[at : at + _FRAME]
                    talk.send_data(stream_id, part, end_stream=at + _FRAME >= len(body or b""))
        stream.sendall(talk.data_to_send())
