# --- Flask, requests
import requests
from flask import Flask, request

app = Flask(__name__)

@app.get("/preview")
def preview():
    response = requests.get(request.args["url"], timeout=5)  # ! high server-side-request-forgery
    return {"title": response.text[:80]}

# --- FastAPI, httpx: an address of a schema is any address
import httpx
from fastapi import FastAPI
from pydantic import BaseModel, HttpUrl

app = FastAPI()

class Hook(BaseModel):
    url: HttpUrl
    secret: str

@app.post("/hooks/test")
async def test_hook(hook: Hook):
    async with httpx.AsyncClient(timeout=5) as client:
        response = await client.post(str(hook.url), json={"ping": True})  # ! high server-side-request-forgery
    return {"status": response.status_code}

# --- aiohttp: client and server
import aiohttp
from aiohttp import web

async def proxy(request):
    host = request.query["host"]
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://{host}/status") as response:  # ! high server-side-request-forgery
            return web.json_response(await response.json())

app = web.Application()
app.router.add_get("/proxy", proxy)

# --- Django: urllib in a helper
from urllib.request import Request, urlopen
from django.http import JsonResponse

def fetch(url):
    return urlopen(Request(url, headers={"User-Agent": "x"})).read()  # ! high server-side-request-forgery

def feed(request):
    return JsonResponse({"feed": fetch(request.POST.get("feed")).decode()})

# --- a host of urllib3 and of a plain connection
import http.client
import urllib3
from flask import Flask, request

app = Flask(__name__)
pool = urllib3.PoolManager()

@app.get("/a")
def a():
    return {"s": pool.request("GET", request.args["u"]).status}  # ! high server-side-request-forgery

@app.get("/b")
def b():
    connection = http.client.HTTPSConnection(request.args["host"])  # ! high server-side-request-forgery
    connection.request("GET", "/")
    return {"s": connection.getresponse().status}

# --- joined to a base, which an absolute address replaces
from urllib.parse import urljoin
import requests
from flask import Flask, request

app = Flask(__name__)

@app.get("/page")
def page():
    target = urljoin("https://docs.example.com/", request.args["page"])
    return requests.Session().get(target).text  # ! high server-side-request-forgery

# --- Tornado: the client is awaited
import tornado.web
from tornado.httpclient import AsyncHTTPClient

class Fetch(tornado.web.RequestHandler):
    async def post(self):
        client = AsyncHTTPClient()
        response = await client.fetch(self.get_body_argument("url"))  # ! high server-side-request-forgery
        self.write({"code": response.code})

# --- an end of a name is no check
import requests
from flask import Flask, abort, request

app = Flask(__name__)

@app.get("/img")
def image():
    url = request.args["url"]
    if not url.startswith("http"):
        abort(400)
    return requests.get("https://" + request.args["cdn"] + ".example.com/x").content  # ! high server-side-request-forgery

# --- the host is fixed
import requests
from flask import Flask, request

app = Flask(__name__)
API = "https://api.example.com"

@app.get("/repo/<owner>")
def repo(owner):
    requests.get(f"https://api.example.com/repos/{owner}")
    requests.get(API + "/search?q=" + request.args["q"])
    requests.get("https://api.example.com/search", params={"q": request.args["q"]})
    requests.post("https://api.example.com/items", json=request.get_json(), headers={"X-User": request.args["u"]})
    return {}

# --- from a list
import requests
from flask import Flask, abort, request

app = Flask(__name__)
MIRRORS = {"eu": "https://eu.example.com", "us": "https://us.example.com"}
HOSTS = ["a.example.com", "b.example.com"]

@app.get("/a")
def a():
    return requests.get(MIRRORS[request.args["region"]] + "/status").json()

@app.get("/b")
def b():
    host = request.args["host"]
    if host not in HOSTS:
        abort(400)
    return requests.get(f"https://{host}/status").json()

# --- the host is compared
from urllib.parse import urlparse
import httpx
from fastapi import FastAPI, HTTPException

app = FastAPI()
ALLOWED = {"images.example.com"}

@app.get("/img")
async def image(url: str):
    parsed = urlparse(url)
    if parsed.hostname not in ALLOWED:
        raise HTTPException(400)
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).status_code

# --- a check of the project
import requests
from flask import Flask, abort, request
from .net import is_public_url

app = Flask(__name__)

@app.get("/img")
def image():
    url = request.args["url"]
    if not is_public_url(url):
        abort(400)
    return requests.get(url).content

# --- addresses of the configuration and of the database
import os
import requests
from flask import Flask, request
from .models import Webhook

app = Flask(__name__)

@app.post("/events/<int:hook_id>")
def deliver(hook_id):
    hook = Webhook.query.get(hook_id)
    requests.post(hook.url, json=request.get_json())
    requests.post(os.environ["EVENTS_URL"], data=request.get_data())
    requests.get(f"https://{app.config['HOST']}/x/{request.args['x']}")
    return "", 204

# --- numbers and quoted parts
import requests
from urllib.parse import quote
from flask import Flask, request

app = Flask(__name__)
BASE = "http://users.internal:8080"

@app.get("/u/<int:user_id>")
def user(user_id):
    requests.get(f"http://shard{user_id % 4}.internal/u/{user_id}")
    return requests.get(BASE + "/users/" + quote(request.args["name"], safe="")).json()

