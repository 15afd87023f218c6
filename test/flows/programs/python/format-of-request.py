# --- a text of the request is the format
from flask import Flask, jsonify, request
from .orders import load

app = Flask(__name__)

@app.post("/letter/<int:number>")
def letter(number):
    return jsonify(text=request.json["text"].format(order=load(number)))  # ! high template-injection

# --- by way of a variable
from fastapi import FastAPI
from .orders import load

app = FastAPI()

@app.get("/greeting")
async def greeting(text: str):
    order = load(1)
    return {"text": text.format(order=order)}  # ! high template-injection

# --- a constant format
from flask import Flask, jsonify, request

app = Flask(__name__)

@app.post("/letter")
def letter():
    return jsonify(text="Dear {name}".format(name=request.json["name"]))

# --- a template that reads no fields
from string import Template
from flask import Flask, jsonify, request

app = Flask(__name__)

@app.post("/letter")
def letter():
    return jsonify(text=Template(request.json["text"]).safe_substitute(order="1"))

# --- one of several formats
from flask import Flask, jsonify, request

app = Flask(__name__)
TEXTS = {"short": "Dear {name}", "long": "Dear {name}, hello"}

@app.post("/letter")
def letter():
    return jsonify(text=TEXTS[request.json["kind"]].format(name="x"))

# --- a field whose name the query says
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop

@app.get("/items")
def items():
    return jsonify(list(db.items.find({request.args["field"]: request.args["value"]})))  # ! high query-key

# --- a field of a list
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop
FIELDS = {"name", "kind"}

@app.get("/items")
def items():
    field = request.args["field"]
    if field not in FIELDS:
        return "", 400
    return jsonify(list(db.items.find({field: request.args["value"]})))
