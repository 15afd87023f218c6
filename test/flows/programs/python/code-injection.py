# --- eval of the query
from flask import Flask, request

app = Flask(__name__)

@app.get("/calc")
def calc():
    return {"result": eval(request.args["expression"])}  # ! critical code-injection

# --- exec of the body, through a method
from rest_framework.response import Response
from rest_framework.views import APIView

class Script(APIView):
    def post(self, request):
        return Response(self.run(request.data["code"]))

    def run(self, code):
        scope = {}
        exec(code, {"__builtins__": {}}, scope)  # ! critical code-injection
        return scope.get("result")

# --- a formula put together
from fastapi import FastAPI

app = FastAPI()

@app.get("/filter")
def filter_rows(field: str, value: float):
    rule = eval(f"lambda row: row['{field}'] > {value}")  # ! critical code-injection
    return [row for row in rows() if rule(row)]

# --- a module of one package
import importlib
from flask import Flask, request

app = Flask(__name__)

@app.post("/plugins")
def plugin():
    module = importlib.import_module("plugins." + request.json["name"])
    return module.info()

# --- a module by its name
import importlib
from flask import Flask, request

app = Flask(__name__)

@app.post("/plugins")
def plugin():
    module = importlib.import_module(request.json["name"])  # ! critical code-injection
    return module.info()

# --- compiled first
import tornado.web

class Run(tornado.web.RequestHandler):
    def post(self):
        source = self.request.body.decode()
        code = compile(source, "<cell>", "exec")  # ! critical code-injection
        self.finish({"n": len(code.co_names)})

# --- a check that takes nothing away: quotes for a shell
import shlex
from aiohttp import web

async def calc(request):
    data = await request.json()
    return web.json_response({"r": eval(shlex.quote(data["e"]))})  # ! critical code-injection

app = web.Application()
app.router.add_post("/calc", calc)

# --- literals only
import ast
import json
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def a():
    value = ast.literal_eval(request.form["value"])
    other = json.loads(request.get_data())
    return {"value": value, "other": other}

# --- a table of functions
import operator
from fastapi import FastAPI, HTTPException

app = FastAPI()
OPERATIONS = {"add": operator.add, "sub": operator.sub}

@app.get("/calc/{name}")
def calc(name: str, a: float, b: float):
    if name not in OPERATIONS:
        raise HTTPException(404)
    return {"r": OPERATIONS[name](a, b), "e": eval(f"{a} + {b}")}

# --- modules of a list
import importlib
from flask import Flask, abort, request

app = Flask(__name__)
PLUGINS = ["csv", "json"]

@app.post("/import")
def run_import():
    kind = request.form["kind"]
    if kind not in PLUGINS:
        abort(400)
    return importlib.import_module(f"importers.{kind}").run()

# --- methods that are called so
import re
import pandas as pd
from flask import Flask, request

app = Flask(__name__)

@app.get("/m")
def m():
    model.eval()
    redis.eval(SCRIPT, 1, request.args["key"])
    compiled = re.compile("x")
    return {"r": model.exec(request.args["x"])}

# --- constants
from flask import Flask, request

app = Flask(__name__)
RULES = {"big": "lambda x: x > 10", "small": "lambda x: x < 10"}

@app.get("/r")
def rules():
    return {"r": eval(RULES[request.args["rule"]])(int(request.args["x"]))}

# --- digits
from bottle import abort, request, route

@route("/n")
def n():
    text = request.query.n
    if not text.isdigit():
        abort(400)
    return {"n": eval(text)}

# --- a key that a table has
import importlib
from rest_framework.response import Response
from rest_framework.views import APIView
from .forms import AliForm, TencentForm

class Test(APIView):
    forms = {"ali": AliForm, "tencent": TencentForm}

    def post(self, request, backend):
        form = self.forms.get(backend)
        if form is None:
            return Response(status=404)
        return Response({"ok": importlib.import_module(f"sms.{backend}").send()})

# --- names of what is imported, and formulas: they run
import pandas as pd
from flask import Flask, request
from pydoc import locate
from sympy import sympify

app = Flask(__name__)
df = pd.DataFrame({"a": [1]})

@app.post("/task")
def task():
    locate(request.json["class"])().run()  # ! critical code-injection
    return {"v": str(sympify(request.json["formula"]))}  # ! critical code-injection

@app.get("/rows")
def rows():
    return df.query(request.args["q"]).to_json()  # ! critical code-injection

# --- a formula of our own, and a module of ours by a name of the request
import pandas as pd
from django.utils.module_loading import import_string
from sympy import sympify

df = pd.DataFrame({"a": [1]})
HANDLERS = {"csv": "exports.csv.Handler", "pdf": "exports.pdf.Handler"}

def run(request):
    total = df.query("a > 1")
    shape = sympify("x + 1")
    return import_string(HANDLERS[request.GET["kind"]])().run(total, shape)
