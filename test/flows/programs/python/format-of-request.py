# --- a text of the request is the format
from flask import Flask, jsonify, request
from .orders import Order

app = Flask(__name__)

def load(number):
    return Order(number)

@app.post("/letter/<int:number>")
def letter(number):
    return jsonify(text=request.json["text"].format(order=load(number)))  # ! high template-injection

# --- by way of a variable
from fastapi import FastAPI
from .orders import Order

app = FastAPI()

@app.get("/greeting")
async def greeting(text: str):
    order = Order.objects.get(pk=1)
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

# --- the object itself, in a method
from flask import Flask, jsonify, request

app = Flask(__name__)

class Letters:
    def fill(self, text):
        return text.format(letters=self)  # ! high template-injection

@app.post("/letter")
def letter():
    return jsonify(text=Letters().fill(request.json["text"]))

# --- an object in a dict
from flask import Flask, jsonify, request, current_app

app = Flask(__name__)

@app.post("/letter")
def letter():
    return jsonify(text=request.json["text"].format_map({"app": current_app}))  # ! high template-injection

# --- from texts and numbers nothing leads on
from flask import Flask, jsonify, request
from .orders import Order

app = Flask(__name__)

def name_of(number):
    return f"order {number}"

@app.post("/letter")
def letter():
    order = Order.objects.get(pk=1)
    text = request.json["text"]
    return jsonify(
        a=text.format(name=order.name, of=name_of(1), size=len(text)),
        b=text.format_map({"name": "x", "number": 3}),
        c=text.format(request.json["name"], "x"),
    )

# --- an argument that nothing is known of
from flask import Flask, jsonify, request
from .names import name_of

app = Flask(__name__)

@app.post("/letter")
def letter():
    return jsonify(text=request.json["text"].format(name=name_of(1)))

# --- a field below a field of ours, and one of a few
from typing import Literal
from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient().shop

@app.get("/members/{name}")
def members(name: str, kind: Literal["city", "name"], value: str):
    return list(db.items.find({f"members.{name}": True, kind: value}))

# --- an operator
from fastapi import FastAPI
from pymongo import MongoClient

app = FastAPI()
db = MongoClient().shop

@app.get("/items")
def items(compare: str, value: int):
    return list(db.items.find({"price": {f"${compare}": value}}))  # ! high query-key
