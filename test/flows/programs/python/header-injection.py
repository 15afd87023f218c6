# --- the server of the standard library checks nothing
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        self.send_response(200)
        self.send_header("X-Request-Id", query["id"][0])  # ! medium header-injection
        self.end_headers()

# --- a cookie put together
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        theme = unquote(self.path.partition("theme=")[2])
        self.send_response(204)
        self.send_header("Set-Cookie", f"theme={theme}; Path=/")  # ! medium header-injection
        self.end_headers()

# --- frameworks refuse line breaks
from flask import Flask, make_response, request
from django.http import HttpResponse

app = Flask(__name__)

@app.get("/a")
def a():
    response = make_response({})
    response.headers["X-Trace"] = request.args["trace"]
    return response

def b(request):
    response = HttpResponse(status=204)
    response["X-Trace"] = request.GET["trace"]
    return response

# --- constants and numbers
from http.server import BaseHTTPRequestHandler

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body)
