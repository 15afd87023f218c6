"""Pages of the list endpoints."""

from flask import request

from shutterbox.errors import ApiError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


def _number(name: str, default: int) -> int:
    text = request.args.get(name)
    if text is None or text == "":
        return default
    try:
        return int(text)
    except ValueError:
        raise ApiError(400, f"{name} must be a number") from None


def page_limit() -> int:
    """How many rows the caller wants: at least one, at most what we are ready to send."""
    return min(max(_number("limit", DEFAULT_LIMIT), 1), MAX_LIMIT)


def page_after() -> int:
    """The id of the last row that the caller has."""
    return max(_number("after", 0), 0)
