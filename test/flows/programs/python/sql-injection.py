# --- Flask, sqlite3: f-string
import sqlite3
from flask import Flask, g, jsonify, request

app = Flask(__name__)

def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("app.db")
    return g.db

@app.get("/users")
def list_users():
    name = request.args.get("name", "")
    rows = get_db().execute(f"SELECT id, name FROM users WHERE name LIKE '%{name}%'").fetchall()  # ! critical sql-injection
    return jsonify([dict(row) for row in rows])

# --- Flask, psycopg2: a cursor as context manager, percent sign
import psycopg2
from flask import Blueprint, request

bp = Blueprint("orders", __name__, url_prefix="/orders")

@bp.route("/search", methods=["POST"])
def search():
    body = request.get_json()
    conn = psycopg2.connect("dbname=shop")
    with conn.cursor() as cur:
        cur.execute("SELECT * FROM orders WHERE customer = '%s'" % body["customer"])  # ! critical sql-injection
        return {"orders": cur.fetchall()}

# --- Django: cursor of the connection, a class-based view
from django.db import connection
from django.http import JsonResponse
from django.views import View

class ReportView(View):
    def get(self, request):
        order = request.GET.get("order", "created_at")
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, total FROM report ORDER BY " + order)  # ! critical sql-injection
            rows = cursor.fetchall()
        return JsonResponse({"rows": rows})

# --- Django: raw of a manager, in a function view that urls name
from django.http import JsonResponse
from django.urls import path
from .models import Product

def by_category(request, category):
    products = Product.objects.raw("SELECT * FROM shop_product WHERE category = '{}'".format(category))  # ! critical sql-injection
    return JsonResponse({"products": [p.name for p in products]})

urlpatterns = [path("category/<str:category>/", by_category)]

# --- Django: extra
from rest_framework.views import APIView
from rest_framework.response import Response
from .models import Entry

class EntryList(APIView):
    def get(self, request):
        term = request.query_params.get("q")
        entries = Entry.objects.extra(where=["headline ILIKE '%%" + term + "%%'"])  # ! critical sql-injection
        return Response(list(entries.values()))

# --- FastAPI, SQLAlchemy: text in a repository class of another file
# file: app/repository.py
from sqlalchemy import text
from sqlalchemy.orm import Session

class ItemRepository:
    def __init__(self, session: Session):
        self.session = session

    def search(self, term: str, sort: str):
        query = text(f"SELECT * FROM items WHERE title ILIKE :term ORDER BY {sort}")  # ! critical sql-injection
        return self.session.execute(query, {"term": f"%{term}%"}).mappings().all()
# file: app/api.py
from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from app.repository import ItemRepository
from app.database import get_session

router = APIRouter(prefix="/items")

@router.get("/")
def search_items(term: str = "", sort: str = "id", session: Session = Depends(get_session)):
    return ItemRepository(session).search(term, sort)

# --- FastAPI, asyncpg: a pydantic body
from fastapi import FastAPI
from pydantic import BaseModel
import asyncpg

app = FastAPI()

class Filter(BaseModel):
    column: str
    limit: int = 10

@app.post("/query")
async def query(body: Filter):
    conn = await asyncpg.connect()
    return await conn.fetch(f"SELECT * FROM events ORDER BY {body.column} LIMIT {body.limit}")  # ! critical sql-injection

# --- aiohttp: match_info
from aiohttp import web

routes = web.RouteTableDef()

@routes.get("/users/{name}")
async def user(request):
    name = request.match_info["name"]
    async with request.app["pool"].acquire() as conn:
        row = await conn.fetchrow("SELECT * FROM users WHERE name = '" + name + "'")  # ! critical sql-injection
    return web.json_response(dict(row))

# --- Tornado: get_argument
import tornado.web

class SearchHandler(tornado.web.RequestHandler):
    def initialize(self, db):
        self.db = db

    async def get(self):
        q = self.get_argument("q")
        rows = await self.db.query("SELECT * FROM docs WHERE body LIKE '%%%s%%'" % q)  # ! critical sql-injection
        self.write({"rows": rows})

# --- Lambda: the body of an event
import json
import pymysql

