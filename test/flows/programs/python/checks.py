# --- looked up in a list of ours by the value: it is one of them, or the request ends
import os
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()
PLUGINS = [dict(id='a', path='/x'), dict(id='b', path='/y')]

@app.get('/1')
def one(name: str):
    found = next((x for x in PLUGINS if x['id'] == name), None)
    if found is None:
        raise HTTPException(404)
    return FileResponse(os.path.join('/data', found['path']))

@app.get('/1b')
def one_b(name: str):
    found = next((x for x in PLUGINS if x['id'] == name), None)
    if not found:
        raise HTTPException(404)
    return FileResponse(os.path.join('/data', name))

@app.get('/1c')
def one_c(name: str):
    found = next(x for x in PLUGINS if x['id'] == name)
    return FileResponse(os.path.join('/data', found['path']))

@app.get('/5b')
def five_b(k: str):
    if k not in [p['id'] for p in PLUGINS]:
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/5c')
def five_c(k: str):
    if k not in {p['id'] for p in PLUGINS}:
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/5d')
def five_d(k: str):
    if not any(p['id'] == k for p in PLUGINS):
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/18')
def eighteen(name: str):
    for p in PLUGINS:
        if p['id'] == name:
            return FileResponse('/data/' + name)
    raise HTTPException(404)

@app.get('/19')
def nineteen(name: str):
    found = None
    for p in PLUGINS:
        if p['id'] == name:
            found = p
            break
    if found is None:
        raise HTTPException(404)
    return FileResponse('/data/' + found['path'])

@app.get('/20')
def twenty(name: str):
    match = [p for p in PLUGINS if p['id'] == name]
    if not match:
        raise HTTPException(404)
    return FileResponse('/data/' + match[0]['path'])

@app.get('/21')
def twentyone(name: str):
    by_id = {p['id']: p for p in PLUGINS}
    p = by_id.get(name)
    if not p:
        raise HTTPException(404)
    return FileResponse('/data/' + name)

# --- a row of the database was found by the value
from sqlalchemy import select
from sqlalchemy.orm import Session
from fastapi import Depends
from .models import Report, get_db
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

@app.get('/2')
def two(rid: str, db: Session = Depends(get_db)):
    report = db.query(Report).filter(Report.slug == rid).first()
    if report is None:
        raise HTTPException(404)
    return FileResponse(report.path)

@app.get('/2b')
def two_b(rid: str, db: Session = Depends(get_db)):
    report = db.execute(select(Report).where(Report.slug == rid)).scalar_one_or_none()
    if not report:
        raise HTTPException(404)
    return FileResponse(f'/data/{rid}.pdf')

# --- a look-up that proves nothing: nothing follows, another value, a list of the caller's
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

@app.get('/report')
def report(slug: str):
    found = db.query(Report).filter(Report.slug == slug).first()
    if found is None:
        log.info('no such report')
    return FileResponse(f'/data/{slug}.pdf')  # ! high path-traversal

@app.get('/other')
def other(slug: str, name: str):
    found = db.query(Report).filter(Report.slug == slug).first()
    if found is None:
        raise HTTPException(404)
    return FileResponse(f'/data/{name}.pdf')  # ! high path-traversal

@app.get('/any')
def some(name: str):
    if not any(one == 'x' for one in NAMES):
        raise HTTPException(404)
    return FileResponse(f'/data/{name}.pdf')  # ! high path-traversal

@app.get('/next')
def first(name: str, names: str):
    found = next((one for one in names.split(',') if one == name), None)
    if not found:
        raise HTTPException(404)
    return FileResponse(f'/data/{name}.pdf')  # ! high path-traversal


# --- an enum takes its own values alone
from enum import Enum
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()
class Kind(str, Enum):
    PDF = 'pdf'
    CSV = 'csv'

class KindUpper(str, Enum):
    A = 'a'
    @classmethod
    def parse(cls, v):
        return cls(v)

