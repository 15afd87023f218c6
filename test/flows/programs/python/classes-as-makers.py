# --- a method of the class makes an object of what the request says
from dataclasses import dataclass
from flask import Flask, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')


@dataclass
class Listing:
    order: str = 'name'
    page: int = 1

    @classmethod
    def of(cls, request):
        return cls(order=request.args.get('order', 'name'), page=request.args.get('page', 1, type=int))


@app.get('/goods')
def goods():
    listing = Listing.of(request)
    return str(con.execute(f'SELECT id FROM goods ORDER BY {listing.order}').fetchall())  # ! critical sql-injection

# --- the same, kept for the time of a request
from dataclasses import dataclass
from flask import Flask, g, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')


@dataclass
class Listing:
    order: str = 'name'

    @classmethod
    def of(cls, request):
        return cls(order=request.args.get('order', 'name'))


@app.before_request
def look():
    g.listing = Listing.of(request)


@app.get('/goods')
def goods():
    return str(con.execute(f'SELECT id FROM goods ORDER BY {g.listing.order}').fetchall())  # ! critical sql-injection

# --- another field of it is a number, right
from dataclasses import dataclass
from flask import Flask, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')


@dataclass
class Listing:
    order: str = 'name'
    page: int = 1

    @classmethod
    def of(cls, request):
        return cls(order=request.args.get('order', 'name'), page=request.args.get('page', 1, type=int))


@app.get('/goods')
def goods():
    listing = Listing.of(request)
    return str(con.execute(f'SELECT id FROM goods LIMIT 20 OFFSET {listing.page}').fetchall())

# --- the method of the class chooses of a list, right
from dataclasses import dataclass
from flask import Flask, request
import sqlite3

app = Flask(__name__)
con = sqlite3.connect('shop.db')
ORDERS = {'name': 'name', 'price': 'price DESC'}


@dataclass
class Listing:
    order: str = 'name'

    @classmethod
    def of(cls, request):
        return cls(order=ORDERS.get(request.args.get('order'), 'name'))


@app.get('/goods')
def goods():
    return str(con.execute(f'SELECT id FROM goods ORDER BY {Listing.of(request).order}').fetchall())
