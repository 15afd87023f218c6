# --- ways that a value takes
import asyncio
import contextlib
import functools
import os
from dataclasses import dataclass

from flask import Flask, request

app = Flask(__name__)
tools = {"run": os.system}


@dataclass
class Job:
    name: str

    @property
    def command(self):
        return "cat " + self.name  # ! critical command-injection


def logged(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)

    return inner


@logged
def run(command):
    os.system(command)


@contextlib.contextmanager
def opened(name):
    yield "cat " + name  # ! critical command-injection


def parts(name):
    yield "cat "
    yield name


def first(*args, **kwargs):
    return kwargs.get("name") or args[0]


async def later(name):
    return "cat " + name  # ! critical command-injection


@app.get("/1")
def a1():
    run("cat " + request.args["name"])  # ! critical command-injection


@app.get("/3")
def a3():
    tools["run"]("cat " + request.args["name"])  # ! critical command-injection


@app.get("/4")
def a4():
    os.system(Job(request.args["name"]).command)


@app.get("/5")
def a5():
    with opened(request.args["name"]) as command:
        os.system(command)


@app.get("/6")
def a6():
    for part in parts(request.args["name"]):
        os.system(part)  # ! critical command-injection


@app.get("/7")
def a7():
    os.system("cat " + first(name=request.args["name"]))  # ! critical command-injection


@app.get("/8")
def a8():
    os.system(asyncio.run(later(request.args["name"])))


@app.get("/9")
def a9():
    if (name := request.args.get("name")):
        os.system(f"cat {name}")  # ! critical command-injection


@app.get("/10")
def a10():
    os.system(" ".join(x for x in ["cat", request.args["name"]]))  # ! critical command-injection


@app.get("/11")
def a11():
    options = {**{"a": "1"}, **request.args}
    os.system("cat " + options["name"])  # ! critical command-injection


@app.get("/12")
def a12():
    options = dict(request.args) | {"a": "b"}
    os.system("cat " + options["name"])  # ! critical command-injection


@app.get("/13")
def a13():
    head, *rest = request.args["name"].split(",")
    os.system("cat " + rest[0])  # ! critical command-injection


@app.get("/15")
def a15():
    getattr(os, "system")("cat " + request.args["name"])  # ! critical command-injection


@app.get("/16")
def a16():
    list(map(os.system, ["cat " + request.args["name"]]))  # ! critical command-injection


@app.get("/17")
def a17():
    os.system("cat {name}".format(**request.args))  # ! critical command-injection


@app.get("/18")
def a18():
    os.system("cat %(name)s" % request.args)  # ! critical command-injection


@app.get("/20")
def a20():
    command = bytearray()
    command += b"cat "  # ! critical command-injection
    command += request.args["name"].encode()
    os.system(command.decode())


@app.get("/21")
def a21():
    state = {}
    state.setdefault("name", request.args["name"])
    os.system("cat " + state["name"])  # ! critical command-injection


@app.get("/22")
def a22():
    state = {}
    state.update(name=request.args["name"])
    os.system("cat " + state["name"])  # ! critical command-injection


@app.get("/23")
def a23():
    match request.args.to_dict():
        case {"name": name}:
            os.system("cat " + name)  # ! critical command-injection


@app.get("/25")
def a25():
    run = lambda name=request.args["name"]: os.system("cat " + name)  # ! critical command-injection
    run()


@app.get("/26")
def a26():
    names = [request.args["name"]]
    for index, name in enumerate(names):
        os.system("cat " + name)  # ! critical command-injection


@app.get("/28")
def a28():
    name = request.args["name"]
    name = name if name else "x"
    os.system("cat " + name)  # ! critical command-injection


@app.get("/30")
def a30():
    text = "".join(reversed(request.args["name"]))
    os.system("cat " + text)  # ! critical command-injection

# --- a loop over an object of the program goes through what its `__iter__` gives
import subprocess

from flask import Flask, request

app = Flask(__name__)


