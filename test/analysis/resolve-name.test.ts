import { expect, it } from 'vitest';
import { parseSource, type RuleLanguage } from '../../src/analysis/languages.ts';
import { createNameResolver } from '../../src/analysis/names/resolve-name.ts';

/** What the callee of the last call of `mark(…)`'s argument stands for. */
function resolve(language: RuleLanguage, text: string): string {
  const root = parseSource(language, { kind: language, path: 'a', text });
  const argument = root
    .findAll({ rule: { pattern: 'mark($X)' } })
    .at(-1)
    ?.getMatch('X');
  if (!argument) throw new Error('no mark(…)');
  return createNameResolver(root, language)(argument);
}

it.each<[RuleLanguage, string, string]>([
  // Imports and globals.
  ['typescript', 'mark(fetch)', 'fetch'],
  ['typescript', "import fetch from './http'; mark(fetch)", './http'],
  ['typescript', "import { fetch as load } from 'undici'; mark(load)", 'undici.fetch'],
  ['typescript', "import * as jwt from 'jsonwebtoken'; mark(jwt.decode)", 'jsonwebtoken.decode'],
  ['typescript', "const { createHmac: h } = require('node:crypto'); mark(h)", 'crypto.createHmac'],
  ['typescript', 'function fetch() {} mark(fetch)', '?fetch'],
  ['typescript', 'function f(fetch) { mark(fetch) }', '?fetch'],
  ['typescript', 'function f({ fetch }) { mark(fetch) }', '?.fetch'],
  ['typescript', 'function f(fetch) {} mark(fetch)', 'fetch'],
  // Values, instances, fields.
  [
    'typescript',
    "import { createClient } from 'redis'; const c = createClient({ url }); mark(c.keys)",
    'redis.createClient().keys',
  ],
  [
    'typescript',
    "import { createClient } from 'redis'; let c; c = await createClient().connect(); mark(c.keys)",
    'redis.createClient().connect().keys',
  ],
  ['typescript', "import Redis from 'ioredis'; const c: Redis | null = null; mark(c!.keys)", 'ioredis().keys'],
  [
    'typescript',
    "import Redis from 'ioredis'; class Q { constructor(private readonly r: Redis) {} f() { mark(this.r.keys) } }",
    'ioredis().keys',
  ],
  [
    'typescript',
    "import Redis from 'ioredis'; class Q { private r; constructor() { this.r = new Redis(); } f() { mark(this.r.keys) } }",
    'ioredis().keys',
  ],
  [
    'typescript',
    "class Q { constructor(private c: { redis: import('ioredis').Redis }) {} f() { mark(this.c.redis.keys) } }",
    'ioredis.Redis().keys',
  ],
  [
    'typescript',
    "interface Deps { db: import('pg').Pool } function f({ db }: Deps) { mark(db.query) }",
    'pg.Pool().query',
  ],
  ['typescript', 'class Q { f() { mark(this.redis.keys) } }', '?this.redis.keys'],
  ['typescript', "const QUEUE = 'a.b'; mark(QUEUE)", '"a.b"'],
  [
    'typescript',
    "import { createHmac } from 'crypto'; const d = 'sha256=' + createHmac('a', k).update(b).digest('hex'); mark(d)",
    'crypto.createHmac().update().digest()',
  ],
  [
    'typescript',
    "import { createHmac } from 'crypto'; const d = `v1=${createHmac('a', k).digest('hex')}`; mark(Buffer.from(d))",
    'crypto.createHmac().digest()',
  ],
  ['python', 'import requests as r\nmark(r.get)', 'requests.get'],
  ['python', 'from requests import get\nmark(get)', 'requests.get'],
  ['python', 'import urllib.request\nmark(urllib.request.urlopen)', 'urllib.request.urlopen'],
  ['python', 'from ruamel.yaml import YAML\nyaml = YAML(typ="safe")\nmark(yaml.load)', 'ruamel.yaml.YAML().load'],
  ['python', 'import requests\nwith requests.Session() as s:\n    mark(s.put)', 'requests.Session().put'],
  ['python', 'import requests\ndef f(s: "requests.Session | None" = None):\n    mark(s.get)', 'requests.Session().get'],
  ['python', 'import requests\ndef f(s: requests.Session | None = None):\n    mark(s.get)', 'requests.Session().get'],
  [
    'python',
    'from typing import Optional\nfrom redis import Redis\ndef f(s: Optional[Redis]):\n    mark(s.keys)',
    'redis.Redis().keys',
  ],
  [
    'python',
    'import redis\nclass A:\n    def __init__(self):\n        self.r = redis.Redis()\n    def f(self):\n        mark(self.r.keys)',
    'redis.Redis().keys',
  ],
  ['python', 'def f(client):\n    client = client or 1\n    mark(client.get)', '?client.get'],
  [
    'python',
    'import httpx\nimport requests\nc = requests.Session()\nmark(c.get)\nc = httpx.Client()',
    'requests.Session().get',
  ],
  ['python', 'def f(password):\n    n_password = len(password)\n    mark(n_password)', 'len()'],
  ['go', 'package a\nimport "net/http"\nfunc f() { mark(http.Get) }', 'net/http.Get'],
  [
    'go',
    'package a\nimport ("crypto/hmac"; "encoding/hex")\nfunc f() { m := hmac.New(h, k); want := "v1=" + hex.EncodeToString(m.Sum(nil)); mark(want) }',
    'crypto/hmac.New().Sum()',
  ],
  ['go', 'package a\nimport web "net/http"\nfunc f() { mark(web.Get) }', 'net/http.Get'],
  ['go', 'package a\nimport "gopkg.in/yaml.v3"\nfunc f() { mark(yaml.Unmarshal) }', 'gopkg.in/yaml.v3.Unmarshal'],
  [
    'go',
    'package a\nimport "database/sql"\ntype R struct { db *sql.DB }\nfunc (r *R) f() { mark(r.db.Query) }',
    'database/sql.DB().Query',
  ],
  [
    'go',
    'package a\nimport "database/sql"\nfunc f() { db, err := sql.Open("a", "b"); mark(db.Query) }',
    'database/sql.Open().Query',
  ],
  ['go', 'package a\nimport "net/http"\nvar c = &http.Client{}\nfunc f() { mark(c.Do) }', 'net/http.Client().Do'],
  ['go', 'package a\nfunc (r *Repo) f() { mark(r.db.Query) }', 'Repo().db.Query'],
])('%s: %s', (language, text, expected) => {
  expect(resolve(language, text)).toBe(expected);
});

it('reads a file that is made to be slow in a moment', () => {
  const chain = `mark(${'a.'.repeat(5000)}b)`;
  const many = Array.from({ length: 3000 }, (_, index) => `const v${index} = v${index + 1};`).join('\n');
  expect(resolve('typescript', chain)).toMatch(/^\?/);
  expect(resolve('typescript', `${many}\nmark(v0)`)).toMatch(/^\?/);
});