conn = pymysql.connect(host="db", user="app")

def handler(event, context):
    payload = json.loads(event["body"])
    with conn.cursor() as cursor:
        sql = "UPDATE accounts SET email = '{email}' WHERE id = {id}".format(email=payload["email"], id=int(payload["id"]))  # ! critical sql-injection
        cursor.execute(sql)
    return {"statusCode": 204}

# --- conditions put together in a list, and columns from keys of the body
import sqlite3
from flask import Flask, request

app = Flask(__name__)

@app.patch("/profile/<int:user_id>")
def update_profile(user_id):
    data = request.get_json()
    assignments = ", ".join(f"{key} = ?" for key in data)  # ! critical sql-injection
    db = sqlite3.connect("app.db")
    db.execute(f"UPDATE profile SET {assignments} WHERE id = ?", [*data.values(), user_id])
    return "", 204

# --- a helper that builds the statement, in a module that is imported whole
# file: services/queries.py
def by_status(status):
    return "SELECT * FROM jobs WHERE status = '" + status + "'"
# file: services/views.py
from flask import Blueprint, request
from services import queries
from services.db import connection

bp = Blueprint("jobs", __name__)

@bp.get("/jobs")
def jobs():
    cur = connection().cursor()
    cur.execute(queries.by_status(request.args["status"]))  # ! critical sql-injection
    return {"jobs": cur.fetchall()}

# --- escaped for HTML is no escape for SQL
import html
import sqlite3
from bottle import route, request

@route("/find")
def find():
    word = html.escape(request.query.word)
    rows = sqlite3.connect("w.db").execute("SELECT * FROM words WHERE word = '%s'" % word)  # ! critical sql-injection
    return {"rows": list(rows)}

# --- placeholders
import sqlite3
from flask import Flask, jsonify, request

app = Flask(__name__)

@app.get("/users")
def list_users():
    name = request.args.get("name", "")
    db = sqlite3.connect("app.db")
    rows = db.execute("SELECT id, name FROM users WHERE name LIKE ?", (f"%{name}%",)).fetchall()
    return jsonify(rows)

@app.get("/orders")
def list_orders():
    ids = request.args.getlist("id")
    marks = ", ".join("?" for _ in ids)
    db = sqlite3.connect("app.db")
    return jsonify(db.execute(f"SELECT * FROM orders WHERE id IN ({marks})", ids).fetchall())

@app.get("/more")
def more():
    ids = request.args.getlist("id")
    db = sqlite3.connect("app.db")
    return jsonify(db.execute("SELECT * FROM orders WHERE id IN (%s)" % ",".join(["?"] * len(ids)), ids).fetchall())

# --- a fixed list of columns
import sqlite3
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
SORTABLE = {"name": "u.name", "created": "u.created_at"}
COLUMNS = ("id", "name", "email")

@app.get("/a")
def by_key():
    column = SORTABLE.get(request.args.get("sort"), "u.id")
    direction = "DESC" if request.args.get("dir") == "desc" else "ASC"
    db = sqlite3.connect("app.db")
    return jsonify(db.execute(f"SELECT * FROM users u ORDER BY {column} {direction}").fetchall())

@app.get("/b")
def by_check():
    sort = request.args.get("sort", "id")
    if sort not in COLUMNS:
        abort(400)
    db = sqlite3.connect("app.db")
    return jsonify(db.execute("SELECT * FROM users ORDER BY " + sort).fetchall())

@app.get("/c")
def by_default():
    sort = request.args.get("sort", "id")
    if sort not in COLUMNS:
        sort = "id"
    db = sqlite3.connect("app.db")
    return jsonify(db.execute("SELECT * FROM users ORDER BY " + sort).fetchall())

@app.get("/d")
def by_filter():
    columns = [c for c in request.args.getlist("c") if c in COLUMNS]
    db = sqlite3.connect("app.db")
    return jsonify(db.execute("SELECT " + ", ".join(columns) + " FROM users").fetchall())

def checked(sort):
    if sort not in COLUMNS:
        raise ValueError("unknown column")
    return sort

