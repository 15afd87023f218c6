from typing import Annotated

import jwt
from fastapi import Depends, Header, HTTPException

from app.config import settings


def caller(authorization: Annotated[str, Header()] = "") -> dict:
    token = authorization.removeprefix("Bearer ")
    try:
        return jwt.decode(token, settings.jwt_key, algorithms=["HS256"], audience="wallet")
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "unauthorised") from error


def require(scope: str):
    def check(claims: Annotated[dict, Depends(caller)]) -> dict:
        if scope not in claims.get("scopes", []):
            raise HTTPException(403, "forbidden")
        return claims

    return Depends(check)
