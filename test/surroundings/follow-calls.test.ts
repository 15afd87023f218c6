import { expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const HANDLER = `package orders

import "net/http"

func List(w http.ResponseWriter, r *http.Request) {
	orders := NewOrders()
	if err := orders.ByOwner(r.FormValue("owner")); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}
`;

const TYPES = `package orders

import "database/sql"

type Orders struct{ db *sql.DB }

func NewOrders() *Orders { return &Orders{db: open()} }
`;

const store = (call: string): string => `package orders

func (o *Orders) ByOwner(owner string) error {
	rows, err := o.db.Query(${call})
	if err != nil {
		return err
	}
	defer rows.Close()
	return rows.Err()
}
`;

const PASTED = store('"SELECT id FROM orders WHERE owner = \'" + owner + "\'"');
const BOUND = store('"SELECT id FROM orders WHERE owner = $1", owner');

/** Files of the package, of which nothing is wanted, before the others by their names. */
const crowd = (count: number): Tree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `orders/a${at}.go`,
      `package orders\n\nfunc helper${at}() int { return ${at} }\n`,
    ]),
  );

it.each([
  ['a method of another file', {}, PASTED, ['critical sql-injection orders/list.go']],
  ['of a package of thirty files', crowd(30), PASTED, ['critical sql-injection orders/list.go']],
  ['that binds what it is given', {}, BOUND, []],
])('a handler of Go calls %s of its package', async (_, others, text, expected) => {
  const base: Tree = {
    ...others,
    'go.mod': 'module example.com/shop\n',
    'orders/types.go': TYPES,
    'orders/store.go': text,
  };
  const found = await reviewTrees(base, { 'orders/list.go': HANDLER });
  const said = found.filter(({ ruleId }) => ruleId === 'sql-injection');
  expect(said.map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`)).toEqual(expected);
});

const PYTHON = {
  'app/db/__init__.py': 'from .core import Store\n',
  'app/db/core.py': `import sqlite3

class Store:
    def __init__(self):
        self.conn = sqlite3.connect("shop.db")

    def by_name(self, name):
        return self.conn.execute("SELECT id FROM shop WHERE name = '" + name + "'").fetchall()
`,
  'app/services/__init__.py': '',
  'app/services/shops.py': `from app.db import Store

store = Store()

def find(name):
    return store.by_name(name)
`,
};

const GO = {
  'go.mod': 'module example.com/shop\n',
  'api/server.go': `package api

import "example.com/shop/service"

type Server struct{ orders *service.Orders }
`,
  'api/params.go': `package api

import "net/http"

type params struct{ owner string }

func parse(r *http.Request) params { return params{owner: r.URL.Query().Get("owner")} }
`,
  'service/orders.go': `package service

import "context"

type Repository interface {
	ByOwner(ctx context.Context, owner string) error
}

type Orders struct{ repo Repository }

func (o *Orders) List(ctx context.Context, owner string) error { return o.repo.ByOwner(ctx, owner) }
`,
  'store/store.go': `package store

import "database/sql"

type Store struct{ db *sql.DB }
`,
  'store/orders.go': `package store

import "context"

func (s *Store) ByOwner(ctx context.Context, owner string) error {
	rows, err := s.db.QueryContext(ctx, "SELECT id FROM orders WHERE owner = '"+owner+"'")
	if err != nil {
		return err
	}
	defer rows.Close()
	return rows.Err()
}
`,
};

const GO_MODEL = {
  'go.mod': 'module example.com/shop\n',
  'models/user.go': `package models

import "database/sql"

var db *sql.DB

type User struct{ Name string }

func (u *User) Delete() error {
	_, err := db.Exec("DELETE FROM users WHERE name = '" + u.Name + "'")
	return err
}
`,
};

it.each([
  [
    'a parameter that goes on to a third file, behind a package that hands on what its modules hold',
    PYTHON,
    'app/views.py',
    `from flask import Blueprint, request
from app.services import shops

bp = Blueprint("shops", __name__)

@bp.route("/shops")
def list_shops():
    return str(shops.find(request.args["name"]))
`,
  ],
  [
    'a field whose type another file declares, and an interface that a package implements which nobody here imports',
    GO,
    'api/orders.go',
    `package api

import "net/http"

func (s *Server) listOrders(w http.ResponseWriter, r *http.Request) {
	q := parse(r)
	if err := s.orders.List(r.Context(), q.owner); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}
`,
  ],
  [
    'a method of a struct of another package that a decoder has filled',
    GO_MODEL,
    'api/users.go',
    `package api

import (
	"encoding/json"
	"net/http"

	"example.com/shop/models"
)

func remove(w http.ResponseWriter, r *http.Request) {
	var user models.User
	if err := json.NewDecoder(r.Body).Decode(&user); err != nil {
		http.Error(w, "bad", http.StatusBadRequest)
		return
	}
	if err := user.Delete(); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}
`,
  ],
])('follows %s', async (_, base, path, text) => {
  const found = await reviewTrees(base, { [path]: text });
  expect(found.map(({ severity, ruleId }) => `${severity} ${ruleId}`)).toContain('critical sql-injection');
});

const NAMESAKE = {
  'go.mod': 'module example.com/shop\n',
  'api/server.go': `package api

type Store interface {
	Get(id string) ([]byte, error)
}

type Server struct{ store Store }
`,
};

const query = (signature: string, result: string): string => `package report

type Query struct{ db *sql.DB }

func (q *Query) Get${signature} {
	rows, err := q.db.Query("SELECT id FROM orders WHERE " + where)
	return ${result}
}
`;

it.each([
  ['takes and gives the same', '(where string) (b []byte, err error)', 'read(rows), err', true],
  ['takes more', '(where string, args ...any) ([]byte, error)', 'read(rows), err', false],
  ['gives something else', '(where string) (*sql.Rows, error)', 'rows, err', false],
])('of a method that is called as one of an interface and %s', async (_, signature, result, isFollowed) => {
  const handler = `package api

import "net/http"

func (s *Server) show(w http.ResponseWriter, r *http.Request) {
	b, err := s.store.Get(r.FormValue("id"))
	if err != nil {
		http.Error(w, "none", http.StatusNotFound)
		return
	}
	w.Write(b)
}
`;
  const base = {
    ...NAMESAKE,
    'report/query.go': query(signature, result).replace('\ntype', '\nimport "database/sql"\n\ntype'),
  };
  const found = await reviewTrees(base, { 'api/show.go': handler });
  expect(found.some(({ ruleId }) => ruleId === 'sql-injection')).toBe(isFollowed);
});

it('of a package, what begins in each file is told of that one, though they are run once', async () => {
  const handler = (name: string): string => HANDLER.replaceAll('List', name);
  const base = { 'go.mod': 'module example.com/shop\n', 'orders/store.go': PASTED, 'orders/types.go': TYPES };
  const found = await reviewTrees(base, { 'orders/find.go': handler('Find'), 'orders/list.go': handler('List') });
  const said = found.filter(({ ruleId }) => ruleId === 'sql-injection');
  expect(said.map(({ path, startLine, severity }) => `${path}:${startLine} ${severity}`)).toEqual([
    'orders/find.go:7 critical',
    'orders/list.go:7 critical',
  ]);
});

const SCHEMAS = {
  'schemas/__init__.py': 'from .search import *\nfrom . import bases as _bases\n',
  'schemas/bases.py': `from enum import Enum as _Enum
from pydantic import BaseModel as _BaseModel

class BaseModel(_BaseModel):
    pass

class Enum(_Enum):
    pass
`,
  'schemas/search.py': `from typing import Literal, Optional
from .bases import BaseModel, Enum

class Direction(str, Enum):
    ASC = "ASC"
    DESC = "DESC"

class Search(BaseModel):
    order: Direction = Direction.DESC
    way: Literal["asc", "desc"] = "asc"
    name: Optional[str] = None
`,
  'core.py': `import sqlite3

conn = sqlite3.connect("shop.db")

def by(order):
    return conn.execute(f"SELECT id FROM shop ORDER BY made_at {order}").fetchall()
`,
};

it.each([
  ['an enum', 'order', false],
  ['one of two words', 'way', false],
  ['any text', 'name', true],
])('of a schema that a package has from its module by `import *`, a field is %s', async (_, field, isTold) => {
  const view = `import schemas
import core
from fastapi import Body, FastAPI

app = FastAPI()

@app.post("/shops")
def search(data: schemas.Search = Body(...)):
    return core.by(data.${field})
`;
  const found = await reviewTrees(SCHEMAS, { 'main.py': view });
  expect(found.some(({ ruleId }) => ruleId === 'sql-injection')).toBe(isTold);
});

it.each([
  ['the class of a class says what it gives', "return '<b>' + self.title.data + '</b>'", 1],
  ['of a constant', "return '<b>extra</b>'", 0],
])('a form whose base stands in another file: %s', async (_, says, count) => {
  const base: Tree = {
    'shop/__init__.py': '',
    'shop/forms.py': `from flask_wtf import FlaskForm\nfrom wtforms import StringField\n\nclass BaseForm(FlaskForm):\n    title = StringField("title")\n\n    def extra(self):\n        ${says}\n`,
    'shop/tags.py': 'from shop.forms import BaseForm\n\nclass TagForm(BaseForm):\n    pass\n',
  };
  const handler =
    "from flask import Flask, request\nfrom jinja2 import Environment\nfrom shop.tags import TagForm\napp = Flask(__name__)\n\n@app.post('/tags')\ndef edit():\n    form = TagForm(request.form)\n    return Environment(autoescape=True).from_string('<p>' + form.extra()).render()\n";
  const found = await reviewTrees(base, { 'shop/views.py': handler });
  expect(found.filter(({ ruleId }) => ruleId === 'template-injection')).toHaveLength(count);
});
