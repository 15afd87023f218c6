import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

/** What is advised, by the words that tell it apart. */
const ADVICE = {
  value: /^Put a placeholder .* where `[^`]*` stands and pass (?!it as a number)/,
  literal: /^Replace the literal, quotes included, by a placeholder/,
  number: /stands and pass it as a number/,
  elements: /^Bind every element/,
  rows: /^Write a group of placeholders for each row/,
  identifier: /^Identifiers cannot be bound/,
  keyword: /^A keyword cannot be bound/,
  operator: /^An operator cannot be bound/,
  clause: /^Write the clause in the code/,
  cast: /^Behind the name of a type there must be a literal/,
  schema: /^`SET` takes no placeholder: look/,
  setting: /^In PostgreSQL `SET` takes no placeholder/,
  notify: /^`NOTIFY` takes no placeholder/,
  quote: /^A statement of this kind takes no placeholder: (?:quote|compose)/,
  convert: /^A statement of this kind takes no placeholder: paste a number/,
  comment: /^A comment holds no value/,
};

/** A statement with `@` for what comes from the request, and what helps there: a placeholder only where the database takes one. */
const STATEMENTS: readonly (readonly [keyof typeof ADVICE, string])[] = [
  ['value', 'select id from orders where state = @'],
  ['value', 'select id from orders where total between 1 and @'],
  ['value', 'select id from orders where name like @'],
  ['value', 'insert into orders (id, state) values (1, @)'],
  ['value', 'update orders set state = @ where id = 1'],
  ['value', 'select id from orders where lower(name) = lower(@)'],
  ['value', 'select id from orders where made > now() - interval @ day'],
  ['value', 'select coalesce(x, 0) from orders where id = (@)'],
  ['literal', "select id from orders where state = '@'"],
  ['literal', "select id from orders where kind = 'a' and note like '%@%'"],
  ['literal', "select id from orders where data->>'@' = 'x'"],
  ['literal', "insert into orders (id, state) values (1, '@')"],
  ['cast', "select id from orders where made > now() - interval '@ days'"],
  ['cast', "select id from orders where made >= date '@'"],
  ['cast', "select id from orders where made >= timestamp '@ 00:00'"],
  ['number', 'select id from orders order by id limit @'],
  ['number', 'select id from orders limit 10 offset @'],
  ['number', 'select id from orders limit 10, @'],
  ['elements', 'select id from orders where id in (@)'],
  ['elements', "select id from orders where state in ('@')"],
  ['elements', 'select id from orders where id in @'],
  ['elements', 'select id from orders where id = any(array[@])'],
  ['elements', "select id from orders where id = any('{@}')"],
  ['rows', 'insert into orders (id, state) values @'],
  ['identifier', 'select id from @ where id = 1'],
  ['identifier', 'select id from "@" where id = 1'],
  ['identifier', 'select id from orders join @ using (id)'],
  ['identifier', 'select @ from orders'],
  ['identifier', 'select id, @ from orders'],
  ['identifier', 'select id as @ from orders'],
  ['identifier', 'select total::@ from orders'],
  ['identifier', 'select id from orders where @ = 1'],
  ['identifier', 'select id from orders where a = 1 and @ is null'],
  ['identifier', 'select id from orders where @ in (1, 2)'],
  ['identifier', 'select id from orders where a = 1 group by @'],
  ['identifier', "select id from orders where a = 'x' order by @"],
  ['identifier', 'select id from orders order by name, @'],
  ['identifier', 'update orders set @ = 1 where id = 2'],
  ['identifier', 'insert into orders (id, @) values (1, 2)'],
  ['identifier', 'delete from @ where id = 1'],
  ['identifier', 'create index made on @ (id)'],
  ['identifier', 'alter table @ add column x int'],
  ['keyword', 'select id from orders order by name @'],
  ['operator', 'select id from orders where total @ 5'],
  ['operator', 'select id from orders where a = 1 and total @ $1'],
  ['clause', 'select id from orders where @'],
  ['clause', 'select id from orders where a = 1 and @'],
  ['clause', 'select a.id from orders a join parts b on @'],
  ['clause', 'select count(*) from orders group by id having @'],
  ['clause', 'update orders set @ where id = 1'],
  ['clause', 'select id from (@) as x'],
  ['clause', 'select id from orders where exists (@)'],
  ['clause', 'select id from orders union all @'],
  ['clause', 'with x as (@) select id from x'],
  ['clause', 'create view x as @'],
  ['schema', 'set search_path to @'],
  ['setting', "set local app.user_id = '@'"],
  ['setting', 'set session statement_timeout = @'],
  ['notify', "notify orders, '@'"],
  ['quote', "alter user shop with password '@'"],
  ['quote', "comment on table orders is '@'"],
  ['convert', 'alter sequence order_ids restart with @'],
  ['comment', 'select id from orders /* @ */ where id = 1'],
];

const PROGRAMS = {
  typescript: {
    path: 'src/a.ts',
    head: "import pg from 'pg'; const pool = new pg.Pool();",
    call: (sql: string, n: number) =>
      `export const f${n} = (req, res) => pool.query(\`${sql.replace('@', '${req.query.s}')}\`);`,
  },
  python: {
    path: 'a.py',
    head: 'from flask import request; import psycopg; cursor = psycopg.connect().cursor()',
    call: (sql: string, n: number) =>
      `def f${n}(): cursor.execute(f"""${sql.replaceAll(/[{}]/g, '$&$&').replace('@', "{request.args['s']}")} """)`,
  },
  go: {
    path: 'a.go',
    head: 'package a; import ("database/sql"; "net/http"); var db *sql.DB',
    call: (sql: string, n: number) =>
      `func f${n}(w http.ResponseWriter, r *http.Request) { db.ExecContext(r.Context(), \`${sql.replace('@', '`+r.FormValue("s")+`')}\`) }`,
  },
} as const;

