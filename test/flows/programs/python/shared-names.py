# --- a body, or nothing
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    body = request.get_json(force=True, silent=True) or {}
    v = body.get('a', '')
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- the name of a field whose value was compared
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = ''
    for name, value in request.form.items():
        if value == 'chosen':
            v = name
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- the value of a header whose name was compared
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = ''
    for name, value in request.headers.items():
        if name == 'X-A':
            v = value
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- the query in the environment
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.environ.get('QUERY_STRING', '')
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- a content type
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.content_type
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- fields of a body as arguments
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    def pick(name, **rest):
        return name
    v = pick(**request.json)
    os.system('ls ' + v)  # ! critical command-injection
    return 'done'

# --- fields of a body as arguments, right
from flask import Flask, request
import os, sqlite3
import urllib.parse, json, flask, subprocess
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    def pick(name, **rest):
        return name
    v = pick(**request.json)
    subprocess.run(['/bin/ls', '--', v], timeout=4)
    return 'done'

# --- the name of an uploaded file in a shell
from django.http import HttpResponse, JsonResponse
from django.db import connection
from django.views.decorators.http import require_http_methods
import os, json

@require_http_methods(['GET', 'POST'])
def view(request):
    v = request.FILES['f'].name
    os.system('ls ' + v)  # ! critical command-injection
    return HttpResponse('done')

# --- the scope of a request
from typing import Annotated, Optional
from fastapi import FastAPI, Request, Query, Header, Cookie, Body, Form, File, UploadFile, Path, Depends
from pydantic import BaseModel
import os, sqlite3, json

app = FastAPI()

class In(BaseModel):
    a: str
    n: int

@app.post('/x/{item}')
async def view(request: Request):
    v = request.scope['path']
    os.system('ls ' + v)  # ! critical command-injection
    return {'ok': True}

# --- parts of a path of Tornado
import tornado.web
import json, os

class Main(tornado.web.RequestHandler):
    def post(self, item):
        v = self.path_args[0]
        os.system('ls ' + v)  # ! critical command-injection
        self.write({'ok': True})

app = tornado.web.Application([(r'/x/(.*)', Main)])

# --- a query of Lambda, or nothing
import json, os, base64, boto3

def lambda_handler(event, context):
    params = event.get('queryStringParameters') or {}
    v = params.get('a', '')
    os.system('ls ' + v)  # ! critical command-injection
    return {'statusCode': 200, 'body': 'ok'}

# --- an argument of AppSync
import json, os, base64, boto3

def lambda_handler(event, context):
    v = event['arguments']['id']
    os.system('ls ' + v)  # ! critical command-injection
    return {'statusCode': 200, 'body': 'ok'}

# --- a name of the file, set by one function and read by another
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
LAST = ''
OTHER = 'x'
def put(x):
    global LAST
    LAST = x
def take():
    return LAST
def other():
    return OTHER

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    put(v)
    bar = take()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a name of the file, set by one function and read by another, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
LAST = ''
OTHER = 'x'
def put(x):
    global LAST
    LAST = x
def take():
    return LAST
def other():
    return OTHER

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    put(v)
    bar = other()
    os.system('ls ' + bar)
    return 'done'

# --- a name of the file, set in the handler
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
LAST = ''
def take():
    return LAST

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    global LAST
    LAST = v
    bar = take()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a dictionary of the file
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
S = {'y': 'a'}
def put(x):
    S['x'] = x

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    put(v)
    bar = S['x']
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a dictionary of the file, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
S = {'y': 'a'}
def put(x):
    S['x'] = x

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    put(v)
    bar = S['y']
    os.system('ls ' + bar)
    return 'done'

# --- a list of the file
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
S = []
def put(x):
    S.append(x)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    put(v)
    bar = S[-1]
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a name of the function around it
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = ''
    def put():
        nonlocal bar
        bar = v
    put()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a name of the function around it, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = ''
    other = ''
    def put():
        nonlocal other
        other = v
    put()
    os.system('ls ' + bar)
    return 'done'
