# --- a template of jinja2 that escapes what it is given
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from jinja2 import Template

app = FastAPI()
LOGO = Template("<img alt='{{ alt }}'>", autoescape=True)
BARE = Template("<img alt='{{ alt }}'>", autoescape=False)

@app.get("/logo", response_class=HTMLResponse)
def logo(alt: str):
    return LOGO.render(alt=alt)

@app.get("/here", response_class=HTMLResponse)
def here(alt: str):
    return Template("<b>{{ alt }}</b>", autoescape=True).render(alt=alt)

@app.get("/bare", response_class=HTMLResponse)
def bare(alt: str):
    return BARE.render(alt=alt)  # ! high reflected-html

# --- Flask: a returned text
from flask import Flask, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    return f"<h1>Hello {request.args.get('name')}</h1>"  # ! high reflected-html

@app.get("/echo")
def echo():
    return request.args["text"]  # ! high reflected-html

# --- Flask: make_response and Response
from flask import Blueprint, Response, make_response, request

bp = Blueprint("x", __name__)

@bp.route("/a")
def a():
    response = make_response("<p>No results for " + request.args["q"] + "</p>", 404)  # ! high reflected-html
    return response

@bp.route("/b/<name>")
def b(name):
    return Response("<b>%s</b>" % name)  # ! high reflected-html

# --- Django: HttpResponse and mark_safe
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

def search(request):
    return HttpResponse("<p>You searched for %s</p>" % request.GET["q"])  # ! high reflected-html

def page(request):
    banner = mark_safe("<div>" + request.GET.get("banner", "") + "</div>")  # ! high reflected-html
    return render(request, "page.html", {"banner": banner})

# --- FastAPI: HTMLResponse
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()

@app.get("/greet")
async def greet(name: str):
    return HTMLResponse(f"<h1>{name}</h1>")  # ! high reflected-html

# --- Tornado: write
import tornado.web

class Hello(tornado.web.RequestHandler):
    def get(self):
        self.write("<h1>Hello " + self.get_argument("name") + "</h1>")  # ! high reflected-html

# --- aiohttp and Sanic: HTML by their own word
from aiohttp import web
from sanic import Sanic, html

app = Sanic("x")

async def hello(request: web.Request):
    return web.Response(text=f"<h1>{request.query['n']}</h1>", content_type="text/html")  # ! high reflected-html

@app.get("/s")
async def s(request):
    return html("<h1>" + request.args.get("n") + "</h1>")  # ! high reflected-html

# --- Bottle: escaped for an address only
from bottle import request, route
import shlex

@route("/q")
def q():
    return "<p>" + shlex.quote(request.query.q) + "</p>"  # ! high reflected-html

# --- escaped
import html
from flask import Flask, render_template, request
from markupsafe import escape

app = Flask(__name__)

@app.get("/a")
def a():
    return f"<h1>Hello {escape(request.args.get('name'))}</h1>"

@app.get("/b")
def b():
    return "<h1>" + html.escape(request.args["name"]) + "</h1>"

@app.get("/c")
def c():
    return render_template("hello.html", name=request.args["name"])

# --- JSON
from flask import Flask, jsonify, request
import json

app = Flask(__name__)

@app.get("/a")
def a():
    return {"name": request.args["name"]}

@app.get("/b")
def b():
    return jsonify(name=request.args["name"]), 201

@app.get("/c")
def c():
    return [request.args["name"]]

@app.post("/d")
def d():
    return request.get_json()

# --- another content type
from flask import Flask, Response, make_response, request
from django.http import HttpResponse

app = Flask(__name__)

@app.get("/a")
def a():
    return Response(f"name,{request.args['name']}\n", mimetype="text/csv")

@app.get("/b")
def b():
    response = make_response("Hello " + request.args["name"])
    response.headers["Content-Type"] = "text/plain"
    return response

@app.get("/c")
def c():
    return "Hello " + request.args["name"], 200, {"Content-Type": "text/plain"}

def d(request):
    return HttpResponse(request.GET["x"], content_type="text/plain")

# --- numbers and constants
from flask import Flask, request

app = Flask(__name__)
NAMES = {"a": "Anna", "b": "Bob"}

@app.get("/a/<int:number>")
def a(number):
    return f"<p>{number} {NAMES.get(request.args['who'], 'you')}</p>"

@app.get("/b")
def b():
    return f"<p>{len(request.args['text'])}</p>"

# --- Django: its own escape
from django.http import HttpResponse, JsonResponse
from django.utils.html import escape, format_html

def a(request):
    return HttpResponse(format_html("<p>{}</p>", request.GET["q"]))

def b(request):
    return HttpResponse("<p>" + escape(request.GET["q"]) + "</p>")

def c(request):
    return JsonResponse({"q": request.GET["q"]})

# --- FastAPI: JSON and text by default
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
import bleach

app = FastAPI()

@app.get("/a")
async def a(name: str):
    return f"<h1>{name}</h1>"

@app.get("/b")
async def b(name: str):
    return PlainTextResponse(f"Hello {name}")

@app.get("/c")
async def c(text: str):
    return HTMLResponse(bleach.clean(text))

# --- a file, a stream, an error of a framework
from flask import Flask, abort, request, send_from_directory, redirect, url_for

app = Flask(__name__)

@app.get("/f/<path:name>")
def f(name):
    return send_from_directory("/srv", name)

