# --- a graph, asynchronous
from fastapi import APIRouter
from neo4j import AsyncGraphDatabase

router = APIRouter()
driver = AsyncGraphDatabase.driver("neo4j://graph")

@router.get("/people/{name}")
async def person(name: str):
    query = "MATCH (p:Person) WHERE p.name = '" + name + "' RETURN p.email"  # ! high database-script-injection
    async with driver.session() as session:
        result = await session.run(query)
        return [row["p.email"] async for row in result]

# --- $where in a class
from flask import request
from flask.views import MethodView
from pymongo import MongoClient

class Plants(MethodView):
    def __init__(self):
        self.plants = MongoClient().garden.plants

    def get(self):
        condition = "this.family == '%s'" % request.args["family"]  # ! high database-script-injection
        return {"n": self.plants.count_documents({"$where": condition})}

# --- a condition of DynamoDB
import boto3
from django.http import JsonResponse

table = boto3.resource("dynamodb").Table("orders")

def search(request):
    found = table.query(KeyConditionExpression="owner = " + request.GET["owner"])  # ! high database-script-injection
    return JsonResponse({"n": found["Count"]})

# --- parameters of a graph
from fastapi import APIRouter
from neo4j import AsyncGraphDatabase

router = APIRouter()
driver = AsyncGraphDatabase.driver("neo4j://graph")

@router.get("/people/{name}")
async def person(name: str, most: int = 10):
    async with driver.session() as session:
        result = await session.run(f"MATCH (p:Person) WHERE p.name = $name RETURN p.email LIMIT {most}", name=name)
        return [row["p.email"] async for row in result]

# --- a number in a script
from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
plants = MongoClient().garden.plants

@app.get("/tall")
def tall():
    height = float(request.args["height"])
    return {"n": plants.count_documents({"$where": f"this.height > {height}"})}

# --- values of an expression
import boto3
from django.http import JsonResponse

table = boto3.resource("dynamodb").Table("orders")

def search(request):
    found = table.query(KeyConditionExpression="owner = :o", ExpressionAttributeValues={":o": request.GET["owner"]})
    return JsonResponse({"n": found["Count"]})

# --- a script of the program, chosen by its name
from flask import Flask, abort, request
from pymongo import MongoClient

app = Flask(__name__)
plants = MongoClient().garden.plants
RULES = {"dry": "this.water < this.needs", "tall": "this.height > 100"}

@app.get("/plants")
def search():
    rule = RULES.get(request.args["rule"])
    if rule is None:
        abort(400)
    return {"n": plants.count_documents({"$where": rule})}
