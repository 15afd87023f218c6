# --- Django: create of the whole body
from rest_framework.response import Response
from rest_framework.views import APIView
from .models import Account

class Accounts(APIView):
    def post(self, request):
        account = Account.objects.create(**request.data)  # ! medium mass-assignment
        return Response({"id": account.id})

# --- setattr for each field
from flask import Flask, request
from .models import User, db

app = Flask(__name__)

@app.patch("/users/<int:user_id>")
def update(user_id):
    user = User.query.get(user_id)
    for key, value in request.get_json().items():
        setattr(user, key, value)  # ! medium mass-assignment
    db.session.commit()
    return "", 204

# --- Django: update of a query
from rest_framework.decorators import api_view
from rest_framework.response import Response
from .models import Profile

@api_view(["PATCH"])
def profile(request):
    Profile.objects.filter(user=request.user).update(**request.data)  # ! medium mass-assignment
    return Response(status=204)

# --- peewee: create
from bottle import post, request
from .models import Note

@post("/notes")
def notes():
    body = request.json
    return {"id": Note.create(**body).id}  # ! medium mass-assignment

# --- a class of SQLAlchemy
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    is_admin = db.Column(db.Boolean, default=False)

@app.post("/users")
def create():
    user = User(**request.get_json())  # ! medium mass-assignment
    db.session.add(user)
    db.session.commit()
    return {"id": user.id}

# --- a service of another file
# file: service.py
class UserService:
    def change(self, user, fields):
        for name in fields:
            setattr(user, name, fields[name])  # ! medium mass-assignment
# file: api.py
from aiohttp import web
from service import UserService

async def patch(request):
    UserService().change(request["user"], await request.json())
    return web.Response(status=204)

app = web.Application()
app.router.add_patch("/me", patch)

# --- named fields
from rest_framework.response import Response
from rest_framework.views import APIView
from .models import Account

class Accounts(APIView):
    def post(self, request):
        account = Account.objects.create(name=request.data["name"], email=request.data["email"])
        Account.objects.filter(id=account.id).update(name=request.data["name"])
        return Response({"id": account.id})

# --- a serialiser
from rest_framework.response import Response
from rest_framework.views import APIView
from .models import Account
from .serializers import AccountSerializer

class Accounts(APIView):
    def post(self, request):
        serializer = AccountSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        account = Account.objects.create(**serializer.validated_data)
        return Response({"id": account.id})

# --- a schema of pydantic
from fastapi import FastAPI
from pydantic import BaseModel
from .models import User

app = FastAPI()

class UserIn(BaseModel):
    name: str
    email: str

@app.post("/users")
async def create(body: UserIn):
    user = await User.objects.create(**body.model_dump())
    for key, value in body.dict().items():
        setattr(user, key, value)
    return {"id": user.id}

# --- a list of fields
from flask import Flask, request
from .models import User, db

app = Flask(__name__)
FIELDS = ("name", "email")

@app.patch("/a/<int:user_id>")
def a(user_id):
    user = User.query.get(user_id)
    for key, value in request.get_json().items():
        if key in FIELDS:
            setattr(user, key, value)
    for field in FIELDS:
        setattr(user, field, request.get_json().get(field))
    return "", 204

@app.post("/b")
def b():
    body = request.get_json()
    User.objects.create(**{key: body[key] for key in FIELDS})
    return "", 204

# --- a dict of the program, and keyword arguments that are no fields
from flask import Flask, render_template, request

app = Flask(__name__)

@app.get("/a")
def a():
    settings = {"page": 1}
    settings.update(request.args)
    defaults = dict(**request.args)
    return render_template("a.html", **request.args)

# --- constants
from django.http import JsonResponse
from .models import Visit

def visit(request):
    values = {"path": request.GET["path"], "agent": request.headers["User-Agent"]}
    Visit.objects.create(**values)
    return JsonResponse({})

# --- arguments of a view that go on, and fields that are named one after the other
from rest_framework.viewsets import ModelViewSet
from .models import Device

class DeviceViewSet(ModelViewSet):
    def create(self, request, *args, **kwargs):
        return super().create(request, *args, **kwargs)

    def partial_update(self, request, pk):
        values = {"name": request.data["name"]}
        values.update({"site": request.data["site"]})
        Device.objects.filter(pk=pk).update(**values)
        return super().update(request, pk)

# --- fields that the program adds to its own keyword arguments
from django.db import models

class AuditManager(models.Manager):
    def new(self, action, request, **kwargs):
        kwargs["agent"] = request.headers.get("User-Agent")
        kwargs.setdefault("resource", request.path_info)
        return self.create(action=action, **kwargs)

# --- a model whose file is not there
from flask import Flask, request
from flask_login import current_user
from .models import User, db

app = Flask(__name__)

@app.post("/users")
def create():
    user = User(**request.get_json())  # ! medium mass-assignment
    db.session.add(user)
    db.session.commit()
    return {"id": user.id}

@app.put("/me")
def change():
    User.query.filter_by(id=current_user.id).update(request.json)  # ! medium mass-assignment
    db.session.execute(User.__table__.insert().values(**request.json))  # ! medium mass-assignment
    return {}

# --- a body that is any dict
from fastapi import APIRouter, Body
from .models import Item

router = APIRouter()

@router.put("/items/{item_id}")
def replace(item_id: int, data: dict = Body(...)):
    return Item(**data).id  # ! medium mass-assignment

# --- defaults of an upsert
from rest_framework.views import APIView
from rest_framework.response import Response
from .models import Profile

class Profiles(APIView):
    def put(self, request):
        Profile.objects.update_or_create(user=request.user, defaults=request.data)  # ! medium mass-assignment
        return Response()

# --- documents of Mongo
from flask import Blueprint, request
from bson import ObjectId
from .mongo import db

bp = Blueprint("n", __name__)

@bp.put("/notes/<id>")
def notes(id):
    db.notes.update_one({"_id": ObjectId(id)}, {"$set": request.json})  # ! medium mass-assignment
    db.notes.insert_one(request.get_json())  # ! medium mass-assignment
    return {}

# --- right: what was named, other classes, other updates
from flask import Flask, request
from flask_restful import Resource, reqparse
from .models import User, db
from .tools import Report
from .mongo import mongo

parser = reqparse.RequestParser()
parser.add_argument("name")

class Users(Resource):
    def post(self):
        data = request.get_json()
        user = User(**parser.parse_args())
        user = User(name=data["name"])
        report = Report(**data)
        seen = {}
        seen.update(data)
        User.query.filter_by(id=1).update({"name": data["name"]})
        mongo.db.notes.insert_one({"text": str(data["text"])})
        mongo.db.notes.update_one({"_id": 1}, {"$set": {"text": data["text"]}})
        return {}

# --- the whole update is what was sent
from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
users = MongoClient().app.users


@app.put("/users/<name>")
def update(name):
    users.update_one({"name": name}, request.get_json())  # ! medium mass-assignment
    return "", 204


# --- fields by their names
from flask import Flask, request
from pymongo import MongoClient

app = Flask(__name__)
users = MongoClient().app.users


@app.put("/users/<name>")
def update(name):
    users.update_one({"name": name}, {"$set": {"bio": str(request.get_json()["bio"])}})
    return "", 204
