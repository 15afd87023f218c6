# --- patterns that take exponentially long on what is sent
import re
from flask import Flask, request
app = Flask(__name__)
WORDS = re.compile(r'^(\w+\s?)*$')

@app.get('/a')
def a():
    return {'ok': bool(WORDS.match(request.args['q']))}  # ! medium slow-pattern

@app.get('/b')
def b():
    return {'ok': bool(re.search(r'^(a+)+$', request.args['q']))}  # ! medium slow-pattern

# --- patterns that do not
import re
from flask import Flask, request
app = Flask(__name__)
WORDS = re.compile(r'^\w+(?:\s\w+)*$')

@app.get('/a')
def a():
    return {'ok': bool(WORDS.match(request.args['q']))}

@app.get('/b')
def b():
    q = request.args['q']
    if len(q) > 80:
        return {'ok': False}
    return {'ok': bool(re.search(r'^(a+)+$', q))}
