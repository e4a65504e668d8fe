"""What the API answers with."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """The server is up."""

    status: Literal["ok"]
