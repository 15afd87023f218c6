# --- Flask: os.system
import os
from flask import Flask, request

app = Flask(__name__)

@app.route("/ping")
def ping():
    host = request.args.get("host")
    os.system("ping -c 1 " + host)  # ! critical command-injection
    return "ok"

# --- Django REST: subprocess with a shell
import subprocess
from rest_framework.decorators import api_view
from rest_framework.response import Response

@api_view(["POST"])
def convert(request):
    source = request.data["source"]
    output = subprocess.check_output(f"convert {source} out.png", shell=True)  # ! critical command-injection
    return Response({"output": output})

# --- FastAPI: asyncio shell in a service
# file: service.py
import asyncio

class Converter:
    def __init__(self, binary="ffmpeg"):
        self.binary = binary

    async def run(self, name, size):
        command = "{} -i {} -s {}".format(self.binary, name, size)  # ! critical command-injection
        process = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
        return await process.communicate()
# file: api.py
from fastapi import FastAPI
from pydantic import BaseModel
from service import Converter

app = FastAPI()
converter = Converter()

class Job(BaseModel):
    name: str
    width: int

@app.post("/jobs")
async def create(job: Job):
    return await converter.run(job.name, job.width)

# --- the shell as a program of a list
import subprocess
from aiohttp import web

async def deploy(request):
    data = await request.json()
    subprocess.run(["bash", "-c", "deploy " + data["branch"]], check=True)  # ! critical command-injection
    return web.json_response({})

app = web.Application()
app.router.add_post("/deploy", deploy)

# --- the program itself
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.post("/tool")
def tool():
    args = [request.form["tool"], "--version"]
    return subprocess.run(args, capture_output=True).stdout  # ! high command-injection

# --- paramiko: a command of another host
import paramiko
from flask import Flask, request

app = Flask(__name__)

@app.post("/restart")
def restart():
    client = paramiko.SSHClient()
    client.connect("10.0.0.2")
    _, stdout, _ = client.exec_command("systemctl restart " + request.form["unit"])  # ! critical command-injection
    return {"out": stdout.read().decode()}

# --- Tornado: a message of a WebSocket
import os
import tornado.websocket

class Console(tornado.websocket.WebSocketHandler):
    def on_message(self, message):
        out = os.popen("grep %s /var/log/app.log" % message).read()  # ! critical command-injection
        self.write_message(out)

# --- Lambda: the name of an uploaded object
import os

def lambda_handler(event, context):
    for record in event["Records"]:
        key = record["s3"]["object"]["key"]
        os.system(f"unzip /tmp/{key}")  # ! critical command-injection

# --- quoted for a path only
import os
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.post("/archive")
def archive():
    name = os.path.basename(request.form["name"])
    subprocess.call("tar czf /backup/" + name + ".tgz /data", shell=True)  # ! critical command-injection
    return "", 204

# --- a list of arguments
import asyncio
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.route("/ping")
def ping():
    host = request.args["host"]
    subprocess.run(["ping", "-c", "1", host], check=True)
    subprocess.Popen(["git", "clone", "--", request.args["url"]], cwd="/srv")
    subprocess.check_output(["ls", "-l", f"/data/{host}"])
    return "ok"

async def resize(name):
    await asyncio.create_subprocess_exec("convert", "--", name, "out.png")

@app.route("/resize")
async def resize_view():
    await resize(request.args["name"])
    return "ok"

# --- quoted
import os
import shlex
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.route("/ping")
def ping():
    os.system("ping -c 1 " + shlex.quote(request.args["host"]))
    subprocess.run(shlex.join(["ls", request.args["dir"]]), shell=True)
    return "ok"

# --- numbers and constants
import os
import subprocess
from flask import Flask, abort, request

app = Flask(__name__)
UNITS = {"web": "nginx.service", "db": "postgresql.service"}

@app.post("/restart/<int:count>")
def restart(count):
    os.system("systemctl restart " + UNITS[request.form["unit"]])
    os.system(f"head -n {count} /var/log/app.log")
    subprocess.run("sleep %d" % int(request.form["seconds"]), shell=True)
    return "", 204

