# --- a search over two fields
from fastapi import APIRouter
from motor.motor_asyncio import AsyncIOMotorClient

router = APIRouter()
db = AsyncIOMotorClient("mongodb://db").shop

@router.get("/customers")
async def customers(term: str):
    either = [{"name": {"$regex": term}}, {"email": {"$regex": term, "$options": "i"}}]
    return [str(one["_id"]) async for one in db.customers.find({"$or": either}).limit(20)]  # ! medium query-pattern

# --- a stage of a pipeline
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/tags")
def tags():
    match = {"tags": {"$regex": request.args.get("tag", "")}}
    return jsonify(len(list(db.items.aggregate([{"$match": match}, {"$limit": 20}]))))  # ! medium query-pattern

# --- what is changed is found by a pattern
from django.http import JsonResponse
from pymongo import MongoClient

tickets = MongoClient().desk.tickets

def close(request, code):
    found = tickets.find_one_and_update({"code": {"$regex": "^" + request.GET["code"]}}, {"$set": {"open": False}})  # ! medium query-pattern
    return JsonResponse({"closed": found is not None})

# --- in a class
from flask import request
from flask.views import MethodView
from pymongo import MongoClient

class People(MethodView):
    def __init__(self):
        self.people = MongoClient().hr.people

    def get(self):
        query = {"name": {"$regex": f"{request.args['q']}", "$options": "i"}}  # ! medium query-pattern
        return {"n": self.people.count_documents(query)}

# --- an escaped text
import re
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/tags")
def tags():
    match = {"tags": {"$regex": "^" + re.escape(request.args.get("tag", ""))}}
    return jsonify(len(list(db.items.aggregate([{"$match": match}, {"$limit": 20}]))))

# --- a number in a pattern
from fastapi import APIRouter
from motor.motor_asyncio import AsyncIOMotorClient

router = APIRouter()
db = AsyncIOMotorClient("mongodb://db").shop

@router.get("/items/{year}")
async def items(year: int):
    return [one["sku"] async for one in db.items.find({"sku": {"$regex": f"^{year}-"}}).limit(20)]

# --- a text index
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/items")
def items():
    return jsonify([one["title"] for one in db.items.find({"$text": {"$search": request.args["q"]}}).limit(20)])

# --- a pattern of the program
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop
ARTICLE = {"$regex": "^A-", "$options": "i"}

@app.get("/items")
def items():
    return jsonify(db.items.count_documents({"sku": ARTICLE, "shop": str(request.args["shop"])}))
