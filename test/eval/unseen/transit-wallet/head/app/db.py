from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from app.config import settings

engine = create_engine(
    settings.database_url,
    pool_size=20,
    pool_pre_ping=True,
    connect_args={"options": "-c statement_timeout=5000"},
)
session_factory = sessionmaker(engine, expire_on_commit=False)


def get_session() -> Iterator[Session]:
    with session_factory.begin() as session:
        yield session
