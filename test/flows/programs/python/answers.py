# --- an answer of Lambda that leads elsewhere
def lambda_handler(event, context):
    target = event['queryStringParameters']['next']
    return {'statusCode': 302, 'headers': {'Location': target}}  # ! medium open-redirect

# --- an answer of Lambda that leads to a page of ours
def lambda_handler(event, context):
    number = event['queryStringParameters']['number']
    return {'statusCode': 302, 'headers': {'Location': '/orders/' + number}}

# --- an answer of Lambda that is a page
def lambda_handler(event, context):
    params = event.get('queryStringParameters') or {}
    page = '<h1>Hello ' + params.get('name', '') + '</h1>'  # ! high reflected-html
    return {'statusCode': 200, 'headers': {'Content-Type': 'text/html'}, 'body': page}

# --- an answer of Lambda that is none
import json

def lambda_handler(event, context):
    name = event['queryStringParameters']['name']
    return {'statusCode': 200, 'headers': {'Content-Type': 'application/json'}, 'body': json.dumps({'name': name})}

# --- a helper that is no handler
def answer(code, target):
    return {'statusCode': code, 'headers': {'Location': target}}

# --- what one request leaves in the session of Django
import os
from django.http import HttpResponse
from django.urls import path

def put(request):
    request.session['folder'] = request.POST['folder']
    return HttpResponse('kept')

def take(request):
    os.system('ls ' + request.session['folder'])  # ! critical command-injection
    return HttpResponse('listed')

urlpatterns = [path('put', put), path('take', take)]

# --- what one request leaves in the session of Django, right
import os
from django.http import HttpResponse
from django.urls import path

def put(request):
    request.session['folder'] = request.POST['folder']
    request.session['pages'] = int(request.POST['pages'])
    return HttpResponse('kept')

def take(request):
    os.system('head -n ' + str(request.session['pages']))
    return HttpResponse('listed')

urlpatterns = [path('put', put), path('take', take)]
