import secrets
from typing import Annotated

from fastapi import Header, HTTPException

from app.config import settings


def require_token(authorization: Annotated[str, Header()] = "") -> None:
    wanted = f"Bearer {settings.api_token}"
    if not settings.api_token or not secrets.compare_digest(authorization.encode(), wanted.encode()):
        raise HTTPException(401, "unauthorised")
