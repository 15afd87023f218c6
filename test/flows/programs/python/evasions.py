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
