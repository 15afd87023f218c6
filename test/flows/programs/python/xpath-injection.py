# --- lxml: xpath
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse("users.xml")

@app.get("/user")
def user():
    found = TREE.xpath("//user[name='" + request.args["name"] + "']")  # ! high xpath-injection
    return {"n": len(found)}

# --- a compiled expression
from fastapi import FastAPI
from lxml import etree

app = FastAPI()

@app.get("/price")
def price(code: str):
    find = etree.XPath(f"//item[@code='{code}']/price")  # ! high xpath-injection
    return {"price": find(etree.parse("items.xml"))[0].text}

# --- ElementTree: find
import xml.etree.ElementTree as ET
from django.http import JsonResponse

def role(request):
    root = ET.parse("users.xml")
    node = root.find(".//user[@name='%s']" % request.GET["name"])  # ! high xpath-injection
    return JsonResponse({"role": node.get("role")})

# --- in a helper of a class
from aiohttp import web
from lxml import etree

class Catalogue:
    def __init__(self, path):
        self.tree = etree.parse(path)

    def find(self, title):
        return self.tree.xpath("//book[title='{}']".format(title))  # ! high xpath-injection

catalogue = Catalogue("books.xml")

async def find(request):
    return web.json_response({"n": len(catalogue.find(request.match_info["title"]))})

app = web.Application()
app.router.add_get("/books/{title}", find)

# --- the whole expression
import tornado.web
from lxml import html

class Query(tornado.web.RequestHandler):
    def post(self):
        page = html.fromstring(PAGE)
        self.finish({"r": page.xpath(self.get_argument("path"))})  # ! high xpath-injection

# --- quotes for SQL do not help
from bottle import request, route
from lxml import etree

@route("/x")
def x():
    name = request.query.name.replace("&", "&amp;")
    return {"n": len(etree.parse("a.xml").xpath("//a[@n='" + name + "']"))}  # ! high xpath-injection

# --- bound variables
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
TREE = etree.parse("users.xml")

@app.get("/user")
def user():
    a = TREE.xpath("//user[name=$name]", name=request.args["name"])
    find = etree.XPath("//user[@id=$id]")
    return {"n": len(a) + len(find(TREE, id=request.args["id"]))}

# --- numbers
from flask import Flask
from lxml import etree

app = Flask(__name__)

@app.get("/user/<int:number>")
def user(number):
    return {"n": len(etree.parse("users.xml").xpath(f"//user[@id={number}]"))}

# --- a fixed list
from fastapi import FastAPI, HTTPException
from lxml import etree

app = FastAPI()
PATHS = {"title": "//title", "price": "//price"}

@app.get("/v/{field}")
def v(field: str):
    if field not in ("a", "b"):
        raise HTTPException(404)
    tree = etree.parse("a.xml")
    return {"a": tree.xpath("//" + field), "b": tree.xpath(PATHS[field])}

# --- compared in the program
from flask import Flask, request
import xml.etree.ElementTree as ET

app = Flask(__name__)

@app.get("/u")
def u():
    users = ET.parse("users.xml").findall(".//user")
    return {"n": [x.get("id") for x in users if x.get("name") == request.args["name"]]}

# --- find of a text and of a list
from flask import Flask, request
from .store import items

app = Flask(__name__)

@app.get("/f")
def f():
    text = "abc"
    return {"a": text.find(request.args["q"]), "b": items.find(request.args["q"])}

# --- checked by a pattern
import re
from flask import Flask, abort, request
from lxml import etree

app = Flask(__name__)

@app.get("/u")
def u():
    name = request.args["name"]
    if not re.match(r"^\w+$", name):
        abort(400)
    return {"n": len(etree.parse("users.xml").xpath(f"//user[@name='{name}']"))}
