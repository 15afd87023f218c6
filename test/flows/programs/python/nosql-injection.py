# --- Flask: a field of the body
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient()["shop"]

@app.post("/login")
def login():
    body = request.get_json()
    user = db.users.find_one({"email": body["email"], "password": body["password"]})  # ! high nosql-injection
    return jsonify(ok=user is not None)

# --- the whole body as a filter
from flask import Blueprint, request
from .db import users

bp = Blueprint("u", __name__)

@bp.post("/search")
def search():
    return {"n": users.count_documents(request.json)}  # ! high nosql-injection

# --- aiohttp and motor, in a repository
# file: repo.py
class Users:
    def __init__(self, collection):
        self.collection = collection

    async def by_token(self, token):
        return await self.collection.find_one({"reset_token": token})  # ! high nosql-injection
# file: views.py
from aiohttp import web
from motor.motor_asyncio import AsyncIOMotorClient
from repo import Users

users = Users(AsyncIOMotorClient()["app"]["users"])

async def reset(request):
    data = await request.json()
    user = await users.by_token(data.get("token"))
    return web.json_response({"ok": bool(user)})

app = web.Application()
app.router.add_post("/reset", reset)

# --- Django REST: an update
from rest_framework.decorators import api_view
from rest_framework.response import Response
from .mongo import orders

@api_view(["PUT"])
def pay(request):
    orders.update_one({"code": request.data["code"]}, {"$set": {"paid": True}})  # ! high nosql-injection
    return Response(status=204)

# --- Sanic: deletes
from sanic import Sanic, empty

app = Sanic("x")

@app.delete("/sessions")
async def delete(request):
    await app.ctx.db.sessions.delete_many({"user": request.json["user"]})  # ! high nosql-injection
    return empty()

# --- an aggregation
from fastapi import FastAPI, Request
from .db import collection

app = FastAPI()

@app.post("/stats")
async def stats(request: Request):
    body = await request.json()
    return await collection.aggregate([{"$match": body["filter"]}]).to_list(100)  # ! high nosql-injection

# --- texts of the query and the form
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient()["shop"]

@app.get("/user/<name>")
def user(name):
    a = db.users.find_one({"email": request.args["email"]})
    b = db.users.find_one({"email": request.form["email"]})
    c = db.users.find_one({"name": name})
    return jsonify(a=str(a), b=str(b), c=str(c))

# --- made a text first
from flask import Flask, request
from .db import users

app = Flask(__name__)

@app.post("/login")
def login():
    body = request.get_json()
    user = users.find_one({"email": str(body["email"])})
    other = users.find_one({"key": f"user:{body['key']}"})
    return {"ok": bool(user or other)}

# --- types of a schema
from fastapi import FastAPI
from pydantic import BaseModel
from .db import users

app = FastAPI()

class Login(BaseModel):
    email: str
    pin: int

@app.post("/login")
async def login(body: Login):
    return {"ok": bool(await users.find_one({"email": body.email, "pin": body.pin}))}

# --- checked
from flask import Flask, abort, request
from bson import ObjectId
from .db import users

app = Flask(__name__)

@app.post("/a")
def a():
    email = request.json["email"]
    if not isinstance(email, str):
        abort(400)
    return {"ok": bool(users.find_one({"email": email}))}

@app.post("/b")
def b():
    return {"ok": bool(users.find_one({"_id": ObjectId(request.json["id"])}))}

# --- written, not asked for
from flask import Flask, request
from .db import events

app = Flask(__name__)

@app.post("/e")
def e():
    events.insert_one({"data": request.json["data"], "by": "x"})
    events.update_one({"_id": 1}, {"$set": {"data": request.json["data"]}})
    return "", 204

# --- one of a list
from flask import Flask, abort, request
from .db import events

app = Flask(__name__)

@app.post("/e")
def e():
    kind = request.json["kind"]
    if kind not in ("a", "b"):
        abort(400)
    return {"n": events.count_documents({"kind": kind, "number": int(request.json["n"])})}

# --- JavaScript that the database runs
from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/orders")
def orders():
    name = request.args["name"]
    return str(list(db.orders.find({"$where": f"this.name == '{name}'"})))  # ! high database-script-injection

