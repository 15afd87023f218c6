from flask import Flask

from shutterbox import errors
from shutterbox.assets.views import assets
from shutterbox.config import Config
from shutterbox.db import db
from shutterbox.shares.views import shares
from shutterbox.tags.views import tags


def create_app(config: Config | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_object(config or Config())
    db.init_app(app)
    app.register_blueprint(assets, url_prefix="/api/assets")
    app.register_blueprint(tags, url_prefix="/api/tags")
    app.register_blueprint(shares, url_prefix="/s")
    errors.install(app)
    return app
