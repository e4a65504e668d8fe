"""Who may write over HTTP (skrivrätt): whoever shows the server's token."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from search_api.state import TheState

_bearer = HTTPBearer(auto_error=False, description="PARAGRAF_TOKEN")

REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"description": "The token is not the server's."},
    403: {"description": "The server has no token, so that nothing can be written."},
}


def allowed(state: TheState, told: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    """Raises 401 for who does not show the server's token, and 403 where it has none."""
    token = state.settings.watch.token
    if token is None:
        raise HTTPException(403, "nothing can be written here: the server has no PARAGRAF_TOKEN")
    if told is None or not hmac.compare_digest(told.credentials.encode(), token.encode()):
        raise HTTPException(401, "this needs the server's token", {"WWW-Authenticate": "Bearer"})