@app.get("/e")
def by_helper():
    db = sqlite3.connect("app.db")
    return jsonify(db.execute(f"SELECT * FROM users ORDER BY {checked(request.args['sort'])}").fetchall())

# --- numbers, dates and identifiers that a type converts
import sqlite3
import uuid
from datetime import datetime
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

@app.get("/users/<int:user_id>/items/<uuid:item>")
def item(user_id, item):
    db = sqlite3.connect("app.db")
    return jsonify(db.execute(f"SELECT * FROM items WHERE owner = {user_id} AND id = '{item}'").fetchone())

@app.get("/page")
def page():
    db = sqlite3.connect("app.db")
    number = request.args.get("page", 1, type=int)
    try:
        size = int(request.args["size"])
    except ValueError:
        abort(400)
    return jsonify(db.execute(f"SELECT * FROM items LIMIT {size} OFFSET {number * size}").fetchall())

@app.get("/since")
def since():
    day = datetime.strptime(request.args["day"], "%Y-%m-%d")
    key = uuid.UUID(request.args["key"])
    db = sqlite3.connect("app.db")
    return jsonify(db.execute(f"SELECT * FROM items WHERE key = '{key}' AND at > '{day.isoformat()}'").fetchall())

@app.get("/digits")
def digits():
    year = request.args["year"]
    if not year.isdigit():
        abort(400)
    db = sqlite3.connect("app.db")
    return jsonify(db.execute("SELECT * FROM items WHERE year = " + year).fetchall())

# --- Django: managers with parameters
from django.db import connection
from django.db.models import F
from django.http import JsonResponse
from .models import Product

TABLE = "shop_product"

def search(request):
    q = request.GET.get("q", "")
    products = Product.objects.raw("SELECT * FROM shop_product WHERE name = %s", [q])
    extra = Product.objects.extra(where=["name ILIKE %s"], params=[q])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE name = %s", [q])
        total = cursor.fetchone()
    filtered = Product.objects.filter(name__icontains=q).annotate(price2=F("price") * 2).order_by(q)
    return JsonResponse({"n": total, "p": [p.name for p in products], "e": list(extra), "f": list(filtered)})

# --- SQLAlchemy: bound parameters, filters, statements of the expression language
from fastapi import APIRouter, Depends
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from .models import User
from .db import get_session

router = APIRouter()

@router.get("/users")
def users(name: str, session: Session = Depends(get_session)):
    rows = session.execute(text("SELECT * FROM users WHERE name = :name").bindparams(name=name))
    more = session.execute(select(User).where(User.name == name).order_by(User.id))
    old = session.query(User).filter(User.name.ilike(f"%{name}%")).filter_by(active=True)
    return {"a": rows.all(), "b": more.scalars().all(), "c": old.all()}

# --- FastAPI: types and enums of a schema
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID
from fastapi import FastAPI, Query
from pydantic import BaseModel
import asyncpg

app = FastAPI()

class Sort(str, Enum):
    name = "name"
    created = "created_at"

class Filter(BaseModel):
    column: Literal["id", "name"]
    limit: int = 10
    owner: UUID

@app.get("/items")
async def items(sort: Sort, limit: int, direction: Literal["asc", "desc"] = "asc", page: Annotated[int, Query(ge=1)] = 1):
    conn = await asyncpg.connect()
    return await conn.fetch(f"SELECT * FROM items ORDER BY {sort.value} {direction} LIMIT {limit} OFFSET {page}")

@app.post("/query")
async def query(body: Filter):
    conn = await asyncpg.connect()
    return await conn.fetch(f"SELECT * FROM events WHERE o = '{body.owner}' ORDER BY {body.column} LIMIT {body.limit}")

# --- psycopg's own composition
from flask import Flask, request
from psycopg2 import sql
from .db import pool

app = Flask(__name__)

@app.get("/table")
def table():
    statement = sql.SQL("SELECT * FROM {} WHERE name = %s").format(sql.Identifier(request.args["table"]))
    with pool.getconn() as conn, conn.cursor() as cur:
        cur.execute(statement, [request.args["name"]])
        return {"rows": cur.fetchall()}

