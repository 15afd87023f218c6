# --- pickle of a cookie
import base64
import pickle
from flask import Flask, request

app = Flask(__name__)

@app.get("/cart")
def cart():
    raw = base64.b64decode(request.cookies["cart"])
    return {"items": pickle.loads(raw)}  # ! critical unsafe-deserialization

# --- pickle of an upload
import pickle
from fastapi import FastAPI, UploadFile

app = FastAPI()

@app.post("/model")
async def model(file: UploadFile):
    content = await file.read()
    return {"classes": list(pickle.loads(content).classes_)}  # ! critical unsafe-deserialization

# --- PyYAML: load without a loader, and with the one that makes objects
import yaml
from django.http import JsonResponse

def config(request):
    a = yaml.load(request.body)  # ! critical unsafe-deserialization
    b = yaml.load(request.body, Loader=yaml.UnsafeLoader)  # ! critical unsafe-deserialization
    return JsonResponse({"a": a, "b": b})

# --- jsonpickle and dill
import dill
import jsonpickle
import tornado.web

class Load(tornado.web.RequestHandler):
    def post(self):
        self.finish({"x": str(jsonpickle.decode(self.request.body))})  # ! critical unsafe-deserialization

    def put(self):
        dill.loads(self.request.body)()  # ! critical unsafe-deserialization

# --- a helper that unpacks
# file: codec.py
import pickle
import zlib

class Codec:
    @staticmethod
    def unpack(data):
        return pickle.loads(zlib.decompress(data))  # ! critical unsafe-deserialization
# file: api.py
from aiohttp import web
from codec import Codec

async def receive(request):
    return web.json_response(Codec.unpack(await request.read()))

app = web.Application()
app.router.add_post("/receive", receive)

# --- a message
import marshal
import pickle

def handler(event, context):
    for record in event["Records"]:
        task = pickle.loads(record["body"].encode())  # ! critical unsafe-deserialization
        task.run()
    return marshal.loads(event["body"])  # ! critical unsafe-deserialization

# --- formats of data
import json
import yaml
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def a():
    json.loads(request.get_data())
    yaml.safe_load(request.get_data())
    yaml.load(request.get_data(), Loader=yaml.SafeLoader)
    yaml.load(request.files["f"].stream, yaml.CSafeLoader)
    return request.get_json()

# --- what the program wrote itself
import pickle
from pathlib import Path
from flask import Flask, request

app = Flask(__name__)
INDEX = Path("/srv/index.pickle")

@app.get("/search")
def search():
    index = pickle.loads(INDEX.read_bytes())
    with open("/srv/model.pkl", "rb") as f:
        model = pickle.load(f)
    return {"r": index.get(request.args["q"]), "m": model.predict([request.args["q"]])}

# --- written, not read
import pickle
from django.core.cache import cache
from django.http import JsonResponse

def remember(request):
    cache.set("last", pickle.dumps(request.POST["value"]))
    return JsonResponse({"v": pickle.loads(cache.get("last"))})

# --- a loader by another name
from fastapi import FastAPI, Request
from yaml import SafeLoader, load
from ruamel.yaml import YAML

app = FastAPI()

@app.post("/a")
async def a(request: Request):
    body = await request.body()
    reader = YAML(typ="safe")
    return {"a": load(body, Loader=SafeLoader), "b": reader.load(body)}

# --- a key of a shelf
import shelve
from flask import Flask, request

app = Flask(__name__)

@app.get("/s")
def s():
    with shelve.open("/srv/shelf") as shelf:
        return {"v": shelf[request.args["key"]]}

# --- a signature is checked first
import hmac
import pickle
from flask import Flask, abort, request

app = Flask(__name__)

@app.post("/job")
def job():
    body = request.get_data()
    if not verify_signature(body, request.headers["X-Signature"]):
        abort(403)
    return {"n": pickle.loads(body).name}

# --- a loader of one's own that builds plain data
import yaml
from flask import Flask, request

app = Flask(__name__)


class Strict(yaml.SafeLoader):
    def compose_node(self, parent, index):
        return super().compose_node(parent, index)


@app.post("/import")
def load():
    return {"n": len(yaml.load(request.get_data(), Loader=Strict))}


# --- a loader of one's own that builds objects
import yaml
from flask import Flask, request

app = Flask(__name__)


class Strict(yaml.Loader):
    def compose_node(self, parent, index):
        return super().compose_node(parent, index)


@app.post("/import")
def load():
    return {"n": len(yaml.load(request.get_data(), Loader=Strict))}  # ! critical unsafe-deserialization

# --- right: weights alone
import torch
from flask import Flask, request

app = Flask(__name__)

@app.post("/models")
def upload():
    torch.load(request.files["model"].stream, weights_only=True)
    return {}