# --- a fixed condition beside a value
from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/orders")
def orders():
    return str(list(db.orders.find({"$where": "this.paid < this.total", "name": request.args["name"]})))

# --- find, by a client, a field of an object and a parameter
from fastapi import APIRouter, Request
from motor.motor_asyncio import AsyncIOMotorClient

router = APIRouter()
motor = AsyncIOMotorClient()

@router.post("/plants")
async def plants(request: Request):
    body = await request.json()
    rows = await motor.shop.plants.find({"name": body["name"]}).to_list(10)  # ! medium nosql-injection
    rows = await request.app.state.db.plants.find(body).to_list(10)  # ! high nosql-injection
    return rows

# --- JSON in the query
import json
from django.http import JsonResponse
from .mongo import db

def sales(request):
    asked = json.loads(request.GET.get("filter", "{}"))
    rows = db.sales.aggregate([{"$match": asked}, {"$limit": 100}])  # ! high nosql-injection
    return JsonResponse({"rows": list(rows)})

# --- right: texts, and what is no collection
import json
from flask import Flask, request
from bs4 import BeautifulSoup
from .mongo import db

app = Flask(__name__)

@app.post("/x")
def x():
    body = request.get_json()
    at = body["text"].find(body["word"])
    page = BeautifulSoup(body["page"], "html.parser").find(body["tag"])
    rows = db.sales.find({"name": str(body["name"])})
    rows = db.sales.find({"name": request.args.get("name")})
    rows = db.sales.find({"name": {"$eq": body["name"]}})
    return {"n": at}

# --- what an annotation says of what stands in the application
# file: repo.py
class SubscriptionRepo:
    def __init__(self, db):
        self.collection = db["subscriptions"]

    async def cancel(self, token):
        return await self.collection.update_one({"cancel_token": token}, {"$set": {"active": False}})  # ! high nosql-injection
# file: views.py
from aiohttp import web
from repo import SubscriptionRepo

async def cancel(request: web.Request) -> web.Response:
    payload = await request.json()
    repo: SubscriptionRepo = request.app["subscriptions"]
    await repo.cancel(payload.get("token"))
    return web.json_response({"cancelled": True})

# --- mappers of documents, and a whole query of a search engine
from beanie import Document
from elasticsearch import Elasticsearch
from fastapi import APIRouter, Request

router = APIRouter()
es = Elasticsearch("http://es:9200")

class Product(Document):
    name: str

@router.post("/products")
async def products(request: Request):
    return await Product.find(await request.json()).to_list()  # ! high nosql-injection

@router.post("/search")
async def search(request: Request):
    body = await request.json()
    return es.search(index="products", query=body["query"])  # ! high nosql-injection

# --- a raw query of mongoengine
from flask import Flask, jsonify, request
from mongoengine import Document, StringField

app = Flask(__name__)

class User(Document):
    name = StringField()

@app.post("/users")
def users():
    return jsonify([u.name for u in User.objects(__raw__=request.get_json())])  # ! high nosql-injection

# --- what a schema declares, and a query of our own with a text in it
from elasticsearch import Elasticsearch
from fastapi import APIRouter, Request
from pydantic import BaseModel

router = APIRouter()
es = Elasticsearch("http://es:9200")

class Filter(BaseModel):
    region: str
    year: int

@router.post("/sales")
async def sales(body: Filter, request: Request):
    known = body.model_dump()
    rows = request.app.state.db.sales.find(known).limit(10)
    total = await request.app.state.db.sales.count_documents({"region": known["region"]})
    return [row["amount"] async for row in rows], total, es.search(index="s", query={"match": {"region": body.region}})

# --- a selector of CouchDB is an object with operators
import couchdb
from flask import Flask, jsonify, request

app = Flask(__name__)
db = couchdb.Server()["shop"]


@app.post("/find")
def find():
    return jsonify(list(db.find({"selector": request.get_json()})))  # ! medium nosql-injection


# --- a selector with a text of it
import couchdb
from flask import Flask, jsonify, request

app = Flask(__name__)
db = couchdb.Server()["shop"]


@app.post("/find")
def find():
    return jsonify(list(db.find({"selector": {"town": str(request.get_json()["town"])}})))
