# --- Flask: open with a joined path
import os
from flask import Flask, request, send_file

app = Flask(__name__)
UPLOADS = "/srv/uploads"

@app.get("/download")
def download():
    path = os.path.join(UPLOADS, request.args["file"])
    return send_file(path)  # ! high path-traversal

# --- pathlib: the slash joins
from pathlib import Path
from flask import Flask, request

app = Flask(__name__)
BASE = Path("/srv/notes")

@app.get("/notes")
def note():
    target = BASE / "shared" / request.args["name"]
    return {"text": target.read_text()}  # ! high path-traversal

@app.delete("/notes")
def remove():
    (BASE / request.args["name"]).with_suffix(".md").unlink()  # ! high path-traversal
    return "", 204

# --- Django: a file response of a part of the path
import os
from django.conf import settings
from django.http import FileResponse
from django.views.generic import View

class Media(View):
    def get(self, request, filename):
        return FileResponse(open(os.path.join(settings.MEDIA_ROOT, filename), "rb"))  # ! high path-traversal

# --- FastAPI: a file name of an upload
import shutil
from fastapi import FastAPI, UploadFile

app = FastAPI()

@app.post("/upload")
async def upload(file: UploadFile):
    with open(f"/srv/uploads/{file.filename}", "wb") as target:  # ! high path-traversal
        shutil.copyfileobj(file.file, target)
    return {"ok": True}

# --- Flask: save of an upload
import os
from flask import Flask, request

app = Flask(__name__)

@app.post("/avatar")
def avatar():
    image = request.files["avatar"]
    image.save(os.path.join(app.config["UPLOAD_FOLDER"], image.filename))  # ! high path-traversal
    return "", 204

# --- a class of storage in another file
# file: storage.py
import os

class Storage:
    def __init__(self, root):
        self.root = root

    def _path(self, key):
        return os.path.join(self.root, key)

    def delete(self, key):
        os.remove(self._path(key))  # ! high path-traversal
# file: views.py
from aiohttp import web
from storage import Storage

storage = Storage("/srv/data")

async def remove(request: web.Request):
    storage.delete(request.match_info["key"])
    return web.Response(status=204)

# --- an archive's own names
import os
import tarfile
import zipfile

def unpack(archive, target):
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            with open(os.path.join(target, member.name), "wb") as out:  # ! medium path-traversal
                out.write(tar.extractfile(member).read())

def unzip(archive, target):
    with zipfile.ZipFile(archive) as z:
        for name in z.namelist():
            path = os.path.join(target, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)  # ! medium path-traversal

# --- an uploaded archive
import tarfile
from flask import Flask, request

app = Flask(__name__)

@app.post("/import")
def import_archive():
    tar = tarfile.open(fileobj=request.files["archive"].stream)
    tar.extractall("/srv/import")  # ! high path-traversal
    return "", 204

# --- a prefix is asked for before the path is resolved, and quoting is no help
import os
import shlex
from flask import Flask, request

app = Flask(__name__)

@app.get("/log")
def log():
    name = shlex.quote(request.args["name"])
    return {"lines": open("/var/log/app/" + name).readlines()}  # ! high path-traversal

# --- Sanic and Bottle
import os
from sanic import Sanic
from sanic.response import file, json

app = Sanic("files")

@app.get("/raw/<name:path>")
async def raw(request, name):
    return await file(os.path.join("/srv/raw", name))  # ! high path-traversal

@app.get("/size/<number:int>")
async def size(request, number):
    return json({"size": len(open(f"/srv/raw/{number}").read())})

# --- the last part only
import os
from pathlib import Path
from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)

@app.post("/upload")
def upload():
    f = request.files["file"]
    f.save(os.path.join("/srv/uploads", secure_filename(f.filename)))
    name = os.path.basename(request.form["name"])
    open(os.path.join("/srv/uploads", name)).close()
    Path("/srv", Path(request.form["x"]).name).read_bytes()
    return "", 204

