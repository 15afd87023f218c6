import contextlib
import uuid
from collections.abc import Iterator

import redis

from coop.config import settings

_client = redis.Redis.from_url(settings.redis_url)
_RELEASE = _client.register_script(
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
)


@contextlib.contextmanager
def lock(name: str, seconds: int) -> Iterator[bool]:
    token = uuid.uuid4().hex
    got = bool(_client.set(name, token, nx=True, ex=seconds))
    try:
        yield got
    finally:
        if got:
            _RELEASE(keys=[name], args=[token])
