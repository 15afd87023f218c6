# --- python-ldap: a filter
import ldap
from flask import Flask, request

app = Flask(__name__)

@app.post("/login")
def login():
    connection = ldap.initialize("ldap://directory")
    found = connection.search_s("ou=people,dc=example", ldap.SCOPE_SUBTREE, "(uid=%s)" % request.form["user"])  # ! high ldap-injection
    return {"found": len(found)}

# --- ldap3: search
from ldap3 import Connection, Server
from fastapi import FastAPI

app = FastAPI()

@app.get("/people")
def people(name: str):
    with Connection(Server("directory")) as conn:
        conn.search("dc=example", f"(&(objectClass=person)(cn=*{name}*))", attributes=["mail"])  # ! high ldap-injection
        return [entry.mail.value for entry in conn.entries]

# --- a base that is put together
import ldap
from django.http import JsonResponse

def group(request):
    conn = ldap.initialize("ldap://directory")
    base = "ou=" + request.GET["ou"] + ",dc=example"  # ! high ldap-injection
    return JsonResponse({"g": conn.search_ext_s(base, ldap.SCOPE_SUBTREE, "(objectClass=group)")})

# --- a service of another file
# file: directory.py
import ldap

class Directory:
    def __init__(self, url):
        self.conn = ldap.initialize(url)

    def find(self, mail):
        query = "(mail={})".format(mail)  # ! high ldap-injection
        return self.conn.search_s("dc=example", ldap.SCOPE_SUBTREE, query)
# file: app.py
from aiohttp import web
from directory import Directory

directory = Directory("ldap://x")

async def find(request):
    return web.json_response(directory.find(request.query["mail"]))

app = web.Application()
app.router.add_get("/find", find)

# --- keyword arguments
from ldap3 import Connection
from bottle import request, route

@route("/u")
def u():
    c = Connection("directory", auto_bind=True)
    c.search(search_base="dc=example", search_filter="(uid=" + request.query.uid + ")")  # ! high ldap-injection
    return {"n": len(c.entries)}

# --- escaped for HTML
import html
import ldap
import tornado.web

class Find(tornado.web.RequestHandler):
    def get(self):
        uid = html.escape(self.get_argument("uid"))
        self.finish({"r": ldap.initialize("x").search_s("dc=x", 2, "(uid=" + uid + ")")})  # ! high ldap-injection

# --- escaped for a filter
import ldap
from ldap.filter import escape_filter_chars, filter_format
from flask import Flask, request

app = Flask(__name__)

@app.get("/a")
def a():
    conn = ldap.initialize("ldap://directory")
    uid = escape_filter_chars(request.args["uid"])
    conn.search_s("dc=example", ldap.SCOPE_SUBTREE, f"(uid={uid})")
    return {"r": conn.search_s("dc=example", 2, filter_format("(uid=%s)", [request.args["uid"]]))}

# --- ldap3: its escape
from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars
from fastapi import FastAPI

app = FastAPI()

@app.get("/p")
def p(name: str):
    conn = Connection("directory")
    conn.search("dc=example", "(cn=" + escape_filter_chars(name) + ")")
    return conn.entries

# --- constants and numbers
import ldap
from flask import Flask, request

app = Flask(__name__)
GROUPS = {"a": "(ou=a)", "b": "(ou=b)"}

@app.get("/g/<int:number>")
def g(number):
    conn = ldap.initialize("ldap://directory")
    conn.search_s("dc=example", 2, GROUPS[request.args["g"]])
    return {"r": conn.search_s("dc=example", 2, f"(uidNumber={number})")}

# --- checked by a pattern
import re
import ldap
from flask import Flask, abort, request

app = Flask(__name__)

@app.get("/u")
def u():
    uid = request.args["uid"]
    if not re.fullmatch(r"[a-z0-9]{1,32}", uid):
        abort(400)
    return {"r": ldap.initialize("x").search_s("dc=x", 2, "(uid=" + uid + ")")}

# --- a search that is none of a directory
from flask import Flask, request
from .index import engine

app = Flask(__name__)

@app.get("/s")
def s():
    return engine.search("title", "(x=" + request.args["q"] + ")")

# --- a password is bound, not pasted
import ldap
from flask import Flask, request

app = Flask(__name__)

@app.post("/login")
def login():
    conn = ldap.initialize("ldap://directory")
    conn.simple_bind_s("cn=app,dc=example", request.form["password"])
    return "", 204
