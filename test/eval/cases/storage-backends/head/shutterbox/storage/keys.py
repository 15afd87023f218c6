import posixpath

from shutterbox.errors import ApiError


def key_of(team_id: int, path: str) -> str:
    """The key of an asset: the team's folder and the path within it, in one spelling (`a//b/./c` is `a/b/c`)."""
    prefix = str(team_id)
    key = posixpath.normpath(posixpath.join(prefix, path.lstrip("/")))
    if key in (prefix, ".", ".."):
        raise ApiError(400, "this is no path for an asset")
    return key
