# --- right programs that look wrong
import enum
import os
import re
import shlex
import uuid
from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
SAFE = re.compile(r"[a-z][a-z0-9-]{0,30}")
ROOT = Path("/data").resolve()
COMMANDS = {"list": "ls", "disk": "df"}


class Kind(enum.Enum):
    A = "a"
    B = "b"


def is_slug(text):
    return isinstance(text, str) and SAFE.fullmatch(text) is not None


def must_be_slug(text):
    if SAFE.fullmatch(text) is None:
        raise ValueError("slug")
    return text


def inside(name):
    full = (ROOT / name).resolve()
    if not full.is_relative_to(ROOT):
        abort(404)
    return full


def slugs(names):
    for name in names:
        if SAFE.fullmatch(name):
            yield name


@app.get("/1")
def a1():
    os.system(COMMANDS[request.args["c"]])


@app.get("/2")
def a2():
    x = request.args["x"]
    if not is_slug(x):
        abort(400)
    os.system("cat " + x)


@app.get("/3")
def a3():
    os.system("cat " + must_be_slug(request.args["x"]))


@app.get("/4")
def a4():
    return inside(request.args["x"]).read_text()


@app.get("/5")
def a5():
    for x in slugs([request.args["x"]]):
        os.system("cat " + x)


@app.get("/6")
def a6():
    os.system("cat " + shlex.quote(request.args["x"]))


@app.get("/7")
def a7():
    os.system(f"head -n {int(request.args['n'])}")


@app.get("/8")
def a8():
    os.system("cat " + Kind(request.args["k"]).value)


@app.get("/9")
def a9():
    os.system("cat " + str(uuid.UUID(request.args["u"])))


@app.get("/10")
def a10():
    x = request.args["x"]
    if x not in {"a", "b"}:
        abort(400)
    os.system("cat " + x)


@app.get("/11")
def a11():
    if match := re.fullmatch(r"([a-z]+)", request.args["x"]):
        os.system("cat " + match.group(1))


@app.get("/12")
def a12():
    xs = [x for x in request.args["x"].split(",") if SAFE.fullmatch(x)]
    os.system("cat " + " ".join(xs))


@app.get("/13")
def a13():
    xs = request.args["x"].split(",")
    if not all(SAFE.fullmatch(x) for x in xs):
        abort(400)
    os.system("cat " + " ".join(xs))


@app.get("/14")
def a14():
    command = COMMANDS.get(request.args["c"])
    if command is None:
        abort(400)
    os.system(command)


@app.get("/15")
def a15():
    x = request.args["x"]
    if not x.isalnum():
        abort(400)
    os.system("cat " + x)


@app.get("/16")
def a16():
    x = "all" if request.args.get("x") == "all" else "one"
    os.system("cat " + x)


@app.get("/17")
def a17():
    x = re.sub(r"[^a-z0-9]", "", request.args["x"])
    os.system("cat " + x)


@app.get("/18")
def a18():
    match request.args["x"]:
        case "a" | "b" as x:
            os.system("cat " + x)