# --- resolved and compared
import os
from pathlib import Path
from flask import Flask, abort, request

app = Flask(__name__)
BASE = Path("/srv/notes").resolve()

@app.get("/a")
def a():
    target = (BASE / request.args["name"]).resolve()
    if not target.is_relative_to(BASE):
        abort(404)
    return {"text": target.read_text()}

@app.get("/b")
def b():
    path = os.path.realpath(os.path.join("/srv/notes", request.args["name"]))
    if not path.startswith("/srv/notes/"):
        return {"error": "not found"}, 404
    with open(path) as f:
        return {"text": f.read()}

@app.get("/c")
def c():
    path = (BASE / request.args["name"]).resolve()
    try:
        path.relative_to(BASE)
    except ValueError:
        abort(404)
    return {"text": path.read_text()}

@app.get("/d")
def d():
    base = os.path.abspath("/srv/notes")
    path = os.path.abspath(os.path.join(base, request.args["name"]))
    if os.path.commonpath([base, path]) != base:
        abort(404)
    return {"text": open(path).read()}

# --- a fixed list, numbers, hashes
import hashlib
import json
from flask import Flask, abort, request

app = Flask(__name__)
TEMPLATES = {"invoice": "invoice.html", "letter": "letter.html"}

@app.get("/a")
def a():
    return {"t": open("/srv/t/" + TEMPLATES[request.args["t"]]).read()}

@app.get("/b/<int:year>")
def b(year):
    return json.load(open(f"/srv/reports/{year}.json"))

@app.get("/c")
def c():
    key = hashlib.sha256(request.args["url"].encode()).hexdigest()
    return {"cached": open(f"/srv/cache/{key}").read()}

@app.get("/d")
def d():
    lang = request.args["lang"]
    if lang not in {"en", "de"}:
        abort(404)
    return json.load(open("/srv/i18n/" + lang + ".json"))

# --- frameworks that keep it in the folder
from flask import Flask, request, send_from_directory
from werkzeug.utils import safe_join

app = Flask(__name__)

@app.get("/media/<path:name>")
def media(name):
    return send_from_directory("/srv/media", name)

@app.get("/other")
def other():
    path = safe_join("/srv/media", request.args["p"])
    return {"text": open(path).read()}

# --- the content, not the name
import json
from pathlib import Path
from fastapi import FastAPI, UploadFile
from uuid import uuid4

app = FastAPI()

@app.post("/upload")
async def upload(file: UploadFile):
    path = Path("/srv/uploads") / f"{uuid4()}.bin"
    path.write_bytes(await file.read())
    with open("/srv/index.json", "w") as index:
        json.dump({"name": file.filename}, index)
    return {"ok": True}

# --- names that the program chose
import os
import sys
from pathlib import Path

def main():
    for name in os.listdir("/srv"):
        open(os.path.join("/srv", name)).read()
    open(sys.argv[1])
    Path(os.environ["HOME"], "x").read_text()

# --- an archive with the filter of the language
import tarfile
import zipfile
from flask import Flask, request

app = Flask(__name__)

@app.post("/import")
def import_archive():
    with tarfile.open(fileobj=request.files["archive"].stream) as tar:
        tar.extractall("/srv/import", filter="data")
    zipfile.ZipFile(request.files["zip"]).extractall("/srv/import")
    return "", 204

# --- an object that is a dict as well: its attributes are not what was put into it
import os
from flask import Flask, request

app = Flask(__name__)

class Watch(dict):
    def __init__(self, folder):
        self.folder = folder

    def history(self):
        return open(os.path.join(self.folder, "history.txt")).read()

@app.post("/preview")
def preview():
    watch = Watch("/srv/watch")
    watch.update(request.form)
    return {"history": watch.history()}

# --- a function that administrators' handlers alone call
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/admin/files")
@admin_required
def files():
    return browse()


def browse():
    return os.listdir(request.args.get("path"))  # ! low path-traversal


# --- a function that another handler calls as well
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/admin/files")
@admin_required
def files():
    return browse()


