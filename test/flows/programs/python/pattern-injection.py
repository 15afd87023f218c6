# --- re.search
import re
from flask import Flask, request

app = Flask(__name__)

@app.get("/logs")
def logs():
    pattern = request.args["pattern"]
    return {"lines": [line for line in open("/var/log/app.log") if re.search(pattern, line)]}  # ! medium pattern-injection

# --- compiled in a class
import re
from fastapi import FastAPI

app = FastAPI()

class Matcher:
    def __init__(self, expression, flags=0):
        self.regex = re.compile(expression, flags)

@app.get("/find")
def find(q: str):
    return Matcher(f".*{q}.*").regex.findall("text")  # ! medium pattern-injection

# --- Django: sub
import re
from django.http import JsonResponse

def mark(request):
    return JsonResponse({"t": re.sub(request.GET["word"], "<b>", TEXT)})  # ! medium pattern-injection

# --- Tornado
import re
import tornado.web

class Filter(tornado.web.RequestHandler):
    def get(self):
        self.finish({"r": re.findall("(" + self.get_argument("p") + ")+", TEXT)})  # ! medium pattern-injection

# --- aiohttp
from re import fullmatch
from aiohttp import web

async def test(request):
    data = await request.json()
    return web.json_response({"ok": bool(fullmatch(data["pattern"], data["text"]))})  # ! medium pattern-injection

app = web.Application()
app.router.add_post("/test", test)

# --- quoted for something else
import re
from urllib.parse import quote
from bottle import request, route

@route("/q")
def q():
    return {"r": bool(re.match(quote(request.query.p, safe="()+*"), "x"))}  # ! medium pattern-injection

# --- escaped
import re
from flask import Flask, request

app = Flask(__name__)

@app.get("/a")
def a():
    word = re.escape(request.args["word"])
    return {"r": re.findall(rf"\b{word}\b", "text"), "s": re.sub(word, "x", "text")}

# --- the text, not the pattern
import re
from fastapi import FastAPI

app = FastAPI()
NAME = re.compile(r"^[a-z]+$")

@app.get("/a")
def a(name: str):
    return {"a": bool(NAME.match(name)), "b": re.sub(r"\s+", " ", name), "c": re.split(",", name)}

# --- plain search
from django.http import JsonResponse

def a(request):
    word = request.GET["word"]
    return JsonResponse({"a": word in "text", "b": "text".replace(word, ""), "c": "text".count(word)})

# --- one of a list
import re
from flask import Flask, request

app = Flask(__name__)
PATTERNS = {"mail": r"\S+@\S+", "number": r"\d+"}

@app.get("/a")
def a():
    return {"r": re.findall(PATTERNS[request.args["kind"]], "text")}

# --- numbers
import re
from flask import Flask

app = Flask(__name__)

@app.get("/a/<int:least>")
def a(least):
    return {"r": re.findall(r"\w{%d,}" % least, "text")}

# --- checked first
import re
from flask import Flask, abort, request

app = Flask(__name__)

@app.get("/a")
def a():
    word = request.args["word"]
    if not word.isalnum():
        abort(400)
    return {"r": re.findall(word + "s?", "text")}

# --- only whether it is a pattern; and one that is looked for
import re
from flask import request

def check():
    try:
        re.compile(request.args['pattern'])
    except re.error:
        return 'no pattern'
    return 'fine'

def look():
    found = re.compile(request.args['pattern'])  # ! medium pattern-injection
    return str(found.findall('aaaa'))
