# --- Flask: a text of the request is the template
from flask import Flask, render_template_string, request

app = Flask(__name__)

@app.get("/hello")
def hello():
    name = request.args.get("name", "you")
    return render_template_string("<h1>Hello %s</h1>" % name)  # ! critical template-injection

# --- jinja2: a template of the body
from fastapi import FastAPI
from jinja2 import Template
from pydantic import BaseModel

app = FastAPI()

class Mail(BaseModel):
    subject: str
    template: str

@app.post("/mail")
def mail(body: Mail):
    return {"text": Template(body.template).render(subject=body.subject)}  # ! critical template-injection

# --- jinja2: an environment of another file
# file: engine.py
from jinja2 import Environment

env = Environment(autoescape=True)

def render(source, **values):
    return env.from_string(source).render(**values)  # ! critical template-injection
# file: views.py
from django.http import JsonResponse
from engine import render

def preview(request):
    return JsonResponse({"html": render(request.POST["layout"], user=request.user)})

# --- Mako
import tornado.web
from mako.template import Template

class Preview(tornado.web.RequestHandler):
    def post(self):
        source = self.get_argument("source")
        self.write({"out": Template(source).render()})  # ! critical template-injection

# --- Django's own templates
from django.template import Context, Template
from rest_framework.response import Response
from rest_framework.views import APIView

class Preview(APIView):
    def post(self, request):
        template = Template("{% load i18n %}" + request.data["body"])  # ! critical template-injection
        return Response({"html": template.render(Context({}))})

# --- escaped for HTML is still a template
from flask import Flask, render_template_string, request
from markupsafe import escape

app = Flask(__name__)

@app.errorhandler(404)
def not_found(error):
    return render_template_string(f"<p>{escape(request.path)} not found</p>"), 404  # ! critical template-injection

# --- Bottle: a template in the text
from bottle import request, route, template

@route("/hi")
def hi():
    return template("<b>Hi " + request.query.name + "</b>")  # ! critical template-injection

# --- values of a constant template
from flask import Flask, render_template, render_template_string, request
from jinja2 import Environment, FileSystemLoader, Template

app = Flask(__name__)
env = Environment(loader=FileSystemLoader("templates"), autoescape=True)

@app.get("/hello")
def hello():
    name = request.args.get("name")
    render_template_string("<h1>Hello {{ name }}</h1>", name=name)
    return render_template("hello.html", name=name)

@app.get("/mail")
def mail():
    text = Template("Dear {{ name }}").render(name=request.args["name"])
    more = env.get_template("mail.txt").render(name=request.args["name"])
    return {"text": text, "more": more}

# --- a template of a list
from flask import Flask, render_template_string, request

app = Flask(__name__)
LAYOUTS = {"short": "<b>{{ x }}</b>", "long": "<p>{{ x }}</p>"}

@app.get("/a")
def a():
    return render_template_string(LAYOUTS.get(request.args["layout"], "{{ x }}"), x=request.args["x"])

# --- a number in it
from flask import Flask, render_template_string

app = Flask(__name__)

@app.get("/page/<int:number>")
def page(number):
    return render_template_string(f"<p>Page {number}</p>")

# --- Django: render with a context
from django.shortcuts import render
from django.template import Context, Template

HEAD = "Hello {{ name }}"

def index(request):
    text = Template(HEAD).render(Context({"name": request.GET["name"]}))
    return render(request, "index.html", {"text": text, "q": request.GET.get("q")})

# --- texts without a template language
from string import Template
from fastapi import FastAPI

app = FastAPI()

@app.get("/t")
def t(layout: str, name: str):
    return {"a": Template(layout).substitute(name=name), "b": "Hello {}".format(name)}

# --- Mako: a file's template
from mako.template import Template
from mako.lookup import TemplateLookup
from aiohttp import web

lookup = TemplateLookup(directories=["templates"])

async def page(request):
    t = Template(filename="templates/page.mako")
    return web.json_response({"a": t.render(q=request.query["q"]), "b": lookup.get_template("x.mako").render()})
