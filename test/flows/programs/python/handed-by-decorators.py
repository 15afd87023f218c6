# --- a decorator hands over what the request says, by name
from functools import wraps
from flask import Flask, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')


def with_term(view):
    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, term=request.args.get('q', ''), **kwargs)

    return inner


@app.route('/goods')
@with_term
def goods(term):
    return str(con.execute("SELECT id FROM goods WHERE name LIKE '%" + term + "%'").fetchall())  # ! critical sql-injection

# --- a decorator that is made by a call hands it over by place
from functools import wraps
from flask import Flask, request
import subprocess

app = Flask(__name__)


def taking(name):
    def around(view):
        @wraps(view)
        def inner(*args, **kwargs):
            return view(request.form[name], *args, **kwargs)

        return inner

    return around


@app.post('/ping')
@taking('host')
def ping(host):
    return subprocess.check_output(f'ping -c 1 {host}', shell=True)  # ! critical command-injection

# --- what the decorator hands over is a number, right
from functools import wraps
from flask import Flask, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')


def with_page(view):
    @wraps(view)
    def inner(*args, **kwargs):
        return view(*args, page=int(request.args.get('page', '1')), **kwargs)

    return inner


@app.route('/goods')
@with_page
def goods(page):
    return str(con.execute('SELECT id FROM goods LIMIT 20 OFFSET ' + str(page * 20)).fetchall())

# --- the decorator looks whether it may be given, right
from functools import wraps
from flask import Flask, abort, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')
COLUMNS = {'name', 'price'}


def with_order(view):
    @wraps(view)
    def inner(*args, **kwargs):
        order = request.args.get('order', 'name')
        if order not in COLUMNS:
            abort(400)
        return view(order, *args, **kwargs)

    return inner


@app.route('/goods')
@with_order
def goods(order):
    return str(con.execute('SELECT id FROM goods ORDER BY ' + order).fetchall())