@app.post("/scan")
def scan():
    level = request.form["level"]
    if level not in ("low", "high"):
        abort(400)
    os.system("scan --level " + level)
    return "", 204

# --- checked by a pattern
import re
import subprocess
from flask import Flask, abort, request

app = Flask(__name__)
NAME = re.compile(r"[a-z0-9_]+")

@app.post("/a")
def a():
    name = request.form["name"]
    if not NAME.fullmatch(name):
        abort(400)
    subprocess.run("docker restart " + name, shell=True)
    return "", 204

@app.post("/b")
def b():
    name = request.form["name"]
    if re.match(r"^[\w-]+$", name) is None:
        return "bad name", 400
    subprocess.run("docker restart " + name, shell=True)
    return "", 204

# --- input of the program, not of the shell
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.post("/render")
def render():
    result = subprocess.run("dot -Tsvg", shell=True, input=request.get_data(), capture_output=True)
    env = {"LANG": request.form["lang"]}
    subprocess.run("make report", shell=True, env=env)
    return result.stdout.decode(), 200, {"Content-Type": "image/svg+xml"}

# --- a whole command of the environment is the operator's; what is pasted into one is a slip
import os
import subprocess
import sys

def main():
    os.system("build " + sys.argv[1])  # ! low command-injection
    subprocess.run(os.environ["HOOK"], shell=True)

main()

# --- arguments of a program in a shell
import os
import subprocess
import sys


def main():
    os.system("ls " + sys.argv[1])  # ! low command-injection
    name = input("Name: ")
    subprocess.run(f"ping {name}", shell=True)  # ! low command-injection


# --- arguments of a program beside a command, or as all of it
import os
import subprocess
import sys


def main():
    subprocess.run(["ls", sys.argv[1]])
    subprocess.run(sys.argv[1:])
    os.system(sys.argv[1])
    open(sys.argv[1]).read()

# --- a call that is named a check and runs what it is given
import os
import subprocess
from flask import Flask, request

app = Flask(__name__)


@app.route("/a")
def run():
    host = request.args["host"]
    subprocess.check_call(["ping", host])
    os.system("traceroute " + host)  # ! critical command-injection
    return "ok"

# --- a value that begins with "-" is an option of the program
import asyncio
import subprocess
from fastapi import FastAPI

app = FastAPI()

@app.get("/unpack")
def unpack(name: str):
    subprocess.run(["tar", "-x", "-f", "all.tar", name], check=True)  # ! medium argument-injection

@app.get("/clone")
async def clone(address: str):
    await asyncio.create_subprocess_exec("git", "clone", address)  # ! medium argument-injection

# --- a folder of the caller, and a name that comes first
import os
import subprocess
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def probe():
    name = request.form["name"]
    subprocess.run(["ffprobe", os.path.join(request.form["folder"], "a.mp4")])  # ! medium argument-injection
    subprocess.run(["ffprobe", os.path.join("", name)])  # ! medium argument-injection
    subprocess.run(["ffprobe", name + "_empty." + name])  # ! medium argument-injection

# --- a name in a folder that the settings give, and what is added behind it
import os
import subprocess
from flask import Flask, request
from app import config

app = Flask(__name__)

def save(folder, file):
    path = os.path.join(folder, file.filename[-4:].lower() + ".tmp")
    return path

def without_sound(path):
    extension = path.split(".")[-1]
    target = path + "_empty." + extension
    subprocess.Popen(["ffmpeg", "-i", path, "-shortest", target])

@app.post("/a")
def upload():
    without_sound(save(config.TMP_DIR, request.files["file"]))
    subprocess.Popen(["ffmpeg", config.TMP_DIR + request.form["name"]])
    subprocess.run(["tar", "xf", request.form["name"]], check=True)

# --- behind "--", behind a name of ours, and of a program that knows no such options
import asyncio
import subprocess
from fastapi import FastAPI

app = FastAPI()

