# --- a field that a method sets
from flask import Flask, request, session, jsonify
import os

class Holder:
    def __init__(self):
        self.value = ''
        self.other = 'safe'
    def put(self, v):
        self.value = v

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    h = Holder()
    h.put(request.args.get('f', ''))
    os.system('ls ' + h.value)  # ! critical command-injection
    return 'ok'

# --- a field that a method sets, right
from flask import Flask, request, session, jsonify
import os

class Holder:
    def __init__(self):
        self.value = ''
        self.other = 'safe'
    def put(self, v):
        self.value = v

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    h = Holder()
    h.put(request.args.get('f', ''))
    os.system('ls ' + h.other)
    return 'ok'

# --- a shell by os.execl
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.execl('/bin/sh', 'sh', '-c', v)  # ! critical command-injection
    return 'ok'

# --- a shell by os.execl, right
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.execl('/bin/echo', 'echo', v)
    return 'ok'

# --- a shell by os.spawnvp
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.spawnvp(os.P_WAIT, 'sh', ['sh', '-c', v])  # ! critical command-injection
    return 'ok'

# --- a shell by os.spawnvp, right
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.spawnvp(os.P_WAIT, 'echo', ['echo', v])
    return 'ok'

# --- a shell by os.spawnlp
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.spawnlp(os.P_WAIT, 'bash', 'bash', '-c', f'convert {v}')  # ! critical command-injection
    return 'ok'

# --- a shell by os.spawnlp, right
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('prog')
    os.spawnlp(os.P_WAIT, 'ls', 'ls', '--', v)
    return 'ok'

# --- a function with bound arguments
from flask import Flask, request, session, jsonify
import subprocess
from functools import partial

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    run = partial(subprocess.run, shell=True)
    run('ls ' + request.args['d'])  # ! critical command-injection
    return 'ok'

# --- a function with bound arguments, right
from flask import Flask, request, session, jsonify
import subprocess
from functools import partial

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    run = partial(subprocess.run, shell=True)
    run('ls ' + str(int(request.args['d'])))
    return 'ok'

# --- a part of a list that `+=` made longer
from flask import Flask, request, session, jsonify
import subprocess

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    parts = ['ls']
    parts += [request.path]
    return subprocess.getoutput(' '.join(parts))  # ! critical command-injection

# --- a part of a list that `+=` made longer, right
from flask import Flask, request, session, jsonify
import subprocess

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    parts = ['ls']
    parts += [request.path]
    return subprocess.getoutput(' '.join(parts[:1]))

# --- a text that is written piece by piece
from flask import Flask, request, session, jsonify
import io
import html
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    b = io.StringIO()
    b.write('<p>')
    b.write(request.args['n'])  # ! high reflected-html
    return b.getvalue()

# --- a text that is written piece by piece, right
from flask import Flask, request, session, jsonify
import io
import html
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    b = io.StringIO()
    b.write('<p>')
    b.write(html.escape(request.args['n']))
    return b.getvalue()

# --- a name in the session
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    k = request.args.get('k', '')
    session[k] = '10340'  # ! low trust-boundary
    return 'ok'

# --- a name in the session, right
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    k = 'k'
    session[k] = '10340'
    return 'ok'

# --- a name in the session, of a dict
from flask import Flask, request, session, jsonify
import flask

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    d = {'a': request.form['k'], 'b': 'x'}
    flask.session[d['a']] = 1  # ! low trust-boundary
    return 'ok'

# --- a name in the session, of a dict, right
from flask import Flask, request, session, jsonify
import flask

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    d = {'a': request.form['k'], 'b': 'x'}
    flask.session[d['b']] = 1
    return 'ok'

# --- who somebody is, of a cookie
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session['userid'] = request.cookies.get('u')  # ! low trust-boundary
    return 'ok'

# --- who somebody is, of a cookie, right
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session['language'] = request.cookies.get('u')
    return 'ok'

# --- a whole form into the session
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session.update(request.form)  # ! low trust-boundary
    return 'ok'

# --- a whole form into the session, right
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session.update(language='de')
    return request.form.get('n', '') and 'ok'

# --- a name that the session perhaps lacks
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session.setdefault(request.args['k'], 'x')  # ! low trust-boundary
    return 'ok'

# --- a name that the session perhaps lacks, right
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    session.setdefault('k', 'x')
    return 'ok'

# --- a part of a text
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = ('x' * 3 + request.args['a'] + 'x' * 3)[3:-3]  # ! critical command-injection
    os.system('ls ' + v)
    return 'ok'

# --- a part of a text, right
from flask import Flask, request, session, jsonify
import os

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = ('abc' + request.args['a'])[:3]
    os.system('ls ' + v)
    return 'ok'

# --- a header that is decoded
from flask import Flask, request, session, jsonify

import urllib.parse
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    values = request.headers.getlist('X-Thing')
    param = ''
    if values:
        param = values[0]
    param = urllib.parse.unquote_plus(param)
    import copy
    return copy.copy(param)  # ! high reflected-html

# --- a header that is decoded, right
from flask import Flask, request, session, jsonify

import urllib.parse
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    values = request.headers.getlist('X-Thing')
    param = ''
    if values:
        param = values[0]
    param = urllib.parse.quote_plus(param)
    import copy
    return copy.copy(param)

# --- a function of the library for each item
from flask import Flask, request, session, jsonify
import subprocess

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    a = list(map(str.strip, request.args.getlist('a')))
    subprocess.run(' '.join(['ls'] + a), shell=True)  # ! critical command-injection
    return 'ok'

# --- a function of the library for each item, right
from flask import Flask, request, session, jsonify
import subprocess

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    a = list(map(int, request.args.getlist('a')))
    subprocess.run('ls ' + str(sum(a)), shell=True)
    return 'ok'

