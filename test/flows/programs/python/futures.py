# --- what a function gives that another thread runs
import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI

app = FastAPI()
db = sqlite3.connect("x.db")


def same(value):
    return value


def kind(value):
    return "a" if value == "a" else "b"


@app.get("/names")
def names(name: str):
    with ThreadPoolExecutor() as pool:
        found = pool.submit(same, name)
        db.execute(f"select * from a where b = '{found.result()}'")  # ! critical sql-injection
        db.execute(f"select * from a where b = '{pool.submit(kind, name).result()}'")


@app.get("/later")
async def later(name: str):
    found = await asyncio.to_thread(same, name)
    db.execute(f"select * from a where b = '{found}'")  # ! critical sql-injection
    other = await asyncio.to_thread(kind, name)
    db.execute(f"select * from a where b = '{other}'")
