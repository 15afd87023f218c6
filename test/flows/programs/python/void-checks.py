# --- what the machine has under a name is no list of ours
import os
import subprocess
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/a")
def a():
    name = request.args["name"]
    if os.path.exists(name):
        return subprocess.run("cat " + name, shell=True)  # ! critical command-injection
    return ""


@app.get("/b")
def b():
    name = request.args["name"]
    if not os.path.exists("/data/" + name):
        abort(404)
    return open("/data/" + name).read()  # ! high path-traversal

# --- a prefix says nothing while `..` may stand behind it; a host must end
import os
import requests
from flask import Flask, abort, redirect, request

app = Flask(__name__)


@app.get("/a")
def a():
    path = "/data/" + request.args["name"]  # ! high path-traversal
    if not path.startswith("/data/"):
        abort(400)
    return open(path).read()


@app.get("/b")
def b():
    path = os.path.realpath(os.path.join("/data", request.args["name"]))
    if not path.startswith("/data/"):
        abort(400)
    return open(path).read()


@app.get("/c")
def c():
    url = request.args["url"]
    if not url.startswith("https://example.com"):
        abort(400)
    return requests.get(url, timeout=5).text  # ! high server-side-request-forgery


@app.get("/d")
def d():
    url = request.args["url"]
    if not url.startswith("https://example.com/"):
        abort(400)
    return redirect(url)

# --- patterns that hold one end, or one line
import re
import subprocess
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/a")
def a():
    name = request.args["name"]
    if not re.match("^(a|b)|c$", name):
        abort(400)
    return subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/b")
def b():
    name = request.args["name"]
    if not re.search("^[a-z]+$", name, re.M):
        abort(400)
    return subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/c")
def c():
    name = request.args["name"]
    if not re.match("^(alpha|beta)$", name):
        abort(400)
    return subprocess.run("cat " + name, shell=True)

# --- who is not so, and who holds it somewhere, is not found by it
from django.http import HttpResponse
from shop.models import Doc


def a(request):
    name = request.GET["name"]
    if Doc.objects.exclude(name=name).first() is None:
        return HttpResponse(status=404)
    return HttpResponse(open("/data/" + name).read(), content_type="text/plain")  # ! high path-traversal


def b(request):
    name = request.GET["name"]
    if Doc.objects.filter(name__contains=name).first() is None:
        return HttpResponse(status=404)
    return HttpResponse(open("/data/" + name).read(), content_type="text/plain")  # ! high path-traversal


def c(request):
    name = request.GET["name"]
    if Doc.objects.filter(name=name).first() is None:
        return HttpResponse(status=404)
    return HttpResponse(open("/data/" + name).read(), content_type="text/plain")

# --- what is decoded after its check is another text
import base64
import os
from urllib.parse import unquote

from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/a")
def a():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    return open("/data/" + unquote(name)).read()  # ! high path-traversal


@app.get("/b")
def b():
    name = os.path.basename(request.args["name"])
    return open("/data/" + unquote(name)).read()  # ! high path-traversal


@app.get("/c")
def c():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    return open("/data/" + base64.b64decode(name).decode()).read()  # ! high path-traversal


@app.get("/d")
def d():
    name = unquote(request.args["name"])
    if ".." in name:
        abort(400)
    return open("/data/" + name).read()

# --- checks of the program that let everything through, or show less than their names say
import re
import subprocess

from flask import Flask, abort, request

app = Flask(__name__)
NAME = re.compile(r"[a-z0-9_]+")


def is_allowed(name):
    return True


def is_valid(name):
    return len(name) < 100


def check_name(name):
    if len(name) > 100:
        raise ValueError("name")


def looks_fine(name):
    if not name:
        return False
    return NAME.fullmatch(name) is not None


def must(name):
    if not NAME.fullmatch(name):
        abort(400)


async def is_permitted(name):
    return NAME.fullmatch(name) is not None


@app.get("/a")
def a():
    name = request.args["name"]
    if not is_allowed(name):
        abort(400)
    subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/b")
def b():
    name = request.args["name"]
    if not is_valid(name):
        abort(400)
    subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/c")
def c():
    name = request.args["name"]
    check_name(name)
    subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/d")
def d():
    name = request.args["name"]
    if not looks_fine(name):
        abort(400)
    subprocess.run("cat " + name, shell=True)


@app.get("/e")
def e():
    name = request.args["name"]
    must(name)
    subprocess.run("cat " + name, shell=True)


@app.get("/f")
async def f():
    name = request.args["name"]
    if not is_permitted(name):
        abort(400)
    subprocess.run("cat " + name, shell=True)  # ! critical command-injection


@app.get("/g")
async def g():
    name = request.args["name"]
    if not await is_permitted(name):
        abort(400)
    subprocess.run("cat " + name, shell=True)

# --- of the two ways out of a folder, up and from the root, a check closes one
import os
from flask import Flask, request

app = Flask(__name__)
BASE = "/srv/files"

@app.get("/a")
def a():
    name = request.args["name"]
    if ".." in name:
        raise ValueError("outside")
    with open(name) as file:  # ! high path-traversal
        return {"text": file.read()}

@app.get("/b")
def b():
    name = request.args["name"].replace("../", "")
    with open(BASE + "/" + name) as file:  # ! high path-traversal
        return {"text": file.read()}

# --- right: both ways are closed, or one that is behind a folder
import os
from flask import Flask, request

app = Flask(__name__)
BASE = "/srv/files"

@app.get("/a")
def a():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        raise ValueError("outside")
    with open(name) as file:
        return {"text": file.read()}

@app.get("/b")
def b():
    name = request.args["name"].replace("..", "")
    with open(BASE + "/" + name) as file:
        return {"text": file.read()}

@app.get("/c")
def c():
    name = request.args["name"]
    if os.path.isabs(name) or ".." in name.split("/"):
        raise ValueError("outside")
    with open(name) as file:
        return {"text": file.read()}

# --- what is normal may begin at the root
import os
from flask import Flask, request

app = Flask(__name__)
BASE = "/srv/files"

@app.get("/a")
def a():
    name = os.path.normpath(request.args["name"])
    if name.startswith(".."):
        raise ValueError("outside")
    with open(os.path.join(BASE, name)) as file:  # ! high path-traversal
        return {"text": file.read()}

@app.get("/b")
def b():
    name = os.path.normpath(request.args["name"])
    if name.startswith(".."):
        raise ValueError("outside")
    with open(BASE + "/" + name) as file:
        return {"text": file.read()}