it.each(['typescript', 'python', 'go'] as const)('the fix for a value in SQL works there: %s', async (kind) => {
  const { path, head, call } = PROGRAMS[kind];
  const advised: string[] = [];
  // Of one file so many findings are shown and no more.
  for (let from = 0; from < STATEMENTS.length; from += 40) {
    const some = STATEMENTS.slice(from, from + 40);
    const text = `${[head, ...some.map(([, sql], n) => call(sql, n))].join('\n')}\n`;
    const { outcomes } = await analyseFile(analysers, { path, kind, text, hunks: null });
    const found = outcomes.flatMap(({ outcome }) => (outcome.status === 'analysed' ? outcome.findings : []));
    const fixesAt = (line: number) =>
      found.flatMap(({ ruleId, startLine, fix }) => (ruleId === 'sql-injection' && startLine === line ? fix : []));
    for (const [n, [, sql]] of some.entries()) {
      const kinds = Object.entries(ADVICE).filter(([, words]) => fixesAt(n + 2).some((fix) => words.test(fix ?? '')));
      advised.push(`${kinds.map(([name]) => name).join(' ')}: ${sql}`);
    }
  }
  expect(advised).toEqual(STATEMENTS.map(([advice, sql]) => `${advice}: ${sql}`));
});

it.each(['subSelect', 'subquery', 'idsSql', 'userSelect'])(
  'a piece of SQL is offered no placeholder: %s',
  async (name) => {
    const text = `export const f = (req) => { const { ${name} } = req.query; return pool.query(\`select id from orders where id in (\${${name}})\`); };\n`;
    const { outcomes } = await analyseFile(analysers, { path: 'src/a.ts', kind: 'typescript', text, hunks: null });
    const fixes = outcomes.flatMap(({ outcome }) =>
      outcome.status === 'analysed' ? outcome.findings.map(({ fix }) => fix) : [],
    );
    expect(fixes).toEqual([expect.stringMatching(ADVICE.clause)]);
  },
);

/** A file, and what its fixes must say. */
const WORDS: readonly (readonly ['typescript' | 'python' | 'go', string, string])[] = [
  [
    'go',
    'package a\nimport ("net/http"; "os"; "path/filepath")\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tpath := filepath.Join("/var/labels", name)\n\tos.ReadFile(path)\n}\n',
    'filepath.IsLocal(name)',
  ],
  [
    'go',
    'package a\nimport ("net/http"; "os"; "path/filepath")\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tos.ReadFile(filepath.Join("/var", r.FormValue("a"), r.FormValue("b")))\n}\n',
    'filepath.IsLocal(filepath.Join(r.FormValue("a"), r.FormValue("b")))',
  ],
  // Nothing was joined to it.
  [
    'go',
    'package a\nimport ("net/http"; "os")\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tpath := r.FormValue("path")\n\tos.ReadFile(path)\n}\n',
    'filepath.IsLocal(path)',
  ],
  [
    'python',
    'import os\nfrom flask import request\ndef f():\n    name = request.args["name"]\n    path = os.path.join("/var/labels", name)\n    return open(path).read()\n',
    '(base / name).resolve()',
  ],
  [
    'python',
    'from pathlib import Path\nfrom flask import request\ndef f():\n    name = request.args["name"]\n    path = Path("/var/labels") / name\n    return open(path).read()\n',
    '(base / name).resolve()',
  ],
  [
    'python',
    'from flask import request\nfrom sqlalchemy import text\ndef f(db):\n    q = request.args["q"]\n    return db.execute(text(f"select id from a where name like \'%{q}%\'"))\n',
    'by `:value`, and pass what it held, with any `%`, beside the statement: `execute(text("…"), {"value": q})`',
  ],
  [
    'python',
    'from flask import request\nfrom sqlalchemy import text\ndef f(db):\n    q = request.args["q"]\n    return db.execute(text(f"select id from a where id in ({q})"))\n',
    'bindparam("values", expanding=True)',
  ],
  [
    'python',
    'import hmac, hashlib\ndef f(body, signature, key):\n    expected = hmac.new(key, body, hashlib.sha256).hexdigest()\n    return signature == expected\n',
    'hmac.compare_digest(signature.encode(), expected.encode())',
  ],
  [
    'typescript',
    "import crypto from 'node:crypto';\nexport function f(body, signature, key) {\n  const expected = crypto.createHmac('sha256', key).update(body).digest('hex');\n  return signature === expected;\n}\n",
    'timingSafeEqual(Buffer.from(signature), Buffer.from(expected))',
  ],
];

it.each(WORDS)('a fix fits the code: %s, %j', async (kind, text, words) => {
  const path = { typescript: 'src/a.ts', python: 'a.py', go: 'a.go' }[kind];
  const { outcomes } = await analyseFile(analysers, { path, kind, text, hunks: null });
  const fixes = outcomes.flatMap(({ outcome }) =>
    outcome.status === 'analysed' ? outcome.findings.map(({ fix }) => fix) : [],
  );
  expect(fixes).toContainEqual(expect.stringContaining(words));
});
