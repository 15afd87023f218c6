# --- lxml: the body of a request
from flask import Flask, request
from lxml import etree

app = Flask(__name__)

@app.post("/orders")
def orders():
    root = etree.fromstring(request.data)  # ! high external-entity
    return {"n": len(root)}

# --- lxml: an upload
from fastapi import FastAPI, UploadFile
from lxml import etree

app = FastAPI()

@app.post("/import")
async def import_file(file: UploadFile):
    tree = etree.parse(file.file)  # ! high external-entity
    return {"root": tree.getroot().tag}

# --- a parser that resolves
from django.http import JsonResponse
from lxml import etree

def feed(request):
    parser = etree.XMLParser(resolve_entities=True, no_network=False)
    root = etree.XML(request.body, parser)  # ! high external-entity
    return JsonResponse({"tag": root.tag})

# --- in a reader of another file
# file: reader.py
from lxml import objectify

def read(content):
    return objectify.fromstring(content)  # ! high external-entity
# file: views.py
from aiohttp import web
from reader import read

async def receive(request):
    return web.json_response({"t": read(await request.read()).tag})

app = web.Application()
app.router.add_post("/xml", receive)

# --- iterparse
from io import BytesIO
import tornado.web
from lxml.etree import iterparse

class Upload(tornado.web.RequestHandler):
    def post(self):
        for _, element in iterparse(BytesIO(self.request.body)):  # ! high external-entity
            self.write({"t": element.tag})

# --- a message
from lxml import etree

def handler(event, context):
    for record in event["Records"]:
        root = etree.fromstring(record["body"])  # ! high external-entity
        print(root.tag)

# --- entities off
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)

@app.post("/a")
def a():
    parser = etree.XMLParser(resolve_entities=False)
    return {"a": etree.fromstring(request.data, parser).tag, "b": etree.fromstring(request.data, parser=PARSER).tag}

# --- defusedxml
from defusedxml import ElementTree
from defusedxml.lxml import fromstring
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def a():
    return {"a": ElementTree.fromstring(request.data).tag, "b": fromstring(request.data).tag}

# --- the standard library resolves no external entities
import xml.etree.ElementTree as ET
from fastapi import FastAPI, Request

app = FastAPI()

@app.post("/a")
async def a(request: Request):
    return {"a": ET.fromstring(await request.body()).tag}

# --- files of the program
from flask import Flask, request
from lxml import etree

app = Flask(__name__)

@app.get("/a")
def a():
    tree = etree.parse("/srv/catalogue.xml")
    return {"a": [e.text for e in tree.getroot() if e.tag == request.args["tag"]]}

# --- HTML
from flask import Flask, request
from lxml import html

app = Flask(__name__)

@app.post("/a")
def a():
    return {"title": html.fromstring(request.data).findtext(".//title")}

# --- written, not read
from flask import Flask, request
from lxml import etree

app = Flask(__name__)

@app.post("/a")
def a():
    root = etree.Element("order")
    root.text = request.form["name"]
    return etree.tostring(root), 200, {"Content-Type": "application/xml"}
