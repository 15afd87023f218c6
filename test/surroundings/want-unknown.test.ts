import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { SourceFile } from '../../src/change/source-file.ts';
import { followImports } from '../../src/surroundings/follow-imports.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));
const KINDS = { ts: 'typescript', js: 'javascript', py: 'python', go: 'go' } as const;

/** Rules of what is said of the first file, with the others beside it where they are asked for. */
async function look(files: Record<string, string>): Promise<string[]> {
  const sources = Object.entries(files).map(
    ([path, text]): SourceFile => ({
      path,
      text,
      kind: KINDS[path.slice(path.lastIndexOf('.') + 1) as keyof typeof KINDS],
      hunks: null,
    }),
  );
  const analysis = {
    analyse: (some: readonly SourceFile[]) => Promise.all(some.map((one) => analyseFile(analysers, one))),
    compare: () => Promise.resolve([]),
    outline: () => Promise.resolve([]),
  };
  const alone = await analysis.analyse(sources);
  const [first] = await followImports(alone, sources, analysis, { repository: null, whole: true });
  return (first?.outcomes ?? []).flatMap(({ outcome }) =>
    outcome.status === 'analysed' ? outcome.findings.map(({ ruleId }) => ruleId) : ['failed'],
  );
}

const DELETE = (text: string): string =>
  `package store\n\nimport (\n\t"context"\n\t"database/sql"\n)\n\nfunc Remove(ctx context.Context, db *sql.DB, id int) error {\n\t_, err := db.ExecContext(ctx, ${text}, id)\n\treturn err\n}\n`;
const RUN = (text: string): string =>
  `import { execSync } from 'node:child_process';\nimport { FLAGS, given } from './flags';\nexport const run = () => execSync(\`make \${${text}}\`);\n`;
const FLAGS =
  "import { readFileSync } from 'node:fs';\nexport const FLAGS = '-j 4';\nexport const given = readFileSync('flags', 'utf8');\n";

const COPY =
  'package store\n\nimport "context"\n\nfunc (s *Store) Copy(ctx context.Context) error {\n\ttx, err := s.db.BeginTx(ctx, nil)\n\tif err != nil {\n\t\treturn err\n\t}\n\tif _, err := tx.Exec("update notes set seen = true"); err != nil {\n\t\treturn err\n\t}\n\treturn tx.Commit()\n}\n';

it.each([
  [
    'a receiver that another file of the package declares',
    {
      'store/copy.go': COPY,
      'store/store.go': 'package store\n\nimport "database/sql"\n\ntype Store struct {\n\tdb *sql.DB\n}\n',
    },
    ['response-not-closed'],
  ],
  [
    'a receiver that has something else of that name',
    {
      'store/copy.go': COPY,
      'store/store.go': 'package store\n\nimport "example.com/own"\n\ntype Store struct {\n\tdb *own.DB\n}\n',
    },
    [],
  ],
  [
    'a constant of another file of the package',
    {
      'store/remove.go': DELETE('"DELETE FROM " + tableOfNotes + " WHERE id = $1"'),
      'store/names.go': 'package store\n\nconst tableOfNotes = "note"\n',
    },
    [],
  ],
  [
    'a helper of another file of the package, at the root as well',
    {
      'remove.go': DELETE('"DELETE FROM note WHERE id = " + placeholder(1)'),
      'helper.go': 'package store\n\nimport "fmt"\n\nfunc placeholder(n int) string { return "$" + fmt.Sprint(n) }\n',
    },
    [],
  ],
  [
    'what another file of the package reads',
    {
      'store/remove.go': DELETE('"DELETE FROM note WHERE " + condition()'),
      'store/helper.go':
        'package store\n\nimport "os"\n\nfunc condition() string { b, _ := os.ReadFile("/etc/c"); return string(b) }\n',
    },
    ['sql-from-text'],
  ],
  ['a constant of an imported file', { 'a.ts': RUN('FLAGS'), 'flags.ts': FLAGS }, []],
  ['what an imported file reads', { 'a.ts': RUN('given'), 'flags.ts': FLAGS }, ['shell-from-text']],
])('what is not known is looked for where it is: %s', async (_, files, rules) => {
  expect(await look(files)).toEqual(rules);
});

const HANDLER = (imported: string, call: string): string =>
  `${imported}\nexports.show = async (req, res) => {\n  res.json(await ${call});\n};\n`;
const QUERY =
  'const { Pool } = require("pg");\nconst pool = new Pool();\nconst find = (id) => pool.query(`select * from orders where id = ${id}`);\n';
const SQL = ['sql-injection'];

