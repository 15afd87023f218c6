import os
from pathlib import Path


class Config:
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "postgresql+psycopg://localhost/shutterbox")
    MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", "/media"))
    STORAGE_BUCKET = os.environ.get("STORAGE_BUCKET")
    MAX_CONTENT_LENGTH = 200 * 1024 * 1024
    JWT_PUBLIC_KEY = os.environ.get("JWT_PUBLIC_KEY", "")
    REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