@app.get('/3')
def three(kind: str):
    k = Kind(kind)
    return FileResponse(f'/data/{k.value}.pdf')

@app.get('/3b')
def three_b(kind: str):
    try:
        k = Kind(kind)
    except ValueError:
        raise HTTPException(400)
    return FileResponse(f'/data/{kind}.pdf')

@app.get('/3c')
def three_c(kind: Kind):
    return FileResponse(f'/data/{kind}.pdf')

@app.get('/9')
def nine(kind: str):
    k = KindUpper[kind]
    k2 = KindUpper.parse(kind)
    FileResponse(f'/data/{k.value}')
    return FileResponse(f'/data/{k2.value}')

# --- a class of the program that is no enum checks nothing
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

class Kind:
    def __init__(self, value):
        self.value = value

@app.get('/kind')
def kind(kind: str):
    k = Kind(kind)
    return FileResponse(f'/data/{k.value}.pdf')  # ! high path-traversal

# --- Literal types
from typing import Annotated, Literal, Optional
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()
Kind_ = Literal['pdf', 'csv']

@app.get('/4')
def four(kind: Kind_, other: Literal['a', 'b'], opt: Optional[Kind_] = None, an: Annotated[Kind_, Query()] = 'pdf'):
    a = FileResponse(f'/data/{kind}')
    b = FileResponse(f'/data/{other}')
    c = FileResponse(f'/data/{opt}')
    d = FileResponse(f'/data/{an}')
    return a

# --- keys of a dict of ours
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()
ALLOWED = {'a': '/x/a', 'b': '/x/b'}

@app.get('/5')
def five(k: str):
    if k not in ALLOWED:
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/5f')
def five_f(k: str):
    if ALLOWED.get(k) is None:
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/15')
def fifteen(name: str):
    mapping = {'a': 'x', 'b': 'y'}
    try:
        f = mapping[name]
    except KeyError:
        raise HTTPException(404)
    return FileResponse('/data/' + f)

@app.get('/15b')
def fifteen_b(name: str):
    mapping = {'a': 'x', 'b': 'y'}
    try:
        f = mapping[name]
    except KeyError:
        raise HTTPException(404)
    return FileResponse('/data/' + name)

# --- a pattern in a constant of the module
import re
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()
SAFE = re.compile(r'^[a-z0-9_-]+$')

@app.get('/6')
def six(k: str):
    if not SAFE.fullmatch(k):
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/6b')
def six_b(k: str):
    m = SAFE.match(k)
    if m is None:
        raise HTTPException(404)
    return FileResponse(f'/data/{m.group(0)}')

@app.get('/6c')
def six_c(k: str):
    if re.search(r'[^a-zA-Z0-9]', k):
        raise HTTPException(404)
    return FileResponse(f'/data/{k}')

@app.get('/6d')
def six_d(k: str = Query(..., pattern='^[a-z]+$'), j: str = Query(regex=r'^\d+$')):
    FileResponse(f'/data/{j}')
    return FileResponse(f'/data/{k}')

# --- a pattern that lets dots and slashes through, or finds only some bad ones
import re
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

WIDE = re.compile(r'^[a-z0-9_./-]+$')

@app.get('/wide')
def wide(name: str):
    m = WIDE.match(name)
    if m is None:
        raise HTTPException(404)
    return FileResponse(f'/data/{name}')  # ! high path-traversal

@app.get('/some')
def some(name: str):
    if re.search(r'[^a-z/.]', name):
        raise HTTPException(404)
    return FileResponse(f'/data/{name}')  # ! high path-traversal

@app.get('/start')
def start(name: str):
    if re.match(r'[^a-z]', name):
        raise HTTPException(404)
    return FileResponse(f'/data/{name}')  # ! high path-traversal

@app.get('/open')
def opened(name: str = Query(..., pattern='^[a-z]+')):
    return FileResponse(f'/data/{name}')  # ! high path-traversal

