# --- Falcon: a resource
import os
import sqlite3
import falcon

class Report:
    def on_get(self, req, resp):
        name = req.get_param('name')
        with open(os.path.join('/srv', name)) as file:  # ! high path-traversal
            resp.text = file.read()

    def on_post(self, req, resp):
        body = req.media
        db = sqlite3.connect('x.db')
        db.execute("INSERT INTO t VALUES ('%s')" % body['name'])  # ! critical sql-injection

    def on_put(self, req, resp):
        raise falcon.HTTPFound(req.params['next'])  # ! medium open-redirect

# --- Falcon: numbers and placeholders
import sqlite3
import falcon

class Report:
    def on_get(self, req, resp):
        number = req.get_param_as_int('number')
        open(f'/srv/{number}.txt')

    def on_post(self, req, resp):
        sqlite3.connect('x.db').execute('INSERT INTO t VALUES (?)', (req.media['name'],))
        raise falcon.HTTPFound('/reports')

# --- Pyramid: views
import subprocess
from pyramid.httpexceptions import HTTPFound
from pyramid.response import FileResponse, Response
from pyramid.view import view_config

@view_config(route_name='page')
def page(request):
    return Response('<h1>' + request.params['title'] + '</h1>')  # ! high reflected-html

@view_config(route_name='file')
def file(request):
    return FileResponse('/srv/' + request.matchdict['name'])  # ! high path-traversal

@view_config(route_name='run', renderer='json')
def run(request):
    return subprocess.check_output('ls ' + request.json_body['dir'], shell=True)  # ! critical command-injection

@view_config(route_name='next')
def onward(request):
    return HTTPFound(location=request.GET['next'])  # ! medium open-redirect

# --- Pyramid: routes of its own, plain text
from pyramid.httpexceptions import HTTPFound
from pyramid.response import Response
from pyramid.view import view_config

@view_config(route_name='next')
def onward(request):
    return HTTPFound(location=request.route_url('home'))

@view_config(route_name='text')
def plain(request):
    return Response(request.params['title'], content_type='text/plain')

# --- ElementTree: a path is built
import xml.etree.ElementTree as ET
from flask import Flask, request

app = Flask(__name__)

@app.get('/user')
def user():
    root = ET.parse('users.xml').getroot()
    return {'n': len(root.findall(f".//user[@name='{request.args['name']}']"))}  # ! high xpath-injection

# --- Pyramid: the path that a route has matched, and one that no view was found for
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import notfound_view_config, view_config, view_defaults

@view_defaults(route_name='account')
class Account:
    def __init__(self, request):
        self.request = request

    @view_config(request_method='POST')
    def save(self):
        return HTTPSeeOther(self.request.path)

    @view_config(request_method='PUT')
    def move(self):
        return HTTPSeeOther(self.request.params['path'])  # ! medium open-redirect

@view_config(route_name='page')
def page(request):
    return HTTPSeeOther(request.path_qs)

@notfound_view_config()
def slash(request):
    return HTTPSeeOther(request.path + '/')  # ! medium open-redirect

# --- Pyramid: a part of the path that a route has matched
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

@view_config(route_name='go')
def go(request):
    return HTTPSeeOther(request.path[3:])  # ! medium open-redirect
