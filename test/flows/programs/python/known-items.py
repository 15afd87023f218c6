# --- a loop over numbered items of a known list
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = ''
    for i, v in enumerate(['x', param]):
        if i == 1:
            bar = v
            break
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a loop over numbered items of a known list, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = ''
    for i, v in enumerate(['x', param]):
        if i == 0:
            bar = v
            break
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a loop over names and values of a known dict
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = ''
    for k, v in {'a': 'x', 'b': param}.items():
        if k == 'b':
            bar = v
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a loop over names and values of a known dict, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = ''
    for k, v in {'a': 'x', 'b': param}.items():
        if k == 'a':
            bar = v
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a loop that goes on after one item
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = ''
    for v in ['x', param]:
        if v == 'x':
            continue
        bar = v
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- the last item of a loop
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    for a, b in zip(['x', 'y'], ['z', param]):
        bar = b
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- the last item of a loop, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    for a, b in zip(['x', 'y'], [param, 'z']):
        bar = b
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a dict of pairs
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    d = {k: v for k, v in [('a', 'x'), ('b', param)]}
    bar = d['b']
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a dict of pairs, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    d = {k: v for k, v in [('a', 'x'), ('b', param)]}
    bar = d['a']
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a list of a comprehension
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = [v.strip() for v in ['x', param]]
    bar = l[1]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a list of a comprehension, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = [v.strip() for v in ['x', param]]
    bar = l[0]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- lists in a row
from flask import Flask, request
import sqlite3
import itertools
app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = list(itertools.chain(['x'], [param]))
    bar = l[1]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- lists in a row, the other one
from flask import Flask, request
import sqlite3
import itertools
app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = list(itertools.chain(['x'], [param]))
    bar = l[0]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a list that got the items of another one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = ['x']
    l.extend([param, 'z'])
    bar = l[1]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a list that got the items of another one, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = ['x']
    l.extend([param, 'z'])
    bar = l[2]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- what stands before and behind a sign
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    a, _, b = ('x=' + param).partition('=')
    bar = b
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- what stands before and behind a sign, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    a, _, b = ('x=' + param).partition('=')
    bar = a
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a text that is cut once
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = ('x,' + param).split(',', 1)
    bar = l[1]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a text that is cut once, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    l = ('x,' + param).split(',', 1)
    bar = l[0]
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a choice by the length of a constant
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = param if len('abc') == 3 else 'x'
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a choice by the length of a constant, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = param if len('abc') > 3 else 'x'
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a choice by the beginning of a constant
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    x = 'ab'
    if x.startswith('a'):
        bar = param
    else:
        bar = 'x'
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- a choice by the beginning of a constant, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    x = 'ba'
    if x.startswith('a'):
        bar = param
    else:
        bar = 'x'
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- the first of two that is not empty
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = '' or param
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- the first of two that is not empty, the other one
from flask import Flask, request
import sqlite3

app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    bar = 'x' or param
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- an enum that throws
from flask import Flask, request
import sqlite3
import enum


class Kind(enum.Enum):
    A = 'a'
    B = 'b'
app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    try:
        Kind('a')
    except ValueError:
        return 'no'
    bar = param
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")  # ! critical sql-injection
    return 'ok'

# --- an enum that throws, the other one
from flask import Flask, request
import sqlite3
import enum


class Kind(enum.Enum):
    A = 'a'
    B = 'b'
app = Flask(__name__)


@app.route('/t')
def t():
    param = request.args.get('p', '')
    try:
        Kind(param)
    except ValueError:
        return 'no'
    bar = param
    db = sqlite3.connect('x.db')
    db.execute("SELECT a FROM t WHERE b = '" + bar + "'")
    return 'ok'

# --- a break that goes through finally
import sqlite3
from flask import Flask, request
app = Flask(__name__)

@app.get('/t')
def t():
    bar = 'x'
    for one in ['a', 'b']:
        try:
            break
        finally:
            bar = request.args['q']
    sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + bar + "'") # ! critical sql-injection
    return 'ok'

# --- a list that a function adds to
import sqlite3
from flask import Flask, request
app = Flask(__name__)

def fill(names):
    names.append(request.args['q'])

@app.get('/t')
def t():
    names = ['a']
    fill(names)
    for one in names:
        sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + one + "'") # ! critical sql-injection
    return 'ok'

# --- a list that a function adds to, given by its name
import sqlite3
from flask import Flask, request
app = Flask(__name__)

def fill(names):
    names.append(request.args['q'])

@app.get('/t')
def t():
    names = ['a']
    fill(names=names)
    for one in names:
        sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + one + "'") # ! critical sql-injection
    return 'ok'

# --- a list that a function adds to, another one
import sqlite3
from flask import Flask, request
app = Flask(__name__)

def fill(names):
    names.append(request.args['q'])

@app.get('/t')
def t():
    names = ['a']
    fill(list(names))
    for one in names:
        sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + one + "'")
    return 'ok'

# --- a list that a function sets an item of
import sqlite3
from flask import Flask, request
app = Flask(__name__)

def fill(names):
    names[0] = request.args['q']

@app.get('/t')
def t():
    names = ['a']
    fill(names)
    for one in names:
        sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + one + "'") # ! critical sql-injection
    return 'ok'

# --- a list that is put in order
import sqlite3
from flask import Flask, request
app = Flask(__name__)

@app.get('/t')
def t():
    names = ['a', request.args['q']]
    names.sort()
    sqlite3.connect('d').execute("SELECT a FROM t WHERE b = '" + names[0] + "'") # ! critical sql-injection
    return 'ok'
