"""Small pictures, made by the rq worker and kept beside the originals."""

from io import BytesIO

from PIL import Image

from shutterbox import storage
from shutterbox.app import create_app
from shutterbox.db import db
from shutterbox.models import Asset

Image.MAX_IMAGE_PIXELS = 120_000_000
SIZE = (480, 480)


def make_thumbnail(asset_id: int) -> None:
    with create_app().app_context():
        asset = db.session.get(Asset, asset_id)
        if asset is None:
            return
        with storage.open_file(asset.team_id, asset.path) as original, Image.open(original) as picture:
            picture.thumbnail(SIZE)
            out = BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=80)
        out.seek(0)
        storage.save(asset.team_id, f".thumbs/{asset.id}.jpg", out)
