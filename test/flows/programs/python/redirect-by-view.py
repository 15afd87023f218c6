# --- where a form leads, by the query
from django.views.generic import FormView

class Order(FormView):
    def get_success_url(self):
        return self.request.GET["next"]  # ! medium open-redirect

# --- where a login leads
from django.contrib.auth.views import LoginView

class Login(LoginView):
    def get_success_url(self):
        return self.request.POST.get("next")  # ! medium open-redirect

# --- a view that does nothing else
from django.views.generic import RedirectView

class Leave(RedirectView):
    def get_redirect_url(self, *args, **kwargs):
        return self.request.GET.get("to")  # ! medium open-redirect

# --- checked by the framework
from django.contrib.auth.views import LoginView
from django.utils.http import url_has_allowed_host_and_scheme

class Login(LoginView):
    def get_success_url(self):
        target = self.request.GET["next"]
        if url_has_allowed_host_and_scheme(target, allowed_hosts={self.request.get_host()}):
            return target
        return "/"

# --- a page of the program
from django.urls import reverse
from django.views.generic import FormView

class Order(FormView):
    def get_success_url(self):
        return reverse("order", kwargs={"pk": self.kwargs["pk"]})

# --- another method of such a view
from django.views.generic import FormView

class Order(FormView):
    def get_title(self):
        return self.request.GET["title"]

# --- what the query said is kept in the session, and followed after the login
from flask import Flask, redirect, request, session

app = Flask(__name__)

@app.get("/login")
def login():
    session["next"] = request.args["next"]
    return "ok"

@app.get("/done")
def done():
    return redirect(session["next"])  # ! medium open-redirect

@app.get("/left")
def left():
    return redirect(session.pop("next", "/"))  # ! medium open-redirect

# --- a page of the program, or one that was checked, is kept in the session
from urllib.parse import urlparse
from flask import Flask, redirect, request, session, url_for

app = Flask(__name__)

@app.get("/login")
def login():
    target = request.args.get("next", "/")
    if urlparse(target).netloc != "" or not target.startswith("/") or target.startswith("//"):
        target = "/"
    session["next"] = target
    session["page"] = url_for("home")
    return "ok"

@app.get("/done")
def done():
    return redirect(session.pop("next", "/"))

@app.get("/home")
def home():
    return redirect(session["page"])

# --- another name of the session
from flask import Flask, redirect, request, session

app = Flask(__name__)

@app.get("/login")
def login():
    session["language"] = request.args["language"]
    return "ok"

@app.get("/done")
def done():
    return redirect(session.get("next", "/"))
