# --- the root logger
import logging
from flask import Flask, request

app = Flask(__name__)

@app.post("/login")
def login():
    logging.warning("login failed for " + request.form["user"])  # ! low log-forging
    return "", 401

# --- a logger of the module
import logging
from fastapi import FastAPI

logger = logging.getLogger(__name__)
app = FastAPI()

@app.get("/search")
async def search(q: str):
    logger.info("search for %s", q)  # ! low log-forging
    return []

# --- the logger of the application
from flask import Flask, current_app, request

app = Flask(__name__)

@app.get("/a")
def a():
    app.logger.error(f"bad value {request.args['x']}")  # ! low log-forging
    current_app.logger.info("value {}".format(request.args["y"]))  # ! low log-forging
    return "", 204

# --- Django: in a view's method
import logging
from django.views import View
from django.http import HttpResponse

log = logging.getLogger("shop")

class Order(View):
    def post(self, request):
        log.debug("order of %s: %s" % (request.user, request.POST["item"]))  # ! low log-forging
        return HttpResponse(status=204)

# --- a helper
import logging
from aiohttp import web

def audit(what, who):
    logging.getLogger("audit").info("%s by %s", what, who)  # ! low log-forging

async def remove(request):
    audit("remove", request.match_info["name"])
    return web.Response(status=204)

app = web.Application()
app.router.add_delete("/x/{name}", remove)

# --- escaped for HTML keeps line breaks
import html
import logging
from bottle import request, route

@route("/x")
def x():
    logging.info("x %s", html.escape(request.query.x))  # ! low log-forging
    return {}

# --- line breaks away
import logging
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def a():
    user = request.form["user"].replace("\n", " ").replace("\r", " ")
    logging.info("login of %s", user)
    logging.info("login of %s", repr(request.form["user"]))
    return "", 204

# --- numbers and constants
import logging
from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)

@app.get("/a/<int:number>")
def a(number):
    logger.info("item %s of %d", number, int(request.args["n"]))
    logger.info("length %s", len(request.args["text"]))
    return "", 204

# --- a structured logger
import structlog
from flask import Flask, request

app = Flask(__name__)
log = structlog.get_logger()

@app.get("/a")
def a():
    log.info("search", q=request.args["q"])
    return "", 204

# --- a fixed list
import logging
from fastapi import FastAPI

app = FastAPI()
logger = logging.getLogger(__name__)

@app.get("/a")
def a(kind: str):
    if kind not in ("x", "y"):
        return None
    logger.info("kind " + kind)

# --- headers hold no line breaks
import logging
from flask import Flask, request

app = Flask(__name__)

@app.get("/a")
def a():
    logging.info("agent %s", request.headers["User-Agent"])
    return "", 204

# --- as JSON and as repr in an f-string
import json
import logging
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def a():
    logging.info("body %s", json.dumps(request.get_json()))
    logging.info(f"user {request.form['user']!r}")
    logging.info("user %r", request.form["user"])
    return "", 204

# --- what is written as its repr holds no line break
import logging
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)

@app.get("/find")
def find():
    name = request.args["name"]
    log.info(f"{name=}")
    log.info(f"{name!r}")
    return ""

# --- a name beside the value, and the text itself
import logging
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)

@app.get("/find")
def find():
    name = request.args["name"]
    log.info(f"{name=!s}")  # ! low log-forging
    return ""

# --- all of a body of Django REST framework is a dict
import logging
from rest_framework.views import APIView

log = logging.getLogger(__name__)

class Orders(APIView):
    def post(self, request):
        log.info(f"asked: {request.data}")
        return None

# --- a field of it is a text
import logging
from rest_framework.views import APIView

log = logging.getLogger(__name__)

class Orders(APIView):
    def post(self, request):
        log.info(f"asked: {request.data['name']}")  # ! low log-forging
        return None
