# --- fields of a form that are texts
import os
from django import forms
from django.db import connection
from django.http import HttpResponse
from django.views.generic import FormView

class Search(forms.Form):
    name = forms.CharField(max_length=100)
    since = forms.IntegerField()

def search(request):
    form = Search(request.GET)
    if form.is_valid():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM orders WHERE name = '%s'" % form.cleaned_data["name"])  # ! critical sql-injection
    return HttpResponse()

class Mail(FormView):
    form_class = Search

    def form_valid(self, form):
        os.system("notify " + form.cleaned_data["name"])  # ! critical command-injection
        return super().form_valid(form)

# --- fields of a form that are numbers or one of a few, and one that the form itself looks at
import os
import re
from django import forms
from django.db import connection
from django.http import HttpResponse
from django.views.generic import FormView

class Search(forms.Form):
    since = forms.IntegerField()
    order = forms.ChoiceField(choices=[("id", "id"), ("name", "name")])
    name = forms.CharField()

    def clean_name(self):
        if not re.fullmatch("[a-z]+", self.cleaned_data["name"]):
            raise forms.ValidationError("name")
        return self.cleaned_data["name"]

def search(request):
    form = Search(request.GET)
    if form.is_valid():
        found = form.cleaned_data
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM orders WHERE made > {found['since']} ORDER BY {found['order']}")
    return HttpResponse()

class Mail(FormView):
    form_class = Search

    def form_valid(self, form):
        os.system("notify " + form.cleaned_data["name"])
        return super().form_valid(form)

# --- what a serialiser of Django REST framework lets through
from django.db import connection
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

class Order(serializers.Serializer):
    name = serializers.CharField()

    def create(self, validated_data):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO orders VALUES ('%s')" % validated_data["name"])  # ! critical sql-injection

class Orders(APIView):
    def post(self, request):
        order = Order(data=request.data)
        order.is_valid(raise_exception=True)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO orders VALUES ('%s')" % order.validated_data["name"])  # ! critical sql-injection
        return Response()

# --- numbers of a serialiser, its keys, and values that are bound
from django.db import connection
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

class Order(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()
    id = serializers.UUIDField()

    def update(self, instance, validated_data):
        for key, value in validated_data.items():
            setattr(instance, key, value)
        return instance

class Orders(APIView):
    def post(self, request):
        order = Order(data=request.data)
        order.is_valid(raise_exception=True)
        found = order.validated_data
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO orders VALUES ('{found['id']}', {found['count']}, %s)", [found["name"]])
        return Response()

# --- WTForms: a text
import os
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import StringField

app = Flask(__name__)

class Search(FlaskForm):
    name = StringField()

@app.post("/find")
def find():
    form = Search()
    if form.validate_on_submit():
        os.system("notify " + form.name.data)  # ! critical command-injection
    return ""

# --- WTForms: a number, and one of a few
import os
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField

app = Flask(__name__)

class Search(FlaskForm):
    count = IntegerField()
    kind = SelectField(choices=["a", "b"])

@app.post("/find")
def find():
    form = Search()
    if form.validate_on_submit():
        os.system(f"notify {form.count.data} {form.kind.data}")
    return ""
