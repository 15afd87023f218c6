# --- a queue, first in, first out
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect



def view(request):
    param = request.GET.get('v', '')
    import queue
    q = queue.Queue()
    q.put(param)
    bar = q.get()
    exec('x = ' + bar)  # ! critical code-injection
    return HttpResponse(status=204)

# --- a queue whose first is ours
import tornado.web
from sqlalchemy import create_engine, text


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_argument('v', '')
      import queue
      q = queue.Queue()
      q.put('one')
      q.put(param)
      bar = q.get()
      engine = create_engine('sqlite:///x.db')
      with engine.connect() as c:
          c.execute(text("SELECT * FROM t WHERE a = '%s'" % bar))
      self.finish('ok')

# --- a deque
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import importlib

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    from collections import deque
    q = deque(['one'])
    q.append(param)
    q.popleft()
    bar = q.popleft()
    importlib.import_module(bar).run()  # ! critical code-injection
    return {'ok': True}

# --- a deque whose first is ours
import tornado.web
import jinja2


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_argument('v', '')
      from collections import deque
      q = deque(['one'])
      q.append(param)
      bar = q.popleft()
      jinja2.Template('Hello ' + bar).render()
      self.finish('ok')

# --- pairs of two lists
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def view(request):
    param = request.POST['v']
    bar = dict(zip(['a', 'b'], ['x', param]))['b']
    return HttpResponseRedirect(bar)  # ! medium open-redirect

# --- pairs of two lists, the other key
import tornado.web
import requests


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_argument('v', '')
      bar = dict(zip(['a', 'b'], ['x', param]))['a']
      requests.get(bar, timeout=5)
      self.finish('ok')

# --- a key that is there already
from aiohttp import web
import sqlite3

routes = web.RouteTableDef()

@routes.get('/x')
async def view(request):
    param = request.headers['X-V']
    m = {'k': 'x'}
    m.setdefault('k', param)
    bar = m['k']
    db = sqlite3.connect('a.db')
    cur = db.cursor()
    cur.execute(f"SELECT * FROM users WHERE name = '{bar}'")
    return web.Response(text='ok')

# --- a key that is not there yet
import tornado.web
import pickle, base64, json


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_argument('v', '')
      m = {}
      m.setdefault('k', param)
      bar = m['k']
      pickle.loads(base64.b64decode(bar))  # ! critical unsafe-deserialization
      self.finish('ok')

# --- a loop that never runs
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import subprocess

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    bar = 'x'
    while False:
        bar = param
    subprocess.run(f'grep {bar} /var/log/app.log', shell=True, capture_output=True)
    return {'ok': True}

# --- what an object says as a text
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.db import connection
class Box:
    def __init__(self, v):
        self.v = v
    def __str__(self):
        return f'{self.v}'


def view(request):
    param = request.COOKIES.get('v', '')
    bar = str(Box(param))
    with connection.cursor() as cur:
        cur.execute('SELECT 1 FROM t WHERE a = "{}"'.format(bar))  # ! critical sql-injection
    return HttpResponse(status=204)

# --- what an object says in a text
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import os, shlex
class Box:
    def __init__(self, v):
        self.v = v
    def __str__(self):
        return self.v

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    bar = f'{Box(param)}'  # ! critical command-injection
    os.system('ls -l ' + bar)
    return {'ok': True}

# --- what an object says holds nothing of it
import tornado.web
import httpx
class Box:
    def __init__(self, v):
        self.v = v
    def __str__(self):
        return 'box %d' % len(self.v)


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_query_argument('v')
      bar = f'{Box(param)}'
      with httpx.Client(timeout=3) as c:
          c.post(bar, json={})
      self.finish('ok')

# --- a method of the class above
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import os
class Parent:
    def give(self, v):
        return v

class Child(Parent):
    def give(self, v):
        return super().give(v)

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    bar = Child().give(param)
    with open(os.path.join('/srv/files', bar)) as f:  # ! high path-traversal
        f.read()
    return {'ok': True}

# --- a method that replaces the one above
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import html
class Parent:
    def give(self, v):
        return v

class Child(Parent):
    def give(self, v):
        return 'child'

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    bar = Child().give(param)
    return HTMLResponse(f'<b>{bar}</b>')

# --- constructors and methods of the class above
from flask import Flask, request
import os
app = Flask(__name__)

class Base:
    def __init__(self, v):
        self.v = v
    def run(self, extra):
        os.system('ls ' + extra)  # ! critical command-injection

class Child(Base):
    def __init__(self, v):
        super().__init__(v)
        self.w = 'x'
    def run(self, extra):
        super().run(extra)

@app.get('/a')
def a():
    c = Child(request.args['v'])
    os.system('ls ' + c.v)  # ! critical command-injection
    return ''

@app.get('/b')
def b():
    c = Child('x')
    c.run(request.args['w'])
    return ''

# --- what is entered
from flask import Flask, request
import os

app = Flask(__name__)


class Held:
    def __init__(self, v):
        self.v = v

    def __enter__(self):
        return self.v

    def __exit__(self, *args):
        return False


@app.post('/a')
def a():
    with Held(request.form['v']) as name:
        os.system('ls ' + name)  # ! critical command-injection
    return ''

# --- what is entered is ours
from flask import Flask, request
import os

app = Flask(__name__)


class Held:
    def __init__(self, v):
        self.v = v

    def __enter__(self):
        return 'held'

    def __exit__(self, *args):
        return False


@app.post('/a')
def a():
    with Held(request.form['v']) as name:
        os.system('ls ' + name)
    return ''

# --- a name of a header that the caller chooses
from flask import Flask, make_response, request

app = Flask(__name__)

@app.get('/a')
def a():
    response = make_response({})
    response.headers[request.args['name']] = 'x'  # ! medium header-injection
    return response

# --- a name of a header from a list
from flask import Flask, make_response, request

app = Flask(__name__)
NAMES = {'trace': 'X-Trace', 'span': 'X-Span'}

@app.get('/a')
def a():
    response = make_response({})
    response.headers[NAMES[request.args['name']]] = 'x'
    return response

# --- an item that was taken out
from fastapi import FastAPI, Response, Request
from fastapi.responses import HTMLResponse, RedirectResponse
import sqlite3

app = FastAPI()

@app.get('/x')
def view(v: str):
    param = v
    l = ['x', param, 'y']
    del l[1]
    bar = l[1]
    db = sqlite3.connect('a.db')
    cur = db.cursor()
    cur.execute(f"SELECT * FROM users WHERE name = '{bar}'")
    return {'ok': True}

# --- another item was taken out
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect



def view(request):
    param = request.META.get('HTTP_X_V', '')
    l = ['x', param, 'y']
    del l[0]
    bar = l[0]
    exec('x = ' + bar)  # ! critical code-injection
    return HttpResponse(status=204)

# --- a key that was set anew
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
import os


def view(request):
    param = request.GET.get('v', '')
    m = {'k': param}
    m.update(k='x')
    bar = m.get('k')
    os.remove('/srv/files/' + bar)
    return HttpResponse(status=204)

# --- what was JSON is a text again
import tornado.web
import logging


class View(tornado.web.RequestHandler):
  def get(self):
      param = self.get_query_argument('v')
      import json
      bar = json.loads(json.dumps({'a': 'x', 'b': param}))['b']
      logging.info('user ' + bar)  # ! low log-forging
      self.finish('ok')