class Words:
    def __init__(self, text):
        self.text = text

    def __iter__(self):
        for word in self.text.split(","):
            yield word


class Counted:
    def __init__(self, words):
        self.words = words

    def __iter__(self):
        return self

    def __next__(self):
        return self.words.pop()


@app.post("/convert")
def convert():
    for name in Words(request.form["names"]):
        subprocess.run(f"convert {name} out.png", shell=True, check=True)  # ! critical command-injection
    return "", 204


@app.post("/count")
def count():
    for name in Counted(request.form.getlist("names")):
        subprocess.run(f"convert {name} out.png", shell=True, check=True)  # ! critical command-injection
    return "", 204

# --- … and where that gives names of ours alone, nothing happens
import subprocess

from flask import Flask, request

app = Flask(__name__)
KNOWN = {"a": "a.svg", "b": "b.svg"}


class Words:
    def __init__(self, text):
        self.text = text

    def __iter__(self):
        for word in self.text.split(","):
            if word in KNOWN:
                yield KNOWN[word]


@app.post("/convert")
def convert():
    for name in Words(request.form["names"]):
        subprocess.run(f"convert {name} out.png", shell=True, check=True)
    return "", 204

# --- what a context variable was set to, others of the same request get
import sqlite3
from contextvars import ContextVar

from flask import Flask, request

app = Flask(__name__)
wanted: ContextVar[str] = ContextVar("wanted", default="")


@app.before_request
def remember():
    wanted.set(request.args.get("filter", ""))


def rows(conn):
    return conn.execute("select id from items where name like '%" + wanted.get() + "%'").fetchall()  # ! critical sql-injection


@app.get("/items")
def items():
    return {"items": rows(sqlite3.connect("app.db"))}

# --- … a number is none
import sqlite3
from contextvars import ContextVar

from flask import Flask, request

app = Flask(__name__)
tenant: ContextVar[int] = ContextVar("tenant", default=0)


@app.before_request
def remember():
    tenant.set(int(request.headers.get("X-Tenant", "0")))


@app.get("/items")
def items():
    conn = sqlite3.connect("app.db")
    return {"items": conn.execute(f"select id from items_{tenant.get()}").fetchall()}

# --- what reduce puts together
from functools import reduce

from django.db import connection


def search(request):
    names = request.GET.getlist("name")
    where = reduce(lambda text, name: text + " or name = '" + name + "'", names, "1 = 0")  # ! critical sql-injection
    with connection.cursor() as cursor:
        cursor.execute("select id from shop_item where " + where)


def right(request):
    names = request.GET.getlist("name")
    where = reduce(lambda text, name: text + " or name = %s", names, "1 = 0")
    with connection.cursor() as cursor:
        cursor.execute("select id from shop_item where " + where, names)

# --- a decorator of the program gives something else than the function it is written above
import functools
from urllib.parse import urlsplit

from flask import Flask, redirect, request

app = Flask(__name__)


def stripped(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs).strip()

    return inner


def local_only(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        url = fn(*args, **kwargs)
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not url.startswith("/") or url.startswith("//") or "\\" in url:
            return "/"
        return url

    return inner


def asked_instead(fn):
    def inner():
        return fn() or request.args["else"]

    return inner


@stripped
def wanted():
    return request.args.get("next", "/")


@local_only
def checked():
    return request.args.get("next", "/")


@asked_instead
def fixed():
    return "/"


@app.get("/1")
def one():
    return redirect(wanted())  # ! medium open-redirect


@app.get("/2")
def two():
    return redirect(checked())


@app.get("/3")
def three():
    return redirect(fixed())  # ! medium open-redirect

# --- a text that was put together, taken apart again
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.get("/a")
def a():
    text = "select 1|select id from t where a = '" + request.args["a"] + "'"  # ! critical sql-injection
    sqlite3.connect("a").execute(text.split("|")[1])
    return ""


@app.get("/b")
def b():
    text = "select 1|select id from t where a = '" + request.args["a"] + "'"
    sqlite3.connect("a").execute(text.split("|")[0])
    return ""
