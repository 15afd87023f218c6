from dataclasses import dataclass
from functools import wraps

import jwt
from flask import current_app, g, request

from shutterbox.errors import ApiError


@dataclass(frozen=True)
class Caller:
    user: str
    team_id: int
    can_edit: bool


def _read_caller() -> Caller:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise ApiError(401, "log in first")
    try:
        claims = jwt.decode(token, current_app.config["JWT_PUBLIC_KEY"], algorithms=["ES256"], audience="shutterbox")
        return Caller(user=claims["sub"], team_id=int(claims["team"]), can_edit=bool(claims.get("edit")))
    except (jwt.InvalidTokenError, KeyError, ValueError):
        raise ApiError(401, "log in first") from None


def signed_in(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        g.caller = _read_caller()
        return view(*args, **kwargs)

    return wrapper


def editor(view):
    @wraps(view)
    @signed_in
    def wrapper(*args, **kwargs):
        if not g.caller.can_edit:
            raise ApiError(403, "you may look, not change")
        return view(*args, **kwargs)

    return wrapper
