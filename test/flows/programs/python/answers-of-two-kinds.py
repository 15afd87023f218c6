# --- another answer of the function is plain text
from django.http import HttpResponse


def welcome(request):
    who = request.GET.get('name', 'friend')
    if request.GET.get('plain'):
        return HttpResponse('Hello ' + who, content_type='text/plain')
    return HttpResponse('<b>%s</b>' % who)  # ! high reflected-html

# --- the answer itself is plain text, right
from django.http import HttpResponse


def welcome(request):
    who = request.GET.get('name', 'friend')
    if request.GET.get('short'):
        return HttpResponse('Hello')
    return HttpResponse('Hello %s' % who, content_type='text/plain')

# --- its type is set afterwards, right
from django.http import HttpResponse


def welcome(request):
    who = request.GET.get('name', 'friend')
    if request.GET.get('short'):
        return HttpResponse('Hello', content_type='text/plain')
    response = HttpResponse('Hello %s' % who)
    response['Content-Type'] = 'text/plain'
    return response

# --- the type of the answer is kept in a name, right
from django.http import HttpResponse


def export(request):
    content_type = 'text/csv'
    return HttpResponse('name\n%s\n' % request.GET.get('name', ''), content_type)
