import { describe, expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';

const data = flowData();
const handler = {
  path: 'src/files.js',
  text: `const express = require('express');
const store = require('./store');
const app = express();
app.get('/file', (req, res) => {
  res.json(store.read(req.query.name));
});
`,
};
const store = {
  path: 'src/store.js',
  text: "const fs = require('fs');\nconst token = 'canary';\nexports.read = (name) => fs.readFileSync('/data/' + name, token);\n",
};

it('stands in the file under review, at the call that hands the value on', async () => {
  const { findings } = await findProgramFlows([handler, store], [handler.path], data);
  expect(findings).toMatchObject([
    {
      path: 'src/files.js',
      startLine: 5,
      endLine: 5,
      explanation: expect.stringMatching(
        /^`req\.query\.name` \(the query of the request, line 5\) decides which file `fs\.readFileSync` of `src\/store\.js` works on/,
      ),
      trace: [
        { line: 5, text: 'req.query' },
        { line: 5, text: 'read(…)' },
        { line: 3, text: 'fs.readFileSync(…)', path: 'src/store.js' },
      ],
    },
  ]);
});

it('asks of the part that leads out of the folder, and not of a last part that stands alone', async () => {
  const upload = {
    path: 'main.go',
    text: 'package main\n\nimport (\n\t"net/http"\n\t"os"\n\t"path/filepath"\n)\n\nfunc photo(w http.ResponseWriter, r *http.Request) {\n\t_, header, _ := r.FormFile("photo")\n\tdir := filepath.Join("/var/photos", r.FormValue("album"))\n\tout, err := os.Create(filepath.Join(dir, filepath.Base(header.Filename)))\n\t_, _ = out, err\n}\n',
  };
  const { findings } = await findProgramFlows([upload], [upload.path], data);
  expect(findings.map(({ ruleId, fix }) => [ruleId, fix])).toEqual([
    ['path-traversal', expect.stringContaining('unless `filepath.IsLocal(r.FormValue("album"))`.')],
  ]);
});

it('offers in an event loop what does not hold it up', async () => {
  const shell = {
    path: 'src/pack.py',
    text: 'import asyncio\nfrom aiohttp import web\nasync def pack(request):\n    path = request.query["path"]\n    await asyncio.create_subprocess_shell("gzip " + path)\n    return web.Response()\napp = web.Application()\napp.router.add_get("/pack", pack)\n',
  };
  const { findings } = await findProgramFlows([shell], [shell.path], data);
  expect(findings).toMatchObject([
    {
      ruleId: 'command-injection',
      fix: 'Call `await asyncio.create_subprocess_exec(program, path)`; it starts no shell.',
    },
  ]);
});

it.each([
  ['a schema whose text is somewhere else', '', 'request_model=Change', ['low']],
  [
    'a schema that leaves few texts',
    'class Change(BaseModel):\n    column: Literal["a", "b"]\n',
    'request_model=Change',
    ['low'],
  ],
  [
    'a schema that takes any text',
    'class Change(BaseModel):\n    column: str\nALLOWED = Literal["a"]\n',
    'request_model=Change',
    ['high'],
  ],
  ['a schema of the answer', '', 'response_model=Change', ['high']],
])('a decorator compares the request with %s', async (_, schema, given, confidences) => {
  const text = `import sqlite3
from flask import Flask, request
from api.validation import validate_request
app = Flask(__name__)
${schema}
@app.post("/devices")
@validate_request(summary="Change", ${given})
def change():
    column = request.get_json()["column"]
    sqlite3.connect("a.db").execute(f"UPDATE devices SET {column} = 1")
`;
  const { findings } = await findProgramFlows([{ path: 'a.py', text }], ['a.py'], data);
  expect(findings.map(({ confidence }) => confidence)).toEqual(confidences);
});

it('shows nothing of the text of a file beside it, which was not searched for credentials', async () => {
  const { findings } = await findProgramFlows([handler, store], [handler.path], data);
  expect(JSON.stringify(findings)).not.toContain('canary');
});

it('stands at the sink where that file is under review, and names the file that the value comes from', async () => {
  const { findings } = await findProgramFlows([handler, store], [handler.path, store.path], data);
  expect(findings).toMatchObject([
    {
      path: 'src/store.js',
      startLine: 3,
      explanation: expect.stringContaining('`name` (the query of the request, src/files.js:5)'),
      trace: [{ line: 5, text: '…', path: 'src/files.js' }, { line: 5, path: 'src/files.js' }, { line: 3 }],
    },
  ]);
});

it('stands where the way leaves the file that it began in, where each is asked about as if it were alone', async () => {
  const { findings } = await findProgramFlows([handler, store], [handler.path, store.path], data, { apart: true });
  const [alone] = (await findProgramFlows([handler, store], [handler.path], data)).findings;
  expect(findings).toEqual([alone]);
});

it('asks for the file of a function that something outside is given to, and for no other', async () => {
  const { findings, wanted } = await findProgramFlows([handler], [handler.path], data);
  expect({ findings, wanted }).toEqual({ findings: [], wanted: [{ path: 'src/files.js', module: './store' }] });
  const other = { path: 'a.js', text: "const store = require('./store');\nstore.read('constant');\n" };
  expect((await findProgramFlows([other], ['a.js'], data)).wanted).toEqual([]);
});

it.each([
  [
    'a.js',
    "const express = require('express');\nconst fs = require('fs');\nconst app = express();\napp.delete('/x', requireAdmin, (req, res) => { fs.unlinkSync('/data/' + req.query.name); res.end(); });\n",
  ],
  [
    'a.py',
    'import os\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.delete("/x")\n@admin_required\ndef remove():\n    os.remove("/data/" + request.args["name"])\n',
  ],
])('says that only administrators can send it: %s', async (path, text) => {
  const { findings } = await findProgramFlows([{ path, text }], [path], data);
  expect(findings).toMatchObject([
    { severity: 'low', explanation: expect.stringContaining(' Only administrators can send it.') },
  ]);
});

it.each([
  [
    'a file that anybody names is proven',
    "app.get('/x', (req, res) => res.json(fs.readFileSync('/data/' + req.query.name)))",
    'high',
  ],
  [
    'one that administrators name is suspected',
    "app.get('/x', requireAdmin, (req, res) => res.json(fs.readFileSync('/data/' + req.query.name)))",
    'low',
  ],
  [
    'what they paste into SQL is proven all the same',
    "app.get('/x', requireAdmin, (req, res) => pool.query(`select id from a order by ${req.query.by}`).then((found) => res.json(found.rows)))",
    'high',
  ],
  [
    'a value in a header is suspected',
    "app.get('/x', (req, res) => { res.setHeader('Set-Cookie', 'page=' + req.query.page); res.json({}); })",
    'low',
  ],
  [
    'an object behind a check of a schema is suspected',
    "app.post('/x', validate(login), wrap(async (req, res) => res.json(await User.findOne({ email: req.body.email }))))",
    'low',
  ],
  [
    'one that no schema has seen is proven',
    "app.post('/x', authenticate, wrap(async (req, res) => res.json(await User.findOne({ email: req.body.email }))))",
    'high',
  ],
])('%s', async (_, route, confidence) => {
  const text = `const fs = require('fs');
const express = require('express');
const { Pool } = require('pg');
const { requireAdmin } = require('./guards');
const app = express();
const pool = new Pool();
const mongoose = require('mongoose');
const User = mongoose.model('User', new mongoose.Schema({ email: String }));
const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
app.use(express.json());
${route};
`;
  const { findings } = await findProgramFlows([{ path: 'a.js', text }], ['a.js'], data);
  expect(findings.map((one) => one.confidence)).toEqual([confidence]);
});

it.each([
  ['alone is suspected', 'host', 'low'],
  ['behind a scheme is a server', '"https://" + host', 'high'],
  ['between slashes is a server', 'f"//{host}/welcome"', 'high'],
])('a part of an address in a redirect: %s', async (_, target, confidence) => {
  const text = `from flask import Flask, redirect
app = Flask(__name__)
@app.route("/go/<host>")
def go(host):
    return redirect(${target})
`;
  const { findings } = await findProgramFlows([{ path: 'a.py', text }], ['a.py'], data);
  expect(findings).toMatchObject([{ ruleId: 'open-redirect', confidence }]);
});

it('covers the lines from the text to the call that uses it, where they stand together', async () => {
  const text = `const fs = require('fs');
require('express')().get('/', (req, res) => {
  const file = '/data/' + req.query.name;
  res.type('text');
  fs.createReadStream(file).pipe(res);
});
`;
  const { findings } = await findProgramFlows([{ path: 'src/a.js', text }], ['src/a.js'], data);
  expect(findings).toMatchObject([{ ruleId: 'path-traversal', startLine: 3, endLine: 5 }]);
});

describe('a value that something on its way may have checked', () => {
  const confidenceOf = async (...body: string[]) => {
    const text = [
      "import express from 'express';",
      "import fs from 'node:fs';",
      "import { checkName, ensureDir, files } from './others';",
      'const app = express();',
      "app.get('/files', async (req, res) => {",
      ...body,
      '});',
    ].join('\n');
    const { findings } = await findProgramFlows([{ path: 'a.js', text }], ['a.js'], data);
    return findings.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`);
  };
  const read = 'res.send(fs.readFileSync(`/data/${name}/a.pdf`));';

  it('is only suspected after a check in another file whose answer is kept', async () => {
    expect(await confidenceOf('const { name } = req.query;', 'const known = checkName(name);', read)).toEqual([
      'path-traversal low',
    ]);
  });

  it('is only suspected in a listener, where the function around it has checked it', async () => {
    const listener = ['client.once("ready", () => {', read, '});'];
    expect(await confidenceOf('const { name } = req.query;', 'const known = checkName(name);', ...listener)).toEqual([
      'path-traversal low',
    ]);
    expect(await confidenceOf('const { name } = req.query;', ...listener)).toEqual(['path-traversal high']);
  });

  it('is only suspected as a path after it was looked up', async () => {
    const find = 'const row = await files.findUnique({ where: { name } });';
    expect(await confidenceOf('const { name } = req.query;', find, read)).toEqual(['path-traversal low']);
    expect(await confidenceOf('const { name, other } = req.query;', find.replace('name', 'name: other'), read)).toEqual(
      ['path-traversal high'],
    );
  });

  it('is commented where nothing, or something else, is checked', async () => {
    const right = ['path-traversal high'];
    expect(await confidenceOf('const { name } = req.query;', read)).toEqual(right);
    expect(await confidenceOf('const { name } = req.query;', 'const ok = checkName(req.query.other);', read)).toEqual(
      right,
    );
    expect(await confidenceOf('const { name } = req.query;', "ensureDir('/data/' + name);", read)).toContain(right[0]);
    expect(await confidenceOf('checkName(req);', 'const { name } = req.query;', read)).toEqual(right);
  });

  it.each([
    ['only notes it', 'noteChecked(name); function noteChecked(x) { console.info("asked"); }', ['high']],
    ['gives an answer that nobody looks at', 'isAllowed(name); function isAllowed(x) { return x !== ""; }', ['high']],
    ['stands in another branch', 'if (req.query.old) { checkName(name); }', ['high']],
    ['stands in a branch that nothing enters', 'if (false) checkName(name);', ['high']],
    ['stands in the branch of what has a value', 'if (name) { checkName(name); }', ['low']],
    ['gives an answer that is kept', 'const ok = isAllowed(name); function isAllowed(x) { return known[x]; }', ['low']],
    ['calls what may throw', 'if (name) checkIt(name); function checkIt(x) { known.parse(x); }', ['low']],
    ['is a test of something of it', 'if (!checkName(name).ok) { res.status(400); }', ['low']],
    ['throws', 'checkIt(name); function checkIt(x) { if (bad.has(x)) throw new Error("no"); }', []],
  ])('a check that %s', async (_, check, confidences) => {
    expect(await confidenceOf('const { name } = req.query;', check, read)).toEqual(
      confidences.map((one) => `path-traversal ${one}`),
    );
  });

  it('is only suspected in the branch of its check', async () => {
    const branch = ['if (req.query.old) { const ok = checkName(name);', read, '}'];
    expect(await confidenceOf('const { name } = req.query;', ...branch)).toEqual(['path-traversal low']);
  });

  it.each([
    ['notes it', 'console.info("asked")', 'high'],
    ['gives an answer', 'return known[x]', 'low'],
  ])('a check in a file that is there which %s', async (_, does, confidence) => {
    const text = [
      "import express from 'express';",
      "import fs from 'node:fs';",
      "import { checkName } from './others';",
      "express().get('/files', (req, res) => {",
      '  const ok = checkName(req.query.name);',
      '  res.send(fs.readFileSync(`/data/${req.query.name}/a.pdf`));',
      '});',
    ].join('\n');
    const others = { path: 'others.ts', text: `export function checkName(x) { ${does}; }\n` };
    const { findings } = await findProgramFlows([{ path: 'a.js', text }, others], ['a.js'], data);
    expect(findings).toMatchObject([{ ruleId: 'path-traversal', confidence }]);
  });

  // With a look through the function for each of them it would take longer than a test may.
  it('is decided at once in a function of thousands of values and checks', async () => {
    const reads = Array.from({ length: 2500 }, (_, at) =>
      [`const n${at} = req.query.n${at};`, `const c${at} = checkName(n${at});`, read.replace('name', `n${at}`)].join(
        '',
      ),
    );
    expect(new Set(await confidenceOf(...reads))).toEqual(new Set(['path-traversal low']));
  });

  it('is commented where a lookup says nothing of what it harms', async () => {
    const { findings } = await findProgramFlows(
      [
        {
          path: 'a.js',
          text: [
            "import { exec } from 'node:child_process';",
            "import express from 'express';",
            'const app = express();',
            "app.get('/a', async (req, res) => {",
            '  const { name } = req.query;',
            '  const row = await files.findUnique({ where: { name } });',
            '  exec(`cat ${name}`);',
            '});',
          ].join('\n'),
        },
      ],
      ['a.js'],
      data,
    );
    expect(findings).toMatchObject([{ ruleId: 'command-injection', confidence: 'high' }]);
  });
});

it.each([
  [
    'go',
    'a.go',
    'package a\nimport ("net/http"; "os"; "path/filepath")\nfunc Read(w http.ResponseWriter, r *http.Request) { data, _ := os.ReadFile(filepath.Join(root, r.FormValue("name"))); w.Write(data) }\n',
    '`root.Open(r.FormValue("name"))`',
  ],
  [
    'typescript',
    'a.ts',
    "import { spawn } from 'node:child_process';\nimport type { Request } from 'express';\nexport const ping = (req: Request) => spawn('ping', ['-c', '1', String(req.query.host)], { shell: true });\n",
    'Leave `shell` out of the options',
  ],
] as const)('tells a fix that works: %s', async (_, path, text, said) => {
  const { findings } = await findProgramFlows([{ path, text }], [path], data);
  expect(findings.map(({ fix }) => fix)).toEqual([expect.stringContaining(said)]);
});

it.each([
  ['of a type that is not there', "import { Way } from '@acme/types';", 'dto.way', ['sql-injection low']],
  ['of a text', "import { Way } from '@acme/types';", 'dto.name', ['sql-injection high']],
  ['of a few texts', "type Way = 'asc' | 'desc';", 'dto.way', []],
])('a field %s', async (_, first, field, said) => {
  const text = `${first}
import { Body, Controller, Post } from '@nestjs/common';
import { Pool } from 'pg';
const pool = new Pool();
class Dto { way!: Way; name!: string }
@Controller('items')
export class Items {
  @Post() list(@Body() dto: Dto) { return pool.query(\`select id from items order by id \${${field}}\`); }
}
`;
  const { findings } = await findProgramFlows([{ path: 'a.ts', text }], ['a.ts'], data);
  expect(findings.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`)).toEqual(said);
});

it('a body that a specification describes is suspected to hold what is not meant', async () => {
  const text = `import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import mongoose from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({ name: String, isAdmin: Boolean }));
const app = express();
app.use(express.json());
app.use(OpenApiValidator.middleware({ apiSpec: './openapi.yaml' }));
app.post('/users', async (req, res) => res.json(await User.create(req.body)));
`;
  for (const [one, confidence] of [
    [text, 'low'],
    [text.replace(/^.*OpenApi.*\n/gm, ''), 'high'],
  ] as const) {
    const { findings } = await findProgramFlows([{ path: 'a.ts', text: one }], ['a.ts'], data);
    expect(findings.map(({ ruleId, confidence: said }) => `${ruleId} ${said}`)).toEqual([
      `mass-assignment ${confidence}`,
    ]);
  }
});
