import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from flask import Blueprint, g, jsonify, send_file

from shutterbox import storage
from shutterbox.assets.service import find_asset
from shutterbox.auth import editor
from shutterbox.db import db
from shutterbox.errors import not_found
from shutterbox.models import Share

shares = Blueprint("shares", __name__)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@shares.post("/for/<int:asset_id>")
@editor
def create(asset_id: int):
    asset = find_asset(g.caller.team_id, asset_id)
    token = secrets.token_urlsafe(24)
    expires_at = datetime.now(UTC) + timedelta(days=14)
    db.session.add(Share(token_hash=_hash(token), asset_id=asset.id, expires_at=expires_at))
    db.session.commit()
    return jsonify(path=f"/s/{token}", expires_at=expires_at.isoformat()), 201


@shares.get("/<token>")
def show(token: str):
    share = db.session.get(Share, _hash(token))
    if share is None or share.asset is None or share.expires_at <= datetime.now(UTC):
        raise not_found()
    return send_file(storage.open_file(share.asset.team_id, share.asset.path), mimetype=share.asset.media_type)