# --- texts that are no statements
import logging
from flask import Flask, request

app = Flask(__name__)

@app.post("/run")
def run():
    executor = make_executor()
    executor.execute("select the item " + request.form["x"])
    task = request.form["task"]
    executor.execute(task)
    return {"ok": True}

# --- constants of other files
# file: tables.py
USERS = "app_users"
def name_of(kind):
    return {"a": "table_a", "b": "table_b"}[kind]
# file: views.py
import sqlite3
from flask import Flask, request
import tables
from tables import USERS

app = Flask(__name__)

@app.get("/")
def index():
    db = sqlite3.connect("x")
    db.execute(f"SELECT * FROM {USERS} WHERE a = ?", [request.args["a"]])
    return {"r": db.execute(f"SELECT * FROM {tables.name_of(request.args['kind'])}").fetchall()}

# --- characters taken away
import re
import sqlite3
from flask import Flask, request

app = Flask(__name__)
BAD = re.compile(r"[^a-zA-Z0-9_]+")

@app.get("/a")
def a():
    db = sqlite3.connect("x")
    name = re.sub(r"[^a-z]", "", request.args["name"])
    other = BAD.sub("_", request.args["other"])
    return {"a": db.execute(f"SELECT * FROM {name}").fetchall(), "b": db.execute("SELECT * FROM " + other).fetchall()}

# --- pika: the body of a message
import json
import pika
import psycopg2

database = psycopg2.connect("")


def on_message(channel, method, properties, body):
    event = json.loads(body)
    with database.cursor() as cursor:
        cursor.execute(f"UPDATE stock SET left = left - 1 WHERE sku = '{event['sku']}'")  # ! critical sql-injection
        cursor.execute("UPDATE stock SET left = left - 1 WHERE sku = %s", (event["sku"],))


channel = pika.BlockingConnection(pika.ConnectionParameters("queue")).channel()
channel.basic_consume("stock", on_message)
channel.start_consuming()

# --- names of columns that come from the keys of a dict of one's own
from flask import Flask, request
from sqlalchemy import text

app = Flask(__name__)


@app.post("/a")
def change():
    update({"name": request.json.get("name"), "text": request.json.get("text")})
    return {}


def update(fields):
    known = {"name", "text"}
    kept = {key: value for key, value in fields.items() if key in known}
    parts = [f"{column} = :{column}" for column in kept]
    connection.execute(text(f"UPDATE flows SET {', '.join(parts)} WHERE id = 1"), kept)


# --- names of columns that the caller sends
from flask import Flask, request
from sqlalchemy import text

app = Flask(__name__)


@app.post("/a")
def change():
    kept = {key: value for key, value in request.json.items() if value}
    parts = [f"{column} = :{column}" for column in kept]  # ! critical sql-injection
    connection.execute(text(f"UPDATE flows SET {', '.join(parts)} WHERE id = 1"), kept)
    return {}

# --- the keys of a schema are the program's own, what stands under them is bound
from databases import Database
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
db = Database("postgresql://")

class Campaign(BaseModel):
    name: str | None = None
    logo: str | None = None

@app.patch("/campaigns/{id}")
async def change(id: int, campaign: Campaign):
    given = campaign.dict(exclude_unset=True)
    parts = ", ".join(f"{key} = :{key}" for key in given.keys())
    await db.fetch_one(query=f"UPDATE campaigns SET {parts} WHERE id = :id", values={**given, "id": id})
    for key, value in campaign.model_dump().items():
        await db.execute(f"UPDATE campaigns SET {key} = :value WHERE id = :id", values={"value": value, "id": id})

# --- a schema that keeps what it does not know, and a value that stands in the statement
from databases import Database
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

app = FastAPI()
db = Database("postgresql://")

class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str | None = None

class Closed(BaseModel):
    name: str | None = None

@app.patch("/open/{id}")
async def change_open(id: int, campaign: Open):
    given = campaign.dict(exclude_unset=True)
    parts = ", ".join(f"{key} = :{key}" for key in given.keys())  # ! critical sql-injection
    await db.fetch_one(query=f"UPDATE campaigns SET {parts} WHERE id = :id", values={**given, "id": id})

