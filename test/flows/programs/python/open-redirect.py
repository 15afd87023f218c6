# --- Flask: next of the query
from flask import Flask, redirect, request

app = Flask(__name__)

@app.post("/login")
def login():
    return redirect(request.args.get("next") or "/")  # ! medium open-redirect

# --- Django: shortcut in a class-based view
from django.shortcuts import redirect
from django.views import View

class Logout(View):
    def get(self, request):
        target = request.GET.get("next", "/")
        return redirect(target)  # ! medium open-redirect

# --- Django: the class of the answer
from django.http import HttpResponseRedirect

def done(request):
    return HttpResponseRedirect(request.POST["return_to"])  # ! medium open-redirect

# --- FastAPI
from fastapi import FastAPI
from fastapi.responses import RedirectResponse

app = FastAPI()

@app.get("/out")
async def out(url: str):
    return RedirectResponse(url, status_code=302)  # ! medium open-redirect

# --- Tornado
import tornado.web

class Login(tornado.web.RequestHandler):
    def post(self):
        self.redirect(self.get_argument("next", "/"))  # ! medium open-redirect

# --- aiohttp: thrown
from aiohttp import web

routes = web.RouteTableDef()

@routes.post("/login")
async def login(request: web.Request):
    form = await request.post()
    raise web.HTTPFound(location=form["next"])  # ! medium open-redirect

# --- Sanic: a slash before it is another host
from sanic import Sanic, response

app = Sanic("x")

@app.route("/go")
async def go(request):
    return response.redirect("/" + request.args.get("path"))  # ! medium open-redirect

# --- Bottle
from bottle import redirect, request, route

@route("/go")
def go():
    redirect(request.query.get("to"))  # ! medium open-redirect

# --- paths of ours
from flask import Flask, redirect, request, url_for

app = Flask(__name__)

@app.get("/a/<name>")
def a(name):
    return redirect(url_for("profile", name=request.args["name"]))

@app.get("/b/<name>")
def b(name):
    return redirect(f"/profile/{name}")

@app.get("/c")
def c():
    return redirect("https://login.example.com/authorize?state=" + request.args["state"])

@app.get("/d")
def d():
    return redirect("/search?q=" + request.args["q"], code=303)

# --- Django: its own check, and names of routes
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

def login(request):
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)

def again(request, slug):
    return redirect(reverse("article", args=[slug]))

def here(request):
    return redirect(request.path)

# --- the target is compared
from urllib.parse import urlparse
from flask import Flask, redirect, request

app = Flask(__name__)

def is_safe_url(target):
    return urlparse(target).netloc in ("", "example.com")

@app.get("/a")
def a():
    target = request.args.get("next", "/")
    if not is_safe_url(target):
        return redirect("/")
    return redirect(target)

@app.get("/b")
def b():
    target = request.args.get("next", "/")
    if urlparse(target).netloc != "":
        target = "/"
    return redirect(target)

# --- a key of a fixed list
from fastapi import FastAPI, HTTPException
from fastapi.responses import RedirectResponse

app = FastAPI()
TARGETS = {"docs": "https://docs.example.com", "home": "/"}

@app.get("/go/{key}")
def go(key: str):
    if key not in TARGETS:
        raise HTTPException(404)
    return RedirectResponse(TARGETS[key])

# --- numbers
from bottle import redirect, request, route

@route("/item")
def item():
    redirect("/items/" + str(int(request.query.id)))

# --- what was stored
from flask import Flask, redirect, request, session
from .models import Link

app = Flask(__name__)

@app.get("/l/<code>")
def follow(code):
    link = Link.query.filter_by(code=code).first_or_404()
    return redirect(link.url)

# --- the query goes along
from django.shortcuts import redirect
from .hosts import admin_url

def to_admin(request):
    target = admin_url(request.path)
    if request.META.get("QUERY_STRING"):
        target = f"{target}?{request.META['QUERY_STRING']}"
    return redirect(target)

def to_slash(request):
    return redirect(f"{request.path}?{request.META['QUERY_STRING']}")

# --- back to where the caller came from
from django.http import HttpResponseRedirect

def language(request, lang):
    return HttpResponseRedirect(request.META.get("HTTP_REFERER", "/"))

# --- the address is written as a header
from flask import Flask, make_response, request

