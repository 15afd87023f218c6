from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shutterbox.db import db


class Asset(db.Model):
    __tablename__ = "assets"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    path: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    exif: Mapped[dict] = mapped_column(JSONB, default=dict)
    created_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    tags: Mapped[list["Tag"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    def to_json(self) -> dict:
        return {
            "id": self.id,
            "path": self.path,
            "media_type": self.media_type,
            "size": self.size,
            "exif": self.exif,
            "tags": sorted(tag.name for tag in self.tags),
            "created_at": self.created_at.isoformat(),
        }


class Team(db.Model):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Tag(db.Model):
    __tablename__ = "tags"

    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)


class Share(db.Model):
    __tablename__ = "shares"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    asset: Mapped[Asset] = relationship()
