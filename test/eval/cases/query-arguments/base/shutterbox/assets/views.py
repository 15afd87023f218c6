from flask import Blueprint, g, jsonify, request, send_file

from shutterbox import storage
from shutterbox.assets import service
from shutterbox.auth import editor, signed_in
from shutterbox.errors import ApiError
from shutterbox.paging import page_after, page_limit

assets = Blueprint("assets", __name__)

MEDIA_TYPES = {"image/jpeg", "image/png", "image/webp", "image/tiff"}


def _path_of(value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 300 or "\0" in value:
        raise ApiError(400, "path must be a text of 1 to 300 characters")
    return value


@assets.get("")
@signed_in
def list_assets():
    found = service.list_assets(g.caller.team_id, page_after(), page_limit(), request.args.get("folder"))
    return jsonify(assets=[asset.to_json() for asset in found])


@assets.post("")
@editor
def upload():
    upload = request.files.get("file")
    if upload is None or upload.mimetype not in MEDIA_TYPES:
        raise ApiError(400, "send a picture as `file`")
    path = _path_of(request.form.get("path"))
    asset = service.create_asset(g.caller.team_id, g.caller.user, path, upload.mimetype, upload.stream)
    return jsonify(asset.to_json()), 201


@assets.get("/<int:asset_id>/file")
@signed_in
def download(asset_id: int):
    asset = service.find_asset(g.caller.team_id, asset_id)
    return send_file(storage.open_file(asset.team_id, asset.path), mimetype=asset.media_type)


@assets.patch("/<int:asset_id>")
@editor
def move(asset_id: int):
    body = request.get_json()
    asset = service.find_asset(g.caller.team_id, asset_id)
    return jsonify(service.move_asset(asset, _path_of(body.get("path"))).to_json())


@assets.delete("/<int:asset_id>")
@editor
def delete(asset_id: int):
    service.delete_asset(service.find_asset(g.caller.team_id, asset_id))
    return "", 204