app = Flask(__name__)

@app.get("/go")
def go():
    answer = make_response("", 302)
    answer.headers["Location"] = request.args["next"]  # ! medium open-redirect
    return answer

# --- a header with another name, and an address of ours
from flask import Flask, make_response, request, url_for

app = Flask(__name__)

@app.get("/go")
def go():
    answer = make_response("", 302)
    answer.headers["X-Next"] = request.args["next"]
    answer.headers["Location"] = url_for("found", name=request.args["next"])
    return answer

# --- whoever develops may go anywhere, others may not; and a page of the model itself
from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from .models import Post

def next_of(request):
    url = request.POST.get("next")
    if not settings.DEBUG and not url_has_allowed_host_and_scheme(url, allowed_hosts={settings.HOST}):
        return None
    return iri_to_uri(url)

def join(request):
    return HttpResponseRedirect(next_of(request) or "/")

def edit(request, id):
    post = Post.objects.get(id=id)
    post.content = request.POST["content"]
    post.save()
    return HttpResponseRedirect(post.get_absolute_url())

# --- another switch may be on where others are served
from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

def join(request):
    url = request.GET.get("next")
    if not settings.OPEN and not url_has_allowed_host_and_scheme(url, allowed_hosts={settings.HOST}):
        return None
    return HttpResponseRedirect(url)  # ! medium open-redirect

# --- the query of an address of our own; an address of the request
from urllib.parse import urlencode, urlparse, urlsplit, urlunparse, urlunsplit
from django.shortcuts import redirect
from .settings import LOGIN_URL

def third(request):
    query = urlencode({'next': request.GET['next']}, doseq=True)
    u = urlsplit(LOGIN_URL)
    return redirect(urlunsplit((u.scheme, u.netloc, u.path, query, u.fragment)))

def raw(request):
    u = urlparse(LOGIN_URL)
    return redirect(urlunparse((u.scheme, u.netloc, u.path, '', request.GET['q'], '')))

def other(request):
    u = urlsplit(request.GET['next'])
    return redirect(urlunsplit((u.scheme, u.netloc, u.path, 'a=b', '')))  # ! medium open-redirect

def host(request):
    return redirect(urlunsplit(('https', request.GET['host'], '/x', '', '')))  # ! medium open-redirect

# --- the header by its name
from django.http import HttpResponse
from flask import Flask, Response, request

app = Flask(__name__)

def go(request):
    answer = HttpResponse(status=302)
    answer["Location"] = request.GET["u"]  # ! medium open-redirect
    return answer

@app.get("/go")
def away():
    return Response(status=302, headers={"Location": request.args["u"]})  # ! medium open-redirect

# --- right: another header, a path of ours
from django.http import HttpResponse
from flask import Flask, Response, request

app = Flask(__name__)

def go(request):
    answer = HttpResponse(status=302)
    answer["Location"] = "/orders/" + request.GET["id"]
    return answer

@app.get("/go")
def away():
    return Response(status=200, headers={"X-Asked": request.args["u"]})

# --- the header of an answer of Starlette
from fastapi import APIRouter, Response

router = APIRouter()

@router.get("/out")
def out(url: str):
    return Response(status_code=307, headers={"Location": url})  # ! medium open-redirect

# --- a path of our own in that header
from fastapi import APIRouter, Response

router = APIRouter()

@router.get("/out")
def out(number: int):
    return Response(status_code=307, headers={"Location": f"/orders/{number}"})

# --- a response of the REST framework says where to go
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def follow(request):
    return Response(status=302, headers={"Location": request.query_params["to"]})  # ! medium open-redirect


# --- a place of its own
from rest_framework.decorators import api_view
from rest_framework.response import Response


@api_view(["GET"])
def follow(request):
    return Response({"to": request.query_params["to"]}, status=302, headers={"Location": "/done"})


# --- a default leaves what others send; a value that is always set does not
from flask import Flask, redirect, request

app = Flask(__name__)


@app.post("/a")
def or_home():
    body = request.get_json()
    if body["to"] == "":
        body["to"] = "/"
    return redirect(body["to"])  # ! medium open-redirect


@app.post("/b")
def home():
    body = request.get_json()
    body["to"] = "/"
    return redirect(body["to"])