it.each([
  [
    'a method that texts and clients have as well',
    {
      'a.js': HANDLER("const orders = require('./orders');", 'orders.find(req.query.id)'),
      'orders.js': `${QUERY}module.exports = { find };\n`,
    },
    SQL,
  ],
  [
    'a module that is a function',
    {
      'a.js': HANDLER("const find = require('./orders');", 'find(req.query.id)'),
      'orders.js': `${QUERY}module.exports = find;\n`,
    },
    SQL,
  ],
  [
    'a module that is a class',
    {
      'a.js': HANDLER("const Orders = require('./orders');\nconst orders = new Orders();", 'orders.find(req.query.id)'),
      'orders.js': `${QUERY}class Orders {\n  find(id) {\n    return find(id);\n  }\n}\nmodule.exports = Orders;\n`,
    },
    SQL,
  ],
  [
    'a module that is required where it is called',
    {
      'a.js': HANDLER('', "require('./orders').find(req.query.id)"),
      'orders.js': `${QUERY}module.exports = { find };\n`,
    },
    SQL,
  ],
  [
    'a file that hands on names of others',
    {
      'a.js': HANDLER("import { find } from './data';", 'find(req.query.id)'),
      'data/index.js': "export { default as find } from './orders';\nexport * from './users';\n",
      'data/orders.js': `import { Pool } from 'pg';\n${QUERY.slice(QUERY.indexOf('const pool'))}export default find;\n`,
    },
    SQL,
  ],
  [
    'an index that requires its folder',
    {
      'a.js': HANDLER("const data = require('./data');", 'data.orders.find(req.query.id)'),
      'data/index.js': "module.exports = { orders: require('./orders') };\n",
      'data/orders.js': `${QUERY}module.exports = { find };\n`,
    },
    SQL,
  ],
  [
    'a method that binds its values',
    {
      'a.js': HANDLER("const orders = require('./orders');", 'orders.find(req.query.id)'),
      'orders.js': `${QUERY.replace('`select * from orders where id = ${id}`', "'select * from orders where id = $1', [id]")}module.exports = { find };\n`,
    },
    [],
  ],
  [
    'a function that no request reaches',
    {
      'a.js': HANDLER("const orders = require('./orders');", "orders.find('1')"),
      'orders.js': `${QUERY}module.exports = { find };\n`,
    },
    [],
  ],
])('what a request is handed to is followed into the other file: %s', async (_, files, rules) => {
  expect(await look(files)).toEqual(rules);
});

const VIEW = (imported: string, call: string): string =>
  `from flask import Flask, request\nfrom app.db import cursor\n${imported}\napi = Flask(__name__)\n\n\n@api.get("/parcels")\ndef parcels():\n    name = ${call}(request.args["name"])\n    cursor().execute(f"SELECT id FROM parcels WHERE name = '{name}'")\n    return ""\n`;
const TEXTS = 'def same(text):\n    return text\n\n\ndef fixed(text):\n    return "parcel"\n';
const DATABASE = 'import sqlite3\n\n\ndef cursor():\n    return sqlite3.connect("parcels.db").cursor()\n';

// The package says nothing of the modules in its folder.
it.each([
  ['from app import texts', 'texts.same', SQL],
  ['from app import texts as t', 't.same', SQL],
  ['from . import texts', 'texts.same', SQL],
  ['import app.texts', 'app.texts.same', SQL],
  ['from app.texts import same', 'same', SQL],
  ['from app import texts', 'texts.fixed', []],
  ['from . import texts', 'texts.fixed', []],
])('a module of a package of Python is one of its files: %s, %s', async (imported, call, rules) => {
  const package_ = { 'app/__init__.py': '', 'app/texts.py': TEXTS, 'app/db.py': DATABASE };
  expect(await look({ 'app/views.py': VIEW(imported, call), ...package_ })).toEqual(rules);
});

it('a type of a module of a package is known by its file', async () => {
  const files = {
    'app/views.py':
      'from fastapi import FastAPI\nfrom app import models\nfrom app.db import cursor\napp = FastAPI()\n\n\n@app.post("/parcels")\ndef parcels(body: models.Parcel):\n    cursor().execute(f"SELECT id FROM parcels WHERE size = {body.size} AND name = \'{body.name}\'")\n',
    'app/__init__.py': '',
    'app/models.py': 'from pydantic import BaseModel\n\n\nclass Parcel(BaseModel):\n    name: int\n    size: int\n',
    'app/db.py': DATABASE,
  };
  expect(await look(files)).toEqual([]);
  files['app/models.py'] = files['app/models.py'].replace('name: int', 'name: str');
  expect(await look(files)).toEqual(SQL);
});