# --- a template of the standard library
from flask import Flask, request, session, jsonify
import sqlite3
from string import Template

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    q = Template("SELECT * FROM t WHERE a = '$a'").substitute(a=request.args['a'])  # ! critical sql-injection
    sqlite3.connect('x').execute(q)
    return 'ok'

# --- a template of the standard library, right
from flask import Flask, request, session, jsonify
import sqlite3
from string import Template

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    q = Template("SELECT * FROM t WHERE a = '$a'").substitute(a='x')
    sqlite3.connect('x').execute(q)
    return request.args.get('a', '') and 'ok'

# --- the rest of a list
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    first, *rest = [request.args['a'], 'b', 'c']
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + first + "'")  # ! critical sql-injection
    return 'ok'

# --- the rest of a list, right
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    first, *rest = [request.args['a'], 'b', 'c']
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + rest[0] + "'")
    return 'ok'

# --- a list that is turned round
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = [request.args['a'], 'b']
    l.reverse()
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + l[1] + "'")  # ! critical sql-injection
    return 'ok'

# --- a list that is turned round, right
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = [request.args['a'], 'b']
    l.reverse()
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + l[0] + "'")
    return 'ok'

# --- an item counted from the end
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = ['b', request.args['a']]
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + l[-1] + "'")  # ! critical sql-injection
    return 'ok'

# --- an item counted from the end, right
from flask import Flask, request, session, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = ['b', request.args['a']]
    sqlite3.connect('x').execute("SELECT * FROM t WHERE a = '" + l[-2] + "'")
    return 'ok'

# --- code that is compiled first
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    src = 'def f(): return ' + request.values['x']  # ! critical code-injection
    c = compile(src, 'x', 'exec')
    exec(c)
    return ''

# --- code that is compiled first, right
from flask import Flask, request, session, jsonify


app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    import ast
    src = request.values['x']
    x = ast.literal_eval(src)
    c = compile('y = 1', 'x', 'exec')
    exec(c)
    return ''

# --- a function of another file
from flask import Flask, request, session, jsonify
import os
from helper_cmd import wrap

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    os.system(wrap(request.args['d']))  # ! critical command-injection
    return 'ok'

# file: helper_cmd.py
def wrap(x):
    return 'ls ' + x

# --- a function of another file, right
from flask import Flask, request, session, jsonify
import os
from helper_cmd import wrap

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    os.system(wrap('d') + ' ' + str(len(request.args['d'])))
    return 'ok'

# file: helper_cmd.py
def wrap(x):
    return 'ls ' + x

# --- an item put in at a place
from flask import Flask, request, session, jsonify
from sqlalchemy import create_engine, text

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = ['a', 'b']
    l.insert(0, request.cookies.get('id'))
    v = l[0]
    engine = create_engine('sqlite://')
    with engine.connect() as c:
        r = c.execute(text("SELECT * FROM t WHERE name = '" + v + "'"))  # ! critical sql-injection
        return str(len(r.all()))

# --- an item put in at a place, right
from flask import Flask, request, session, jsonify
from sqlalchemy import create_engine, text

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    l = ['a', 'b']
    l.insert(0, request.cookies.get('id'))
    v = l[1]
    engine = create_engine('sqlite://')
    with engine.connect() as c:
        r = c.execute(text("SELECT * FROM t WHERE name = '" + v + "'"))
        return str(len(r.all()))

# --- a method that a class overrides
from flask import Flask, request, session, jsonify
import os

class A:
    def __init__(self, v):
        self.v = v
    def text(self):
        return 'x'
    def run(self):
        os.system('ls ' + self.text())  # ! critical command-injection
        return 'ok'
class B(A):
    def text(self):
        return self.v
class C(A):
    def text(self):
        return super().text()

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    return B(request.args['a']).run()

# --- a method that a class between the two overrides, called by another one
from flask import Flask, request
import os

class A:
    def text(self, v):
        return 'x'
    def line(self, v):
        return 'ls ' + self.text(v)  # ! critical command-injection
    def run(self, v):
        os.system(self.line(v))
        return 'ok'
class B(A):
    def text(self, v):
        return v
class C(B):
    pass

app = Flask(__name__)

@app.route('/x')
def view():
    return C().run(request.args['a'])

# --- a method that a class between the two overrides with a right one
from flask import Flask, request
import os

class A:
    def text(self, v):
        return v
    def line(self, v):
        return 'ls ' + self.text(v)
    def run(self, v):
        os.system(self.line(v))
        return 'ok'
class B(A):
    def text(self, v):
        return 'x'
class C(B):
    pass

app = Flask(__name__)

@app.route('/x')
def view():
    return C().run(request.args['a'])

# --- a method that a class overrides, right
from flask import Flask, request, session, jsonify
import os

class A:
    def __init__(self, v):
        self.v = v
    def text(self):
        return 'x'
    def run(self):
        os.system('ls ' + self.text())
        return 'ok'
class B(A):
    def text(self):
        return self.v
class C(A):
    def text(self):
        return super().text()

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    return C(request.args['a']).run()

# --- a property
from flask import Flask, request, session, jsonify
import os

class W:
    def __init__(self, v):
        self._v = v
    @property
    def v(self):
        return self._v
    @property
    def n(self):
        return str(len(self._v))

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    os.system('ls ' + W(request.args['a']).v)  # ! critical command-injection
    return 'ok'

# --- a property, right
from flask import Flask, request, session, jsonify
import os

class W:
    def __init__(self, v):
        self._v = v
    @property
    def v(self):
        return self._v
    @property
    def n(self):
        return str(len(self._v))

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    os.system('ls ' + W(request.args['a']).n)
    return 'ok'