@app.route("/files")
def own_files():
    return browse()


def browse():
    return os.listdir(request.args.get("path"))  # ! high path-traversal

# --- a key of what the program keeps
import shutil

from flask import Flask, request

app = Flask(__name__)


@app.post("/delete")
def remove():
    for uuid in request.form.getlist("uuids"):
        if store.data["watching"].get(uuid):
            shutil.rmtree(store.folder + "/" + uuid)
    return {}


# --- what another service answers says nothing of a key
import shutil

from flask import Flask, request

app = Flask(__name__)


@app.post("/delete")
def remove():
    for uuid in request.form.getlist("uuids"):
        if self_client.get(uuid):
            shutil.rmtree(store.folder + "/" + uuid)  # ! high path-traversal
    return {}

# --- zipfile says where it has written an entry
import os
import zipfile


def read(path, folder):
    with zipfile.ZipFile(path) as archive:
        first = archive.namelist()[0]
        with open(archive.extract(first, path=folder)) as file:
            return file.read()


# --- the name of an entry is not where it was written
import os
import zipfile


def read(path, folder):
    with zipfile.ZipFile(path) as archive:
        first = archive.namelist()[0]
        archive.extract(first, path=folder)
        with open(os.path.join(folder, first)) as file:  # ! medium path-traversal
            return file.read()

# --- right: the common folder of base and path is the base
import os
from flask import Flask, request

app = Flask(__name__)
BASE = os.path.realpath("/srv/files")

def is_inside(root, candidate):
    try:
        return os.path.commonpath([root, candidate]) == root
    except ValueError:
        return False

@app.get("/file")
def show():
    path = os.path.realpath(os.path.join(BASE, request.args["name"]))
    if os.path.commonpath((path, BASE)) != BASE:
        raise ValueError("outside")
    with open(path) as file:
        return {"text": file.read()}

@app.get("/other")
def other():
    path = os.path.realpath(os.path.join(BASE, request.args["name"]))
    if not is_inside(BASE, path):
        raise ValueError("outside")
    with open(path) as file:
        return {"text": file.read()}

# --- a common folder of texts as they came: `..` is still in it
import os
from flask import Flask, request

app = Flask(__name__)
BASE = "/srv/files"

@app.get("/file")
def show():
    path = os.path.join(BASE, request.args["name"])
    if os.path.commonpath([BASE, path]) != BASE:
        raise ValueError("outside")
    with open(path) as file:  # ! high path-traversal
        return {"text": file.read()}

# --- files that are opened without blocking, and names of temporary files
import tempfile
import aiofiles
import boto3
from anyio import Path
from fastapi import FastAPI, Request, UploadFile

app = FastAPI()

@app.post("/files")
async def keep(file: UploadFile):
    async with aiofiles.open(f"/srv/files/{file.filename}", "wb") as out:  # ! high path-traversal
        await out.write(await file.read())

@app.get("/files")
async def show(request: Request):
    return await Path("/srv/files").joinpath(request.query_params["name"]).read_text()  # ! high path-traversal

@app.post("/copy")
def copy(request: Request):
    name = request.query_params["name"]
    boto3.client("s3").download_file("files", name, "/srv/files/" + name)  # ! high path-traversal

@app.post("/new")
def new(request: Request):
    return tempfile.mkdtemp(prefix=request.query_params["name"])  # ! high path-traversal

# --- names that are made here
import os
import tempfile
import uuid
import aiofiles
import boto3
from fastapi import FastAPI, Request, UploadFile

app = FastAPI()

@app.post("/files")
async def keep(file: UploadFile):
    async with aiofiles.open(f"/srv/files/{uuid.uuid4()}", "wb") as out:
        await out.write(await file.read())

@app.post("/copy")
def copy(request: Request):
    name = request.query_params["name"]
    boto3.client("s3").download_file("files", name, os.path.join("/srv/files", os.path.basename(name)))

