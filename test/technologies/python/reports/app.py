import hashlib
import pickle
import subprocess
import tempfile

from flask import Flask, abort, request, send_file

app = Flask(__name__)
FORMATS = {"pdf": "--pdf", "html": "--html"}


@app.post("/reports/render")
def render_report():
    template = request.form["template"]
    target = tempfile.mktemp(suffix=".pdf")  # ! medium insecure-temporary-file
    subprocess.run(f"render {template} -o {target}", shell=True, check=True, timeout=60)  # ! critical command-injection
    return send_file(target)


@app.post("/reports/convert")
def convert_report():
    option = FORMATS.get(request.form["format"])
    if option is None:
        abort(400)
    with tempfile.NamedTemporaryFile(suffix=".out") as target:
        subprocess.run(["convert-report", option, target.name], check=True, timeout=60)
        return target.read()


@app.post("/reports/resume")
def resume_report():
    state = pickle.loads(request.get_data())  # ! critical unsafe-deserialization
    return {"page": state["page"]}


def cache_name(template: str) -> str:
    return hashlib.sha1(template.encode(), usedforsecurity=False).hexdigest()