@app.get("/unpack")
def unpack(name: str):
    subprocess.run(["tar", "xf", "/srv/archives/" + name.replace("/", "").replace("..", "")], check=True)
    subprocess.run(["git", "checkout", "--", name], check=True)

@app.get("/clone")
async def clone(address: str):
    if address.startswith("-"):
        return
    await asyncio.create_subprocess_exec("git", "clone", address)

# --- an address is no option; its zone may say anything else
import ipaddress
import os
import subprocess
from flask import Flask, abort, request

app = Flask(__name__)

def scan(ip, mode):
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        return "no address", 400
    return subprocess.run(["nmap"] + mode + [ip], check=True, timeout=60)

@app.post("/scan")
def scan_one():
    data = request.get_json(silent=True) or {}
    return scan(data.get("scan"), ["-F"])

@app.post("/route")
def route():
    network = request.form["network"]
    ipaddress.IPv4Network(network)
    subprocess.run(["nmap", network], check=True)
    os.system("nmap " + network)

@app.post("/trace")
def trace():
    ip = request.form["ip"]
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        abort(400)
    os.system("traceroute " + ip)  # ! critical command-injection

@app.post("/unchecked")
def unchecked():
    ip = request.form["ip"]
    try:
        ipaddress.ip_address(ip)
    except ValueError:
        app.logger.info("no address")
    subprocess.run(["nmap", ip], check=True)  # ! medium argument-injection

# --- a dictionary that takes keys of the caller
import os
from flask import Flask, request

app = Flask(__name__)

@app.post("/pop")
def popped():
    options = {"command": "ls"}
    options.update(request.json)
    os.system(options.pop("command", "ls"))  # ! critical command-injection

@app.post("/get")
def got():
    options = {"command": "ls"}
    options.update(request.json)
    os.system(options.get("command"))  # ! critical command-injection

@app.post("/index")
def indexed():
    options = {"command": "ls"}
    options.update(request.json)
    os.system(options["command"])  # ! critical command-injection

def run(**options):
    os.system(options.pop("command"))  # ! critical command-injection

@app.post("/run")
def runs():
    run(**request.json)

# --- one that takes keys of its own
import os
from flask import Flask, request

app = Flask(__name__)

@app.post("/pop")
def popped():
    options = {"command": "ls"}
    options.update({"name": request.json["name"]})
    os.system(options.pop("command", "ls"))

@app.post("/get")
def got():
    options = {"command": "ls"}
    options.update(name=request.json["name"])
    os.system(options.get("command"))

@app.post("/index")
def indexed():
    options = {"command": "ls"}
    options.update(DEFAULTS)
    os.system(options["command"])

def run(**options):
    os.system(options.pop("command"))

@app.post("/run")
def runs():
    run(command="ls", name=request.json["name"])

# --- a pattern that finds only letters, of which each is harmless
import os
import re
from flask import Flask, request

app = Flask(__name__)

WORDS = re.compile(r"[a-z]+")

@app.post("/a")
def words():
    text = request.form["text"]
    os.system("ls " + re.findall("[a-z]+", text)[0])
    os.system("ls " + WORDS.findall(text)[0])
    os.system("ls " + re.search("[a-z]+", text).group())
    for word in re.findall("x=([0-9]+);", text):
        os.system("ls " + word)

# --- a pattern that finds all but blanks
import os
import re
from flask import Flask, request

app = Flask(__name__)

@app.post("/a")
def words():
    text = request.form["text"]
    os.system("ls " + re.findall(r"\S+", text)[0])  # ! critical command-injection
    os.system("ls " + re.search("x=(.*)", text).group(1))  # ! critical command-injection
    for word in re.findall("x=(.*);", text):
        os.system("ls " + word)  # ! critical command-injection

# --- a shell by the module that it comes from
import asyncio
from fastapi import FastAPI

app = FastAPI()

@app.get("/gzip")
async def pack(path: str):
    process = await asyncio.subprocess.create_subprocess_shell("gzip " + path)  # ! critical command-injection
    await process.wait()

@app.get("/list")
async def look(path: str):
    process = await asyncio.subprocess.create_subprocess_exec("ls", "--", path)
    await process.wait()
