# --- a role of the form
from flask import Flask, request, session

app = Flask(__name__)

@app.post("/start")
def start():
    session["role"] = request.form["role"]  # ! medium trust-boundary
    return "", 204

# --- rights of the query, by way of a variable
from quart import Quart, request, session

app = Quart(__name__)

@app.get("/start")
async def start():
    admin = request.args.get("admin", "no")
    session["is_admin"] = admin  # ! medium trust-boundary
    return "", 204

# --- Django
from django.http import HttpResponse

def start(request):
    request.session["permissions"] = request.POST.getlist("permissions")  # ! medium trust-boundary
    return HttpResponse(status=204)

# --- CherryPy
import cherrypy

class Start:
    @cherrypy.expose
    def index(self, role):
        cherrypy.session["role"] = role  # ! medium trust-boundary
        return "ok"

# --- a role of the account
from flask import Flask, session
from .accounts import load

app = Flask(__name__)

@app.post("/start/<name>")
def start(name):
    session["role"] = load(name).role
    return "", 204

# --- what a caller may choose
from flask import Flask, request, session

app = Flask(__name__)

@app.post("/language")
def language():
    session["language"] = request.form["language"]
    return "", 204

# --- one of two that stand here
from flask import Flask, request, session

app = Flask(__name__)

@app.post("/start")
def start():
    session["role"] = "guest" if request.form["role"] == "guest" else "member"
    return "", 204

# --- a dictionary of the file itself
from flask import Flask, request

app = Flask(__name__)
session = {}

@app.post("/start")
def start():
    session["role"] = request.form["role"]
    return "", 204
