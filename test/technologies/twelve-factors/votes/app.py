import json

from flask import Flask, request

app = Flask(__name__)
PATH = "/srv/state/votes.json"


@app.post("/votes")
def vote():
    with open(PATH) as file:
        votes = json.load(file)
    option = request.form["option"]
    votes[option] = votes.get(option, 0) + 1
    with open(PATH, "w") as file: # ! medium file-lost-update
        json.dump(votes, file)
    return {"ok": True}


def main():
    app.run(host="0.0.0.0", port=8000) # ! low listens-to-all
