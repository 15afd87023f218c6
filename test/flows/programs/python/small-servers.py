# --- CherryPy: parameters of what is exposed
import os
import cherrypy

class Files:
    @cherrypy.expose
    def read(self, name):
        return open(os.path.join("/srv/files", name)).read()  # ! high path-traversal

    @cherrypy.expose
    def hello(self, name="you"):
        return "<b>" + name + "</b>"  # ! high reflected-html

# --- CherryPy: what is not exposed is its callers' business
import os

class Files:
    def read(self, name):
        return open(os.path.join("/srv/files", name)).read()

# --- web.py
import os
import web

class Ping:
    def GET(self):
        asked = web.input(host="")
        os.system("ping -c 1 " + asked.host)  # ! critical command-injection
        raise web.seeother(asked.next)  # ! medium open-redirect

# --- web.py: constants
import os
import web

class Ping:
    def GET(self):
        os.system("ping -c 1 localhost")
        raise web.seeother("/")

# --- WSGI
import sqlite3
from urllib.parse import parse_qs

def application(environ, start_response):
    asked = parse_qs(environ["QUERY_STRING"])
    found = sqlite3.connect("a.db").execute("select a from orders where id = '" + asked["id"][0] + "'")  # ! critical sql-injection
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(found.fetchall()).encode()]

# --- WSGI: a parameter of the statement
import sqlite3
from urllib.parse import parse_qs

def application(environ, start_response):
    asked = parse_qs(environ["QUERY_STRING"])
    found = sqlite3.connect("a.db").execute("select a from orders where id = ?", (asked["id"][0],))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(found.fetchall()).encode()]

# --- http.server: a page
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = parse_qs(urlparse(self.path).query)["name"][0]
        self.wfile.write(("<b>" + name + "</b>").encode())  # ! high reflected-html

# --- http.server: escaped
import html
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = parse_qs(urlparse(self.path).query)["name"][0]
        self.wfile.write(("<b>" + html.escape(name) + "</b>").encode())

# --- a socket
import socket
import subprocess

def fetch():
    link = socket.create_connection(("jobs.acme.io", 7000))
    subprocess.call(link.recv(1024), shell=True)  # ! critical command-injection

# --- a socket that somebody has called
import socket

def serve():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 7000))
    link, address = listener.accept()
    exec(link.recv(1024))  # ! critical code-injection

# --- a socket server
import socketserver

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        exec(self.request.recv(1024))  # ! critical code-injection

# --- a queue that is called alike
import subprocess

def fetch(link):
    return subprocess.call(["/bin/echo", link.recv(1024)])

# --- messages of Kafka, of confluent's client, of SQS and of AMQP
import os
import subprocess
import boto3
from aio_pika.abc import AbstractIncomingMessage
from aiokafka import AIOKafkaConsumer
from confluent_kafka import Consumer
from kafka import KafkaConsumer

def one():
    for message in KafkaConsumer("orders"):
        os.system("notify " + message.value.decode())  # ! critical command-injection

async def two():
    consumer = AIOKafkaConsumer("orders")
    async for message in consumer:
        os.system("notify " + message.value.decode())  # ! critical command-injection

def three():
    consumer = Consumer({"group.id": "orders"})
    while True:
        message = consumer.poll(1.0)
        subprocess.call("notify " + message.value().decode(), shell=True)  # ! critical command-injection

def four():
    queue = boto3.client("sqs")
    for message in queue.receive_message(QueueUrl="orders")["Messages"]:
        os.system("notify " + message["Body"])  # ! critical command-injection

async def five(message: AbstractIncomingMessage):
    async with message.process():
        os.system("notify " + message.body.decode())  # ! critical command-injection

# --- where a message stands, and what is read as a number
import os
from confluent_kafka import Consumer
from kafka import KafkaConsumer

def one():
    for message in KafkaConsumer("orders"):
        os.system(f"notify {message.offset} {int(message.value)}")

def two():
    consumer = Consumer({"group.id": "orders"})
    message = consumer.poll(1.0)
    os.system(f"notify {message.offset()}")

# --- Redis runs what is sent to it as a program
import redis
from flask import Flask, request

app = Flask(__name__)
store = redis.Redis()

@app.get("/count")
def count():
    name = request.args["name"]
    return str(store.eval(f"return redis.call('get', '{name}')", 0))  # ! critical code-injection

# --- values of a program for Redis
import redis
from flask import Flask, request

app = Flask(__name__)
store = redis.Redis()

@app.get("/count")
def count():
    return str(store.eval("return redis.call('get', KEYS[1])", 1, request.args["name"]))

# --- Django Ninja, Channels, graphene and Strawberry
import os
import graphene
import strawberry
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer
from ninja import NinjaAPI, Schema

api = NinjaAPI()

class Order(Schema):
    name: str

@api.post("/orders")
def add(request, order: Order):
    os.system("notify " + order.name)  # ! critical command-injection

class Chat(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        os.system("notify " + text_data)  # ! critical command-injection

class Talk(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        os.system("notify " + content["text"])  # ! critical command-injection

class Touch(graphene.Mutation):
    def mutate(self, info, name):
        os.system("touch " + name)  # ! critical command-injection

@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self, name: str) -> bool:
        os.system("touch " + name)  # ! critical command-injection

# --- numbers, and what nobody sends
import os
import graphene
import strawberry
from channels.generic.websocket import WebsocketConsumer
from ninja import NinjaAPI, Schema

api = NinjaAPI()

class Order(Schema):
    count: int

@api.post("/orders/{id}")
def add(request, id: int, order: Order):
    os.system(f"notify {order.count} {id}")

class Chat(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        os.system(f"notify {len(text_data)}")

class Touch(graphene.Mutation):
    def mutate(self, info, name):
        os.system(f"touch {int(name)}")

@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self, count: int) -> bool:
        os.system(f"touch {count}")
# --- Litestar: a parameter that is a text, and the fields of the body
from litestar import get, post
from sqlalchemy import text
@get("/parcels")
async def parcels(session: AsyncSession, sort: str | None = None) -> list[dict]:
    return await session.execute(text(f"SELECT id FROM parcels ORDER BY {sort} LIMIT 50"))  # ! critical sql-injection
@post("/parcels")
async def made(session: AsyncSession, data: dict) -> None:
    await session.execute(text(f"INSERT INTO parcels (code) VALUES ('{data['code']}')"))  # ! critical sql-injection
# --- Litestar: numbers, words, parts of the path that are no text, and what the program itself gives
from typing import Literal
from uuid import UUID
from litestar import get
from sqlalchemy import text
@get("/parcels/{parcel:uuid}")
async def parcel(session: AsyncSession, parcel: UUID, tenant: Tenant, sort: Literal["id", "code"] = "id", limit: int = 20) -> list[dict]:
    return await session.execute(text(f"SELECT id FROM {tenant.schema}.moves WHERE parcel = '{parcel}' ORDER BY {sort} LIMIT {limit}"))
# --- Tortoise: a statement of its own
from fastapi import APIRouter
from tortoise import connections
router = APIRouter()
@router.get("/parcels")
async def of_code(code: str):
    return await connections.get("default").execute_query_dict(f"SELECT id FROM parcel WHERE code = '{code}' LIMIT 20")  # ! critical sql-injection
@router.get("/parcels/{dock}")
async def of_dock(dock: int):
    return await connections.get("default").execute_query_dict(f"SELECT id FROM parcel WHERE dock = {dock} LIMIT 20")
