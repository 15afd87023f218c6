from flask import Blueprint, g, jsonify, request
from sqlalchemy import func, select

from shutterbox.assets.service import find_asset
from shutterbox.auth import editor, signed_in
from shutterbox.db import db
from shutterbox.errors import ApiError
from shutterbox.models import Asset, Tag
from shutterbox.paging import page_after, page_limit

tags = Blueprint("tags", __name__)


@tags.get("")
@signed_in
def most_used():
    rows = db.session.execute(
        select(Tag.name, func.count())
        .join(Asset, Asset.id == Tag.asset_id)
        .where(Asset.team_id == g.caller.team_id)
        .group_by(Tag.name)
        .order_by(func.count().desc(), Tag.name)
        .limit(page_limit())
    )
    return jsonify(tags=[{"name": name, "assets": count} for name, count in rows])


@tags.get("/<name>/assets")
@signed_in
def assets_of(name: str):
    found = db.session.scalars(
        select(Asset)
        .join(Tag, Tag.asset_id == Asset.id)
        .where(Asset.team_id == g.caller.team_id, Tag.name == name, Asset.id > page_after())
        .order_by(Asset.id)
        .limit(page_limit())
    )
    return jsonify(assets=[asset.to_json() for asset in found])


@tags.put("/<name>/assets/<int:asset_id>")
@editor
def add(name: str, asset_id: int):
    if not 1 <= len(name) <= 40:
        raise ApiError(400, "a tag has 1 to 40 characters")
    asset = find_asset(g.caller.team_id, asset_id)
    if request.get_json(silent=True):
        raise ApiError(400, "this endpoint takes no body")
    db.session.merge(Tag(asset_id=asset.id, name=name))
    db.session.commit()
    return "", 204
