import base64
import binascii
from datetime import datetime


def encode(changed_at: datetime, revision: int) -> str:
    return base64.urlsafe_b64encode(f"{changed_at.isoformat()}|{revision}".encode()).decode()


def decode(text: str) -> tuple[datetime, int]:
    try:
        time, revision = base64.urlsafe_b64decode(text).decode().split("|")
        return datetime.fromisoformat(time), int(revision)
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise ValueError("cursor cannot be read") from error