@app.get("/e")
def e():
    abort(404, description="no " + request.args["x"])

@app.get("/r")
def r():
    return redirect(url_for("e", x=request.args["x"]))

# --- a class of answers with a constructor of its own
from django.http import HttpResponse

class TemporaryRedirect(HttpResponse):
    status_code = 307

    def __init__(self, to):
        HttpResponse.__init__(self)
        self["Location"] = to

def slash(request):
    return TemporaryRedirect(request.get_full_path() + "/")

# --- what is put out of its escapes is a text again, and no page
from flask import Flask, Markup, request

app = Flask(__name__)


@app.post("/comments")
def comment():
    save(Markup(request.form["text"]).unescape(), Markup(request.form["title"]).striptags())
    return {}


# --- a text that is called safe is HTML
from flask import Flask, Markup, request

app = Flask(__name__)


@app.post("/comments")
def comment():
    save(Markup(request.form["text"]).strip())  # ! high reflected-html
    return {}

# --- a route that answers with pages
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()

@app.get("/find", response_class=HTMLResponse)
async def find(name: str):
    return f"<h1>{name}</h1>"  # ! high reflected-html

# --- a route that answers with JSON, and an escaped page
import html
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()

@app.get("/find")
async def find(name: str):
    return f"<h1>{name}</h1>"

@app.get("/page", response_class=HTMLResponse)
async def page(name: str):
    return f"<h1>{html.escape(name)}</h1>"

# --- Django: an answer that is written, one that is streamed
from django.http import HttpResponse, StreamingHttpResponse

def page(request):
    answer = HttpResponse()
    answer.write("<p>%s</p>" % request.GET["q"])  # ! high reflected-html
    return answer

def pieces(request):
    return StreamingHttpResponse("<p>%s</p>" % request.GET["q"])  # ! high reflected-html

# --- Falcon
class Page:
    def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        resp.text = "<p>" + req.get_param("q") + "</p>"  # ! high reflected-html

import falcon

# --- Jinja without its environment
from flask import Flask, request
from jinja2 import Template

app = Flask(__name__)

@app.get("/")
def page():
    return Template("<p>{{ q }}</p>").render(q=request.args["q"])  # ! high reflected-html

# --- Flask: the page for what is not there
from flask import Flask, request

app = Flask(__name__)

@app.errorhandler(404)
def missing(error):
    return "<p>Nothing at %s</p>" % request.path, 404  # ! high reflected-html

# --- right: other content, escaped text
import falcon
from django.http import HttpResponse
from django.utils.html import escape
from flask import Flask, request
from jinja2 import Template

app = Flask(__name__)

def page(request):
    answer = HttpResponse(content_type="text/plain")
    answer.write("<p>%s</p>" % request.GET["q"])
    return answer

def other(request):
    answer = HttpResponse()
    answer.write("<p>%s</p>" % escape(request.GET["q"]))
    return answer

class Item:
    def on_get(self, req, resp):
        resp.media = {"q": req.get_param("q")}
        resp.text = req.get_param("q")

@app.errorhandler(404)
def missing(error):
    return {"path": request.path}, 404

@app.get("/t")
def t():
    return {"page": Template("<p>{{ q }}</p>").render(q=request.args["q"])}

# --- Markup escapes what its methods are given
from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/hi")
def hi():
    return Markup("<b>Hello {}</b>").format(request.args["name"])

# --- a sign that was looked for at the begin alone may stand behind it
import re
from flask import Flask, abort, request

app = Flask(__name__)
SIGN = re.compile("<")


@app.get("/a")
def whole():
    name = request.args["name"]
    if re.fullmatch("<", name):
        abort(400)
    return "<p>" + name  # ! high reflected-html


@app.get("/b")
def compiled():
    name = request.args["name"]
    if SIGN.match(name):
        abort(400)
    return "<p>" + name  # ! high reflected-html


@app.get("/c")
def anywhere():
    name = request.args["name"]
    if SIGN.search(name):
        abort(400)
    return "<p>" + name

# --- django-view-that-asks-another-server.py
import aiohttp
from django.http import HttpResponse


async def page(request):
    async with aiohttp.ClientSession() as session:
        await session.post("https://count.example.org/", json={"page": "start"}, timeout=3)
    return HttpResponse("<p>" + request.GET["name"])  # ! high reflected-html

# --- request-of-no-framework.py
import aiohttp


async def page(request):
    async with aiohttp.ClientSession() as session:
        await session.post("https://count.example.org/", json={"page": request.GET["name"]}, timeout=3)

# --- types of other answers, and names that only sound like one
from django.http import HttpResponse, JsonResponse


def order(request):
    if request.GET.get("raw"):
        return JsonResponse(rows(f(g(h(request.user)))), content_type="text/plain")
    return HttpResponse("<p>" + request.GET["name"])  # ! high reflected-html


def picture(request):
    mimetype = "image/png"
    keep(mimetype)
    return HttpResponse("<p>" + request.GET["name"])  # ! high reflected-html

# --- a type of this answer
from django.http import HttpResponse


def named(request):
    content_type = "text/plain"
    return HttpResponse(request.GET["name"], content_type)


def filled(request):
    response = HttpResponse(content_type="text/csv")
    response.write(request.GET["name"])
    return response


def set_after(request):
    response = HttpResponse(request.GET["name"])
    response["Content-Type"] = "text/plain"
    return response