@app.post("/new")
def new(request: Request):
    return tempfile.mkdtemp(prefix="upload-")

# --- a file that is fetched from another machine
import paramiko
from flask import Flask, request

app = Flask(__name__)

@app.post("/fetch")
def fetch():
    sftp = paramiko.SFTPClient.from_transport(paramiko.Transport(("files", 22)))
    sftp.get("/srv/file", "/srv/files/" + request.args["name"])  # ! high path-traversal
    return ""

# --- a name of the other machine
import paramiko
from flask import Flask, request

app = Flask(__name__)

@app.post("/fetch")
def fetch():
    sftp = paramiko.SFTPClient.from_transport(paramiko.Transport(("files", 22)))
    sftp.get("/srv/files/" + request.args["name"], "/srv/files/new")
    return ""

# --- right: a check that no name tells, asked by a function that throws
import os
from flask import Flask, request

app = Flask(__name__)
ROOT = os.path.realpath("/srv/files")

def lies_under(root, candidate):
    try:
        return os.path.commonpath([root, candidate]) == root
    except ValueError:
        return False

def below(root, *parts):
    candidate = os.path.realpath(os.path.join(root, *parts))
    if not lies_under(root, candidate):
        raise ValueError("outside")
    return candidate

def begins(root, candidate):
    if candidate.startswith(root + os.sep):
        return True
    return False

@app.get("/file")
def show():
    with open(below(ROOT, request.args["name"])) as file:
        return {"text": file.read()}

@app.get("/other")
def other():
    path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
    if not begins(ROOT, path):
        raise ValueError("outside")
    with open(path) as file:
        return {"text": file.read()}

# --- a check that lets through what it cannot compare
import os
from flask import Flask, request

app = Flask(__name__)
ROOT = os.path.realpath("/srv/files")

def lies_under(root, candidate):
    try:
        return os.path.commonpath([root, candidate]) == root
    except ValueError:
        return True

@app.get("/file")
def show():
    path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
    if not lies_under(ROOT, path):
        raise ValueError("outside")
    with open(path) as file:  # ! high path-traversal
        return {"text": file.read()}

# --- an archive whose filter lets all through
import tarfile
from django.http import JsonResponse

def unpack(request):
    with tarfile.open(fileobj=request.FILES["archive"]) as archive:
        archive.extractall("/srv/site", filter="fully_trusted")  # ! high path-traversal
    return JsonResponse({})

# --- right: filters that refuse
import tarfile
from django.http import JsonResponse

def unpack(request):
    with tarfile.open(fileobj=request.FILES["archive"]) as archive:
        archive.extractall("/srv/site", filter="data")
        archive.extractall("/srv/site", filter=tarfile.tar_filter)
    return JsonResponse({})

# --- a member without a filter, and a name that its pattern does not bind
import os, re, tarfile
def load(path):
    with tarfile.open(path) as tar:
        for member in tar.getmembers():
            tar.extract(member, path="/srv/import")  # ! medium path-traversal
            found = re.search(r"^(repository-.+)/version", member.name)
            if found:
                open(os.path.join("/srv/import", found.group(1)))  # ! medium path-traversal

# --- right: a filter, and a name that its pattern binds
import os, re, tarfile
def load(path, repository):
    repo_name = settings.NAME
    with tarfile.open(path) as tar:
        for member in tar.getmembers():
            tar.extract(member, path="/srv/import", filter="data")
            found = re.search(r"^(repository-[0-9]+)/.+", member.name)
            if found:
                open(os.path.join("/srv/import", found.group(1)))
            named = re.search(rf"(^repository-{repo_name}_[0-9]+)/.+", member.name)
            if named:
                open(os.path.join("/srv/import", named.group(1)))

# --- parts of the address that hold no slash, also behind decorators with functions of their own
import os
from flask import Flask, request, Response
from caching import conditional
app = Flask(__name__)