# --- resolved, and below the folder
import os
from pathlib import Path
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

@app.get('/10')
def ten(path: str):
    full = Path('/data') / path
    if not full.resolve().is_relative_to('/data'):
        raise HTTPException(400)
    return FileResponse(full)

@app.get('/11')
def eleven(path: str):
    base = Path('/data')
    full = (base / path).resolve()
    if base not in full.parents:
        raise HTTPException(400)
    return FileResponse(full)

@app.get('/11b')
def eleven_b(path: str):
    base = Path('/data')
    full = (base / path).resolve()
    if base not in full.parents and base != full:
        raise HTTPException(400)
    return FileResponse(full)

@app.get('/12')
def twelve(path: str):
    full = os.path.normpath(os.path.join('/data', path))
    if os.path.commonprefix([full, '/data']) != '/data':
        raise HTTPException(400)
    return FileResponse(full)

# --- letters alone are kept
import re
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import FileResponse

app = FastAPI()

@app.get('/13')
def thirteen(path: str):
    if '/' in path or '..' in path or '\\' in path:
        raise HTTPException(400)
    return FileResponse('/data/' + path)

@app.get('/14')
def fourteen(name: str):
    match name:
        case 'a' | 'b':
            return FileResponse('/data/' + name)
        case _:
            raise HTTPException(400)

@app.get('/16')
def sixteen(name: str):
    name = re.sub(r'[^a-z0-9]', '', name)
    return FileResponse('/data/' + name)

@app.get('/17')
def seventeen(name: str):
    name = ''.join(c for c in name if c.isalnum())
    return FileResponse('/data/' + name)

# --- only administrators: the same flaw, lower
from django.contrib.admin.views.decorators import staff_member_required
from django.http import FileResponse, Http404
from rest_framework.permissions import IsAdminUser
from rest_framework.views import APIView

@staff_member_required
def report(request):
    return FileResponse(open('/x/' + request.GET['n']))  # ! low path-traversal

def own(request):
    if not request.user.is_superuser:
        raise Http404
    return FileResponse(open('/x/' + request.GET['n']))  # ! low path-traversal

class Report(APIView):
    permission_classes = [IsAdminUser]

    def get(self, request):
        return FileResponse(open('/x/' + request.GET['n']))  # ! low path-traversal

# --- FastAPI: a dependency lets administrators in alone
from fastapi import APIRouter, Depends
from sqlalchemy import text
from .auth import check_admin

router = APIRouter()

@router.delete('/tables/{name}', dependencies=[Depends(check_admin)])
def drop(name: str):
    db.execute(text(f'DROP TABLE {name}'))  # ! medium sql-injection

@router.delete('/rows')
def rows(name: str, user=Depends(get_current_admin)):
    db.execute(text(f'DELETE FROM {name}'))  # ! medium sql-injection

# --- an address or a router that says admin lets nobody in or out
from fastapi import APIRouter
from sqlalchemy import text

admin_router = APIRouter()

@admin_router.delete('/admin/tables')
def drop(name: str):
    db.execute(text(f'DROP TABLE {name}'))  # ! critical sql-injection

# --- modules of a package of ours, by name
import importlib
from flask import request

def load():
    for package in ['app.plugins', 'vendor.plugins']:
        importlib.import_module(f"{package}.{request.args['name']}")

# --- a Literal of another file
# file: kinds.py
from typing import Literal

Kind = Literal['a', 'b']

# file: api.py
from fastapi import APIRouter, Query
from sqlalchemy import text
from .kinds import Kind

router = APIRouter()

@router.get('/count')
def count(by: Kind = Query('a')):
    return db.execute(text(f'SELECT {by} FROM t'))

# --- a part of the address ends at a slash, unless its route says path or the program decodes it
import os
from urllib.parse import unquote
from flask import Flask, send_file
from fastapi import FastAPI
from fastapi.responses import FileResponse

app = Flask(__name__)
api = FastAPI()

