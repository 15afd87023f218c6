from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shutterbox import storage
from shutterbox.db import db
from shutterbox.errors import ApiError, not_found
from shutterbox.models import Asset


def find_asset(team_id: int, asset_id: int) -> Asset:
    asset = db.session.scalar(select(Asset).where(Asset.id == asset_id, Asset.team_id == team_id))
    if asset is None:
        raise not_found()
    return asset


def list_assets(team_id: int, after: int, limit: int, folder: str | None) -> list[Asset]:
    query = select(Asset).where(Asset.team_id == team_id, Asset.id > after).order_by(Asset.id).limit(limit)
    if folder:
        query = query.where(Asset.path.startswith(folder.rstrip("/") + "/", autoescape=True))
    return list(db.session.scalars(query))


def create_asset(team_id: int, user: str, path: str, media_type: str, stream) -> Asset:
    asset = Asset(team_id=team_id, path=path, media_type=media_type, size=0, created_by=user)
    db.session.add(asset)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise ApiError(409, "there is an asset at this path") from None
    asset.size = storage.save(team_id, path, stream)
    db.session.commit()
    return asset


def move_asset(asset: Asset, path: str) -> Asset:
    old, asset.path = asset.path, path
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise ApiError(409, "there is an asset at this path") from None
    storage.move(asset.team_id, old, path)
    db.session.commit()
    return asset


def delete_asset(asset: Asset) -> None:
    team_id, path = asset.team_id, asset.path
    db.session.delete(asset)
    db.session.commit()
    storage.remove(team_id, path)
