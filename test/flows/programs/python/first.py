# --- reading files of a request
import os, subprocess
from flask import Flask, request
app = Flask(__name__)
BASE = '/data'

@app.route('/x/<name>')
def x(name):
    with open(os.path.join(BASE, name)) as f:  # ! low path-traversal
        return f.read()

@app.route('/y')
def y():
    n = request.args.get('n')
    if n not in ('a', 'b'):
        abort(400)
        return
    return open(f'/data/{n}').read()

class Repo:
    def __init__(self, base):
        self.base = base
    def load(self, name):
        p = '%s/%s' % (self.base, name)  # ! high path-traversal
        return open(p).read()

repo = Repo(BASE)
@app.post('/z')
def z():
    body = request.get_json()
    repo.load(body['file'])
    subprocess.run('ls {}'.format(body['dir']), shell=True)  # ! critical command-injection
    subprocess.run(['ls', body['dir']])
    eval(request.form['code'])  # ! critical code-injection
    return {k: open(v).read() for k, v in body.items()}  # ! high path-traversal
