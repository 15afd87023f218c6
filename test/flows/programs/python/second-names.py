# --- a list under two names
import sqlite3
from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("x.db")


@app.get("/")
def view():
    names = ["x"]
    others = names
    others.append(request.args["q"])
    page = {"rows": []}
    rows = page["rows"]
    rows.append(request.args["r"])
    db.execute("select a from t where b = '" + names[1] + "'")  # ! critical sql-injection
    db.execute("select a from t where c = '" + page["rows"][0] + "'")  # ! critical sql-injection
    return "ok"
# --- a copy is another list, and what is set over the second name is gone under the first
import sqlite3
from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("x.db")


@app.get("/")
def view():
    names = ["x"]
    others = names[:]
    others.append(request.args["q"])
    asked = {"q": request.args["q"]}
    same = asked
    same["q"] = "x"
    again = names
    again = ["y"]
    again.append(request.args["q"])
    db.execute("select a from t where b = '" + names[-1] + "'")
    db.execute("select a from t where c = '" + asked["q"] + "'")
    return "ok"
# --- items that a generator, map, itemgetter, ChainMap and configparser give
import configparser
import sqlite3
from collections import ChainMap
from dataclasses import dataclass, replace
from operator import itemgetter

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("x.db")


@dataclass
class Filter:
    name: str
    sort: str


def inner(value):
    yield "a"
    yield value


def rows(value):
    yield from inner(value)


@app.get("/yes")
def yes():
    q = request.args["q"]
    some = rows(q)
    next(some)
    values = {}
    values.__setitem__("q", q)
    conf = configparser.ConfigParser()
    conf.read_dict({"s": {"k": q, "o": "x"}})
    db.execute("select a from t where b = '" + list(rows(q))[1] + "'")  # ! critical sql-injection
    db.execute("select a from t where c = '" + next(some) + "'")  # ! critical sql-injection
    db.execute("select a from t where d = '" + list(map(str.strip, ["a", q]))[1] + "'")  # ! critical sql-injection
    db.execute("select a from t where e = '" + itemgetter("q")({"q": q, "r": "x"}) + "'")  # ! critical sql-injection
    db.execute("select a from t where f = '" + ChainMap({"q": q}, {"q": "x"})["q"] + "'")  # ! critical sql-injection
    db.execute("select a from t where g = '" + values["q"] + "'")  # ! critical sql-injection
    db.execute("select a from t where h = '" + conf["s"]["k"] + "'")  # ! critical sql-injection
    db.execute("select a from t where i = '" + replace(Filter(q, "x"), sort="y").name + "'")  # ! critical sql-injection
    return "ok"


@app.get("/no")
def no():
    q = request.args["q"]
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "k", q)
    conf.set("s", "o", "x")
    db.execute("select a from t where b = '" + list(rows(q))[0] + "'")
    db.execute("select a from t where c = '" + next(rows(q)) + "'")
    db.execute("select a from t where d = '" + list(map(str.strip, ["a", q]))[0] + "'")
    db.execute("select a from t where e = '" + itemgetter("r")({"q": q, "r": "x"}) + "'")
    db.execute("select a from t where f = '" + ChainMap({"q": "x"}, {"q": q})["q"] + "'")
    db.execute("select a from t where g = '" + list(filter(lambda one: one in ("a", "b"), ["a", q]))[0] + "'")
    db.execute("select a from t where h = '" + conf["s"]["o"] + "'")
    db.execute("select a from t where i = '" + replace(Filter(q, "x"), name="y").name + "'")
    return "ok"
# --- hosts of other clients, the body of a WSGI request, where it leads
import boto3
import os
import paramiko
import redis
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def view():
    boto3.client("s3", endpoint_url=request.args["endpoint"])  # ! high server-side-request-forgery
    redis.Redis.from_url(request.args["url"])  # ! high server-side-request-forgery
    redis.Redis(host=request.args["host"])  # ! high server-side-request-forgery
    redis.Redis(host="cache", db=int(request.args["db"]))
    shell = paramiko.SSHClient()
    shell.connect(request.args["host"], username="deploy")  # ! high server-side-request-forgery
    boto3.client("s3", region_name=request.args["region"])
    return "ok"


def application(environ, start_response):
    os.system("echo " + environ["wsgi.input"].read(100).decode())  # ! critical command-injection
    start_response("302 Found", [("Location", environ["QUERY_STRING"])])  # ! medium open-redirect
    start_response("200 OK", [("X-Asked", environ["QUERY_STRING"])])
    return [b""]
# --- what an error was raised with, and another error
from flask import Flask, request

app = Flask(__name__)


@app.get("/yes")
def yes():
    try:
        raise ValueError("bad " + request.args["q"])
    except (KeyError, ValueError) as error:
        return "<p>" + str(error) + "</p>"  # ! high reflected-html


@app.get("/no")
def no():
    try:
        if "q" not in request.args:
            raise ValueError("nothing was asked")
        raise KeyError(request.args["q"])
    except ValueError as error:
        return "<p>" + str(error) + "</p>"
    except KeyError:
        return "none"
# --- a list that all calls share, a method of the class itself
import sqlite3
from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("x.db")


def add(name, names=[]):
    names.append(name)
    return names


def apart(name, names=[]):
    names = names + [name]
    return names


class Base:
    def pick(self, value):
        return "fixed"

    def run(self, value):
        return self.pick(value)


class Real(Base):
    def pick(self, value):
        return value.strip()


class Other(Real):
    def pick(self, value):
        return "other"


@app.get("/")
def view():
    add(request.args["q"])
    db.execute("select a from t where b = '" + add("a")[0] + "'")  # ! critical sql-injection
    apart(request.args["q"])
    db.execute("select a from t where c = '" + apart("a")[0] + "'")
    db.execute("select a from t where d = '" + Real().run(request.args["q"]) + "'")  # ! critical sql-injection
    db.execute("select a from t where e = '" + Base().run(request.args["q"]) + "'")
    db.execute("select a from t where f = '" + Other().run(request.args["q"]) + "'")
    return "ok"
