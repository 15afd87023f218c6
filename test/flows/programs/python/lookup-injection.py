# --- Django: all of the query
from django.http import JsonResponse
from .models import Order

def orders(request):
    rows = Order.objects.filter(**request.GET.dict())  # ! medium lookup-injection
    return JsonResponse({"n": rows.count()})

# --- Django REST: all of the body, behind another condition
from rest_framework.views import APIView
from rest_framework.response import Response
from .models import Order

class Search(APIView):
    def post(self, request):
        rows = Order.objects.filter(owner=request.user).exclude(**request.data)  # ! medium lookup-injection
        return Response({"n": rows.count()})

# --- SQLAlchemy
from flask import Flask, request
from .models import User

app = Flask(__name__)

@app.post("/find")
def find():
    return {"id": User.query.filter_by(**request.json).first().id}  # ! medium lookup-injection

# --- right: named columns, checked names, a dict that is none of these
import json
from django.http import JsonResponse
from .models import Order

def orders(request):
    rows = Order.objects.filter(state=request.GET.get("state"))
    rows = rows.filter(**{"state__in": request.GET.getlist("state")})
    rows = rows.filter(**{key: request.GET[key] for key in ("state", "city") if key in request.GET})
    return JsonResponse({"n": rows.count()})

# --- right: a schema
from rest_framework import serializers
from rest_framework.views import APIView
from rest_framework.response import Response
from .models import Order

class OrderFilter(serializers.Serializer):
    state = serializers.CharField()

class Search(APIView):
    def get(self, request):
        asked = OrderFilter(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response({"n": Order.objects.filter(**asked.validated_data).count()})

# --- right: a model of the request
from fastapi import APIRouter
from pydantic import BaseModel
from .models import Order

router = APIRouter()

class Asked(BaseModel):
    state: str

@router.post("/search")
def search(asked: Asked):
    return Order.objects.filter(**asked.model_dump()).count()

# --- right: what a decorator has made of the query
from flask_restx import Resource
from .models import Award
from .schemas import AwardQuery, validate_args

class Awards(Resource):
    @validate_args(AwardQuery, location="query")
    def get(self, query_args):
        return {"n": Award.query.filter_by(**query_args).count()}

# --- right: each name is one of a few
from django.http import JsonResponse
from .models import Order

ALLOWED = {"state", "city"}

def search(request):
    asked = request.GET.dict()
    if not set(asked) <= ALLOWED:
        return JsonResponse({}, status=400)
    return JsonResponse({"n": Order.objects.filter(**asked).count()})

# --- the names come from the request as well
from rest_framework.viewsets import ModelViewSet
from .models import Order

class Orders(ModelViewSet):
    def get_queryset(self):
        filters = {}
        for key, value in self.request.query_params.items():
            filters[key] = value
        return Order.objects.filter(**filters)  # ! medium lookup-injection

# --- right: the names stand in the class
from rest_framework.viewsets import ModelViewSet
from .models import Order

class Orders(ModelViewSet):
    parent_lookup_kwargs = {}

    def get_queryset(self):
        queryset = super().get_queryset()
        filters = {}
        for key, lookup in self.parent_lookup_kwargs.items():
            filters[lookup] = self.kwargs[key]
        return queryset.filter(**filters)

# --- right: the program makes the name, and the value is one of the caller's
from django.http import Http404

def page(request, queryset, order_by):
    cursor = asked(request, "cursor")
    queryset = queryset.order_by(order_by)
    column = order_by.lstrip("-")
    if order_by[0] == "-":
        conditions = {f"{column}__lt": cursor}
    else:
        conditions = {f"{column}__gt": cursor}
    return list(queryset.filter(**conditions)[:20])

def asked(request, name: str, default=None):
    return request.GET[name] if name in request.GET else default