@app.get('/files/<name>')
def one(name):
    return send_file(os.path.join('/srv', name))  # ! low path-traversal

@app.get('/all/<path:name>')
def all(name):
    return send_file(os.path.join('/srv', name))  # ! high path-traversal

@app.get('/coded/<name>')
def coded(name):
    real = unquote(name)
    return send_file(os.path.join('/srv', real))  # ! high path-traversal

@api.get('/api/{name}')
def part(name: str):
    return FileResponse(f'/srv/{name}')  # ! low path-traversal

@api.get('/api/{name:path}')
def rest(name: str):
    return FileResponse(f'/srv/{name}')  # ! high path-traversal

@api.get('/api')
def query(name: str):
    return FileResponse(f'/srv/{name}')  # ! high path-traversal

# --- FastAPI: what a dependency of another file gives is no input
from fastapi import APIRouter
from .db import CurrentUser, DbSession
from .models import PlanUpdate

router = APIRouter()

@router.put('/plans/{plan_id}')
def update(plan_id: int, db_session: DbSession, user: CurrentUser, plan_in: PlanUpdate):
    for field in plan_in.model_dump():
        open('/srv/plans/' + user.folder)
        setattr(db_session, field, 1)

# --- a primary key that something was found by
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from shop.models import User


def show(request):
    number = request.GET["user"]
    user = get_object_or_404(User, pk=number)
    return HttpResponse(f"<a href='/users/{number}'>{user.id}</a>")


def found(request):
    name = request.GET["user"]
    user = get_object_or_404(User, name=name)
    return HttpResponse(f"<a href='/users/{name}'>{user.id}</a>")  # ! high reflected-html

# --- a pattern whose parts are given, or nothing
import re
from flask import Flask, abort, request
app = Flask(__name__)

def parse(name):
    found = re.fullmatch(r"([a-z]+)-([a-f0-9]{8})\.json", name)
    if found is None:
        return None
    return {"kind": found[1], "id": found[2]}

@app.get("/a")
def a():
    name = request.args["name"]
    if not parse(name):
        abort(404)
    with open("/srv/files/" + name) as file:
        return file.read()

# --- a pattern whose parts are given in any case
import re
from flask import Flask, abort, request
app = Flask(__name__)

def parse(name):
    found = re.fullmatch(r"([a-z]+)-([a-f0-9]{8})\.json", name)
    if found is None:
        return {"kind": None}
    return {"kind": found[1], "id": found[2]}

@app.get("/a")
def a():
    name = request.args["name"]
    if not parse(name):
        abort(404)
    with open("/srv/files/" + name) as file:  # ! high path-traversal
        return file.read()

# --- a number by its type, and so is one of several kinds of number
from decimal import Decimal
from flask import Flask, request

app = Flask(__name__)

def ask(connection, since):
    if not isinstance(since, (int, Decimal)):
        raise ValueError("since")
    return connection.cursor().execute(f"SELECT id FROM orders WHERE made > {since}")

@app.post("/orders")
def orders():
    given = request.get_json()["since"]
    assert isinstance(given, int)
    return ask(connect(), given)

# --- a text by its type, or perhaps one
from flask import Flask, request
import psycopg2

app = Flask(__name__)
connection = psycopg2.connect("")

@app.post("/orders")
def orders():
    given = request.get_json()["since"]
    assert isinstance(given, (int, str))
    return str(connection.cursor().execute(f"SELECT id FROM orders WHERE made > {given}"))  # ! critical sql-injection

# --- a check of the program by a name that says so is given the test
from flask import Flask, request
import psycopg2

app = Flask(__name__)
connection = psycopg2.connect("")

def ensure(holds):
    if not holds:
        raise ValueError()

@app.post("/orders")
def orders():
    given = request.get_json()["since"]
    ensure(isinstance(given, int))
    return str(connection.cursor().execute(f"SELECT id FROM orders WHERE made > {given}"))