@app.patch("/closed/{id}")
async def change_closed(id: int, campaign: Closed):
    parts = ", ".join(f"{key} = '{value}'" for key, value in campaign.dict().items())  # ! critical sql-injection
    await db.fetch_one(query=f"UPDATE campaigns SET {parts} WHERE id = :id", values={"id": id})

# --- a class that the framework fills from the query
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()

class Filters(BaseModel):
    order: str
    size: int

@app.get("/orders")
def orders(db: Session = Depends(get_db), filters: Filters = Depends()):
    return db.execute(text("SELECT * FROM orders ORDER BY " + filters.order)).all()  # ! critical sql-injection

# --- a number of such a class, and a service that is made so
from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()

class Filters(BaseModel):
    order: str
    size: int

class Store:
    table = "orders"
    def __init__(self, db: Session = Depends(get_db)):
        self.db = db

@app.get("/orders")
def orders(filters: Filters = Depends(), store: Store = Depends()):
    return store.db.execute(text(f"SELECT * FROM {store.table} LIMIT {filters.size}")).all()

# --- keys that were looked at with their values, before any is used
import sqlite3
from flask import Flask, request

app = Flask(__name__)
FIELDS = ("name", "monitored")

def checked(key, value):
    if key not in FIELDS:
        raise KeyError(key)
    return bool(value)

@app.put("/volumes/<int:id>")
def change(id):
    found = {key: checked(key, value) for key, value in request.get_json().items()}
    for key, value in found.items():
        sqlite3.connect("a.db").execute(f"UPDATE volumes SET {key} = ? WHERE id = ?", (value, id))
    return {}

# --- what is refused is only told
import sqlite3
from flask import Flask, request

app = Flask(__name__)
FIELDS = ("name", "monitored")

def checked(key, value):
    if key not in FIELDS:
        print("no such field", key)
    return value

@app.put("/volumes/<int:id>")
def change(id):
    found = {key: checked(key, value) for key, value in request.get_json().items()}
    for key, value in found.items():
        sqlite3.connect("a.db").execute(f"UPDATE volumes SET {key} = ? WHERE id = ?", (value, id))  # ! critical sql-injection
    return {}

# --- what was kept for the time of the request
import sqlite3
from flask import Flask, g, request

app = Flask(__name__)

@app.before_request
def before():
    g.tenant = request.headers["X-Tenant"]
    g.number = int(request.args["number"])

@app.get("/orders")
def orders():
    return sqlite3.connect("a.db").execute("SELECT * FROM " + g.tenant).fetchall()  # ! critical sql-injection

# --- a number that was kept, and what nobody has given
import sqlite3
from flask import Flask, g, request

app = Flask(__name__)

@app.before_request
def before():
    g.tenant = request.headers["X-Tenant"]
    g.number = int(request.args["number"])

@app.get("/orders")
def orders():
    return sqlite3.connect("a.db").execute(f"SELECT * FROM {g.table} LIMIT {g.number}").fetchall()

# --- Flask-RESTful: what a parser gives
from flask_restful import Resource, reqparse
from .db import cursor

parser = reqparse.RequestParser()
parser.add_argument("name", required=True, help="a name (of a person)")
parser.add_argument("age", type=int)

class People(Resource):
    def get(self):
        args = parser.parse_args()
        cursor.execute("select id from people where name = '%s'" % args["name"])  # ! critical sql-injection
        cursor.execute("select id from people where name = '%s'" % args.name)  # ! critical sql-injection
        cursor.execute("select id from people where age = %s" % args["age"])
        return {}

# --- a name whose quotes are doubled
from flask import Flask, request
import sqlite3

app = Flask(__name__)

@app.get("/columns")
def columns():
    name = '"' + request.args["name"].replace('"', '""') + '"'
    return sqlite3.connect("a.db").execute(f"select {name} from orders limit 9").fetchall()

@app.get("/stripped")
def stripped():
    name = '"' + request.args["name"].replace('"', '"') + '"'  # ! critical sql-injection
    return sqlite3.connect("a.db").execute(f"select {name} from orders limit 9").fetchall()