# --- clients of other kinds, and pages that are rendered
import pdfkit
import pycurl
import weasyprint
from flask import Flask, request
from selenium import webdriver

app = Flask(__name__)


@app.route("/a")
def shot():
    url = request.args.get("url")
    curl = pycurl.Curl()
    curl.setopt(curl.URL, url)  # ! high server-side-request-forgery
    driver = webdriver.Chrome()
    driver.get(url)  # ! high server-side-request-forgery
    pdfkit.from_url(url, "x.pdf")  # ! high server-side-request-forgery
    pdfkit.from_string("<h1>" + request.args["title"] + "</h1>", "x.pdf")  # ! high rendered-html
    weasyprint.HTML(string=f"<h1>{request.args['title']}</h1>").write_pdf("x.pdf")  # ! high rendered-html
    return "ok"


# --- clients of other kinds with addresses of ours, and pages that are escaped
import html

import pdfkit
import pycurl
from flask import Flask, request

app = Flask(__name__)


@app.route("/a")
def shot():
    curl = pycurl.Curl()
    curl.setopt(curl.URL, "https://example.org/" + request.args["name"])
    curl.setopt(curl.USERAGENT, request.args["agent"])
    pdfkit.from_string("<h1>" + html.escape(request.args["title"]) + "</h1>", "x.pdf")
    return "ok"

# --- a check of one's own that throws, and gives the address that it has checked
import ipaddress
import socket
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)


def validate_and_resolve(url):
    parts = urlsplit(url)
    address = ipaddress.ip_address(socket.gethostbyname(parts.hostname))
    if address.is_private or address.is_loopback:
        raise ValueError("no")
    return parts, address


@app.post("/a")
def fetch():
    parts, address = validate_and_resolve(request.json["url"])
    return requests.get(f"{parts.scheme}://{address}/{parts.path}", timeout=5).text


# --- an answer of a check that nobody looks at
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)


def validate(url):
    if not isinstance(url, str):
        raise ValueError("no")
    if urlsplit(url).hostname == "localhost":
        return False
    return True


@app.post("/a")
def fetch():
    good = validate(request.json["url"])
    return requests.get(request.json["url"], timeout=5).text  # ! high server-side-request-forgery
# --- an address that the program has signed before
import hashlib
import hmac

import requests
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/proxy")
def proxy():
    url = request.args["url"]
    expected = hmac.new(KEY, url.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.args["mac"]):
        abort(403)
    return requests.get(url, timeout=5).content
# --- a signature that is looked at and nothing more
import hashlib
import hmac

import requests
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/proxy")
def proxy():
    url = request.args["url"]
    expected = hmac.new(KEY, url.encode(), hashlib.sha256).hexdigest()
    if hmac.compare_digest(expected, request.args["mac"]):
        app.logger.info("signed")
    return requests.get(url, timeout=5).content  # ! high server-side-request-forgery

# --- right: a scheme holds letters alone, and the server behind it is fixed
from urllib.parse import urlsplit
import requests
from flask import Flask, request

app = Flask(__name__)

@app.get("/status")
def status():
    parts = urlsplit(request.args["url"])
    return {"ok": requests.get(f"{parts.scheme}://status.acme.io/ping", timeout=5).ok}

# --- the server of an address that was taken apart
from urllib.parse import urlsplit
import requests
from flask import Flask, request

app = Flask(__name__)

@app.get("/ping")
def ping():
    parts = urlsplit(request.args["url"])
    return {"ok": requests.get(f"{parts.scheme}://{parts.netloc}/ping", timeout=5).ok}  # ! high server-side-request-forgery

# --- below the address of the client
import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.Client(base_url="https://charges.acme.io/v1", timeout=5)

@app.get("/charges/{id}")
def charge(id: str):
    return client.get(f"charges/{id}").json()

# --- a table that was uploaded, or is read from a text, is asked of nobody
import io

import pandas as pd
from flask import Flask, request

app = Flask(__name__)


@app.post("/uploaded")
def uploaded():
    return str(len(pd.read_csv(request.files["table"])))


@app.post("/text")
def text():
    return str(len(pd.read_csv(io.StringIO(request.form["table"]))))


@app.post("/named")
def named():
    return str(len(pd.read_csv("https://" + request.form["host"] + "/table.csv")))  # ! high server-side-request-forgery


# --- a path of its own takes the server of the address that it is joined to
import requests
from urllib.parse import urljoin
from flask import Flask, request

app = Flask(__name__)
DOCS = "https://docs.example.com/v1/"

@app.get("/page")
def page():
    return requests.get(urljoin(DOCS, f"/pages/{request.args['page']}"), timeout=5).text

@app.get("/part")
def part():
    path = "parts/{part}".format(part=request.args["part"])
    return requests.get(urljoin(DOCS, path), timeout=5).text

@app.get("/search")
def search():
    return requests.get(urljoin(DOCS, "?q=" + request.args["q"]), timeout=5).text

@app.get("/any")
def any_page():
    return requests.get(urljoin(DOCS, "/" + request.args["page"]), timeout=5).text  # ! high server-side-request-forgery

@app.get("/of")
def of():
    return requests.get(urljoin(request.args["docs"], "/pages/all"), timeout=5).text  # ! high server-side-request-forgery
