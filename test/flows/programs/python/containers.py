# --- a value through if const true
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    num = 86
    if (7 * 42) - num > 200:
        bar = v
    else:
        bar = 'safe'
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through if const true, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    num = 106
    if (7 * 18) + num > 200:
        bar = 'safe'
    else:
        bar = v
    os.system('ls ' + bar)
    return 'done'

# --- a value through hex
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = bytes.fromhex(v.encode().hex()).decode()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through hex, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = v.encode().hex()
    os.system('ls ' + bar)
    return 'done'

# --- a value through dict values
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = list({'a': v}.values())[0]
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through dict values, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = list({'a': v}.keys())[0]
    os.system('ls ' + bar)
    return 'done'

# --- a value through dict |
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = {'a': 'x'} | {'b': v}
    bar = d['b']
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through dict |, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = {'a': 'x'} | {'b': v}
    bar = d['a']
    os.system('ls ' + bar)
    return 'done'

# --- a value through defaultdict
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = collections.defaultdict(list)
    d['k'].append(v)
    bar = d['k'][0]
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through queue
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    q = queue.Queue()
    q.put(v)
    bar = q.get()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through queue, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    q = queue.Queue()
    q.put('a')
    bar = q.get()
    os.system('ls ' + bar)
    return 'done'

# --- a value through namedtuple
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', 'a b')

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T('x', v)
    bar = t.b
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through namedtuple, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', 'a b')

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T('x', v)
    bar = t.a
    os.system('ls ' + bar)
    return 'done'

# --- a value through namedtuple list
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T(a='x', b=v)
    bar = t.b
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through namedtuple list, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T(a='x', b=v)
    bar = t.a
    os.system('ls ' + bar)
    return 'done'

# --- a value through namedtuple idx
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T('x', v)
    bar = t[1]
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through namedtuple idx, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T('x', v)
    bar = t[0]
    os.system('ls ' + bar)
    return 'done'

# --- a value through NamedTuple unpack
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class T(typing.NamedTuple):
    a: str
    b: str

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    a, bar = T('x', v)
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through NamedTuple unpack, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class T(typing.NamedTuple):
    a: str
    b: str

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar, a = T('x', v)
    os.system('ls ' + bar)
    return 'done'

# --- a value through namedtuple unpack
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    a, bar = T('x', v)
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through namedtuple unpack, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar, a = T('x', v)
    os.system('ls ' + bar)
    return 'done'

# --- a value through replace namedtuple
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
T = collections.namedtuple('T', ['a', 'b'])

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    t = T('x', 'y')._replace(b=v)
    bar = t.b
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through SimpleNamespace
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator
import types
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    n = types.SimpleNamespace(a='x', b=v)
    bar = n.b
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through SimpleNamespace, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator
import types
app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    n = types.SimpleNamespace(a='x', b=v)
    bar = n.a
    os.system('ls ' + bar)
    return 'done'

# --- a value through setattr
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class Box:
    pass

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    o = Box()
    setattr(o, 'x', v)
    bar = o.x
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through setattr, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class Box:
    pass

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    o = Box()
    o.y = 'a'
    setattr(o, 'x', v)
    bar = o.y
    os.system('ls ' + bar)
    return 'done'

# --- a value through __getitem__
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class Box:
    def __init__(self, x):
        self.x = x
    def __getitem__(self, k):
        return self.x

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = Box(v)['k']
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through __call__
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
class Box:
    def __init__(self, x):
        self.x = x
    def __call__(self):
        return self.x

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = Box(v)()
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through dispatch get
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)
def ident(x):
    return x
def const(x):
    return 'x'
H = {'a': ident, 'b': const}

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = H.get(request.args['k'], const)(v)
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through attrgetter
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = operator.concat('x', v)
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through list mult
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    bar = ''.join([v] * 2)  # ! critical command-injection
    os.system('ls ' + bar)
    return 'done'

# --- a value through nested
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = {'a': {'b': [v, 'x']}}
    bar = d['a']['b'][0]
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through nested, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = {'a': {'b': [v, 'x']}}
    bar = d['a']['b'][1]
    os.system('ls ' + bar)
    return 'done'

# --- a value through dict from pairs
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = dict([('a', 'x'), ('b', v)])
    bar = d['b']
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'

# --- a value through dict from pairs, right
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = dict([('a', 'x'), ('b', v)])
    bar = d['a']
    os.system('ls ' + bar)
    return 'done'

# --- a value through fromkeys
from flask import Flask, request
import os, sqlite3, json, base64, configparser, string, urllib.parse, functools, itertools, collections, dataclasses, typing, re, html, copy, contextlib, enum, queue, threading, io, operator

app = Flask(__name__)

@app.route('/x', methods=['GET', 'POST'])
def view():
    v = request.args.get('a', '')
    d = dict.fromkeys(['a'], v)
    bar = d['a']
    os.system('ls ' + bar)  # ! critical command-injection
    return 'done'