@app.route("/i18n/<string:locale>/<string:domain>.js")
@conditional(lambda: fresh(request.view_args["locale"]))
def locale_js(locale, domain):
    with open(os.path.join("/srv/i18n", locale, "LC_MESSAGES", f"{domain}.po")) as f:  # ! low path-traversal
        return Response(f.read())

# --- right: Django keeps the last part of an uploaded name, whichever way the file is taken out
import os
import tempfile
from django.http import HttpResponse

def load(request):
    files = request.FILES.pop("archive", [])
    path = os.path.join(tempfile.gettempdir(), files[0].name)
    with open(path, "wb") as out:
        out.write(files[0].read())
    for one in request.FILES.getlist("more"):
        with open(os.path.join("/srv/more", one.name), "wb") as out:
            out.write(one.read())
    return HttpResponse(status=204)

# --- right: the name is none of a dictionary's
from flask import Flask
app = Flask(__name__)

def read(options):
    path = options.pop("path", "/srv/orders.csv")
    with open(path) as one:
        return one.read()

@app.get("/orders/<name>")
def orders(name):
    return read({"name": name})

# --- the name is one of a dictionary's
from flask import Flask
app = Flask(__name__)

def read(options):
    path = options.pop("path", "/srv/orders.csv")
    with open(path) as one:  # ! high path-traversal
        return one.read()

@app.get("/orders/<path:name>")
def orders(name):
    return read({"path": name})

# --- a task in the background is given the path
from fastapi import BackgroundTasks, FastAPI

app = FastAPI()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


@app.post("/notes/{name:path}")
async def note(name: str, tasks: BackgroundTasks):
    tasks.add_task(write, f"/srv/notes/{name}", "")  # ! high path-traversal
    return {"ok": True}


# --- a thread is given it
import os
import threading

from flask import Flask, request

app = Flask(__name__)


def drop(path):
    os.remove(path)  # ! high path-traversal


@app.delete("/notes")
def note():
    threading.Thread(target=drop, args=(os.path.join("/srv/notes", request.args["name"]),)).start()
    return ""


# --- a task in the background is given a name of our own
from uuid import uuid4

from fastapi import BackgroundTasks, FastAPI

app = FastAPI()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


@app.post("/notes/{name:path}")
async def note(name: str, tasks: BackgroundTasks):
    tasks.add_task(write, f"/srv/notes/{uuid4()}", name)
    return {"ok": True}

# --- the text of a path that was resolved begins with a folder of ours
import os
import pathlib
from flask import Flask, request, abort

app = Flask(__name__)
BASE = pathlib.Path("/srv/files").resolve()


@app.get("/file")
def file():
    p = (BASE / request.args.get("name", "")).resolve()
    if not str(p).startswith(str(BASE) + os.sep):
        abort(403)
    return p.read_text()

# --- the text of a path that was only put together begins with a folder of ours
import pathlib
from flask import Flask, request, abort

app = Flask(__name__)
BASE = pathlib.Path("/srv/files").resolve()


@app.get("/file")
def file():
    p = BASE / request.args.get("name", "")
    if not str(p).startswith(f"{BASE}/"):
        abort(403)
    return p.read_text()  # ! high path-traversal

# --- a name without a slash and two dots
import os
from flask import Flask, request

app = Flask(__name__)


@app.get("/file")
def file():
    name = request.args.get("name", "")
    if "/" in name or ".." in name:
        return "no", 400
    with open(os.path.join("/srv/files", name)) as found:
        return found.read(), 200, {"Content-Type": "text/plain"}


# --- each of the files that were sent keeps its name
import os
from flask import Flask, request

app = Flask(__name__)


@app.post("/upload")
def upload():
    for up in request.files.getlist("files"):
        up.save(os.path.join("/srv", up.filename))  # ! high path-traversal
    return "ok"

# --- each of the files that were sent gets a name of ours
import os
from uuid import uuid4
from flask import Flask, request

app = Flask(__name__)


@app.post("/upload")
def upload():
    for up in request.files.getlist("files"):
        up.save(os.path.join("/srv", uuid4().hex))
    return "ok"
