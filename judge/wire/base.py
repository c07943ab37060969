"""What all models share, and the version of the API that they are."""

from pydantic import BaseModel, ConfigDict

API_VERSION = 1  # raised when a client of yesterday could misread an answer of today
API_HEADER = "Judge-Api"


class Said(BaseModel):
    """What the server says. Clients ignore keys they do not know, so that it may say more."""

    model_config = ConfigDict(frozen=True)


class Asked(BaseModel):
    """What a client asks. A key that nobody knows is a mistake and is named."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
