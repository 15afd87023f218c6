import { describe, expect, it } from 'vitest';
import { LibraryModel } from '../../src/flows/data/library-model.ts';
import { UseClause } from '../../src/flows/data/use-clause.ts';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { createFlowData } from '../../src/flows/flow-data.ts';

/** Lines on which a clause holds, with what is known of the value. */
async function find(
  path: string,
  text: string,
  clause: object,
  models: readonly LibraryModel[] = [],
): Promise<string[]> {
  const use = { rule: 'one', index: 0, clause: UseClause.parse(clause) };
  const data = createFlowData(
    [],
    () => models,
    () => [use],
  );
  const { uses } = await findProgramFlows([{ path, text }], [path], data);
  return uses.map(({ at, value, name }) =>
    [text.slice(0, at.span[0]).split('\n').length, value, name].filter((one) => one !== '').join(' '),
  );
}

const HASH = { call: 'crypto.createHash', when: { '0': 'md5' } };

describe('a constant', () => {
  it.each([
    ['as it stands', "import crypto from 'crypto';\ncrypto.createHash('MD5');", ['2 MD5']],
    ['in a name', "const { createHash } = require('crypto');\nconst A = 'md5';\nconst h = createHash(A);", ['3 md5 h']],
    [
      'that a caller gives',
      "import { createHash } from 'crypto';\nconst h = (a) => createHash(a);\nh('md5');",
      ['2 md5 h'],
    ],
    [
      'that another caller gives',
      "import { createHash } from 'crypto';\nconst h = (a) => createHash(a);\nh('sha256');",
      [],
    ],
    ['one of two', "import { createHash } from 'crypto';\ncreateHash(old ? 'md5' : 'sha256');", []],
    [
      'that is handed to what is only declared to be that',
      'declare function f(next: Function): void;\nexport const g = (createHash: Function) => createHash("md5");',
      [],
    ],
    ['of a function of its own', "const createHash = (a) => a;\ncreateHash('md5');", []],
  ])('%s', async (_, text, lines) => {
    expect(await find('a.ts', text, HASH)).toEqual(lines);
  });
});

describe('a text that is there where nothing else is given', () => {
  const open = { call: 'crypto.createHmac', when: { '1': { constant: 'otherwise' } } };
  const closed = { call: 'crypto.createHmac', when: { '1': { constant: true } } };
  const file = (given: string): string =>
    `import crypto from 'crypto';\nconst K = ${given};\ncrypto.createHmac('sha256', K);`;
  it.each([
    ['behind ||', "process.env.KEY || 'orders'", ['3 process.env.KEY'], []],
    ['behind ??', "config.key ?? 'orders'", ['3 config.key'], []],
    ['empty', "process.env.KEY || ''", [], []],
    ['alone', "'orders'", ['3 orders'], ['3 orders']],
    ['behind another one', 'process.env.KEY || process.env.OLD', [], []],
  ])('%s', async (_, given, asOtherwise, asConstant) => {
    expect(await find('a.ts', file(given), open)).toEqual(asOtherwise);
    expect(await find('a.ts', file(given), closed)).toEqual(asConstant);
  });
});

describe('what is missing', () => {
  const COOKIE = { call: '*.cookie', when: { '2.secure': { missing: true } } };
  it.each([
    ['no options at all', "res.cookie('a', b);", ['1']],
    ['options without it', "const options = { httpOnly: true };\nres.cookie('a', b, options);", ['2']],
    ['set afterwards', "const options = {};\noptions.secure = true;\nres.cookie('a', b, options);", []],
    ['spread from something', "res.cookie('a', b, { ...defaults, httpOnly: true });", []],
    ['options that somebody gives', "function f(options) { res.cookie('a', b, options); }", []],
    ['arguments that are spread', "res.cookie('a', ...rest);", []],
  ])('%s', async (_, text, lines) => {
    expect(await find('a.js', text, COOKIE)).toEqual(lines);
  });
  it('is not, where keywords come from elsewhere', async () => {
    const clause = { call: 'requests.get', when: { timeout: { missing: true } } };
    expect(await find('a.py', 'import requests\nrequests.get(u, **options)\nrequests.get(u)\n', clause)).toEqual(['3']);
  });
});

describe('what is not known at all', () => {
  const SHELL = { call: 'os.system', when: { '0': { bare: true } } };
  it.each([
    ['a parameter', 'import os\ndef run(text):\n    os.system(text)\n', ['3 text run']],
    ['a part of it is constant', 'import os\ndef run(text):\n    os.system("ls " + text)\n', []],
    ['a constant', 'import os\nos.system("ls")\n', []],
    ['one of ours', 'import os\ndef run(text):\n    if text in ("ls", "ps"):\n        os.system(text)\n', []],
  ])('%s', async (_, text, lines) => {
    expect(await find('a.py', text, SHELL)).toEqual(lines);
  });
});

describe('what the value is called', () => {
  const OPEN = { call: 'os.Create', when: { '0': { unknown: true } } };
  const MODE = { call: 'os.MkdirAll', when: { '1': { bits: 7 } } };
  const go = (body: string): string => `package a\nimport ("net/url"; "os")\n${body}\n`;
  it.each([
    ['a parameter as it is written', go('func f(path string) { os.Create(path) }'), OPEN, ['3 path f']],
    ['not by its type', go('func f(u url.URL) { os.Create(u.String()) }'), OPEN, ['3 u.String() f']],
    [
      'of what is empty or not known, as it is written',
      go('func f(n int) { var name string\n if n > 1 { name = g() }\n os.Create(name) }'),
      OPEN,
      ['5 name f'],
    ],
    ['a mode as a shell has it', go('func f(d string) { os.MkdirAll(d, 0755) }'), MODE, ['3 0o755 f']],
    ['a mode by its name', go('const M = 0o775\nfunc f(d string) { os.MkdirAll(d, M) }'), MODE, ['4 0o775 f']],
  ])('%s', async (_, text, clause, lines) => {
    expect(await find('a.go', text, clause)).toEqual(lines);
  });
});

describe('numbers', () => {
  it.each([
    [
      'below',
      'import bcrypt from "bcrypt";\nbcrypt.hash(p, 2 * 4);',
      { call: 'bcrypt.hash', when: { '1': { below: 10 } } },
      ['2 8'],
    ],
    [
      'above',
      'import bcrypt from "bcrypt";\nbcrypt.hash(p, 12);',
      { call: 'bcrypt.hash', when: { '1': { below: 10 } } },
      [],
    ],
  ])('%s', async (_, text, clause, lines) => {
    expect(await find('a.ts', text, clause)).toEqual(lines);
  });
  it.each([
    [
      'a.py',
      'import os\nos.chmod(p, 0o777)\nos.chmod(p, 0o640)\n',
      { call: 'os.chmod', when: { '1': { bits: 0o2 } } },
      ['2 0o777'],
    ],
    [
      'a.go',
      'package a\nimport "os"\nfunc f() { os.Chmod(p, 0666); os.Chmod(p, 0o600) }',
      { call: 'os.Chmod', when: { '1': { bits: 0o2 } } },
      ['3 0o666 f'],
    ],
  ])('bits of a mode: %s', async (path, text, clause, lines) => {
    expect(await find(path, text, clause)).toEqual(lines);
  });
});

describe('places', () => {
  it.each([
    [
      'a value made with its fields',
      'a.go',
      'package a\nimport "crypto/tls"\nvar c = &tls.Config{\n\tInsecureSkipVerify: true,\n}\n',
      { made: 'crypto/tls.Config', when: { InsecureSkipVerify: 'true' }, at: 'InsecureSkipVerify' },
      ['4 true c'],
    ],
    [
      'a field that is set',
      'a.go',
      'package a\nimport "crypto/tls"\nfunc f(c *tls.Config) {\n\tc.InsecureSkipVerify = true\n}\n',
      { set: 'crypto/tls.Config.InsecureSkipVerify', when: { value: 'true' } },
      ['4 true InsecureSkipVerify'],
    ],
    [
      'a name that is read',
      'a.py',
      'import ssl\ncontext = ssl.SSLContext(ssl.PROTOCOL_SSLv3)\n',
      { read: 'ssl.PROTOCOL_SSLv3' },
      ['2 context'],
    ],
    [
      'a name that is imported and read',
      'a.py',
      'from ssl import PROTOCOL_SSLv3 as P\ncontext = make(P)\n',
      { read: 'ssl.PROTOCOL_SSLv3' },
      ['2 context'],
    ],
    [
      'an import',
      'a.go',
      'package a\nimport (\n\t"fmt"\n\t_ "net/http/pprof"\n)\n',
      { import: 'net/http/pprof' },
      ['4'],
    ],
  ])('%s', async (_, path, text, clause, lines) => {
    expect((await find(path, text, clause)).map((one) => one.replace(/ f$/, ''))).toEqual(lines);
  });
});

describe('what is around it', () => {
  const RANDOM = { call: 'Math.random', near: 'token|secret', apart: 'csrf' };
  it.each([
    ['a variable', 'const sessionToken = String(Math.random());', ['1 sessionToken']],
    ['a key', 'save({ token: Math.random() });', ['1 token']],
    ['the function', 'function makeToken() {\n  return Math.random();\n}', ['2 makeToken']],
    ['something else', 'const delay = Math.random() * 10;', []],
    ['what is meant not to be', 'const csrfToken = Math.random();', []],
  ])('by name: %s', async (_, text, lines) => {
    expect(await find('a.ts', text, RANDOM)).toEqual(lines);
  });
  it('a loop, and a function that waits for others', async () => {
    const text =
      'import time\ndef f():\n    time.sleep(1)\nasync def g():\n    time.sleep(1)\n    for x in y:\n        time.sleep(1)\n';
    expect(await find('a.py', text, { call: 'time.sleep', inside: ['async'] })).toEqual(['5 g', '7 g']);
    expect(await find('a.py', text, { call: 'time.sleep', inside: ['loop', 'async'] })).toEqual(['7 g']);
  });
  it('a result that nobody uses', async () => {
    const text = 'import { save } from "db";\nsave(1);\nawait save(2);\nconst x = save(3);\nreturned(save(4));\n';
    expect(await find('a.ts', text, { call: 'db.save', ignored: true })).toEqual(['2', '3']);
  });
});

describe('what becomes of a call', () => {
  it('nobody waits for it', async () => {
    const text =
      'import { save } from "db";\nsave(1);\nawait save(2);\nvoid save(3);\nsave(4).catch(log);\nconst x = save(5);\nconst f = () => save(6);';
    expect(await find('a.ts', text, { call: 'db.save', floating: true })).toEqual(['2']);
  });
  it.each([
    ['a.ts', 'async function save() { await db(); }\nfunction load() {}\nsave();\nload();\nawait save();', ['3']],
    ['a.ts', 'async function save() { try { await db(); } catch { log(); } }\nsave();', []],
    ['a.ts', 'class A {\n  async save() { throw new Error(); }\n  f() {\n    this.save();\n  }\n}', ['4 f']],
    ['a.py', 'async def save():\n    pass\ndef f():\n    save()\nasync def g():\n    await save()\n', ['4 f']],
    ['a.py', '@runs\nasync def save():\n    pass\ndef f():\n    save()\n', []],
  ])('it is asynchronous, as the program declares it: %s %s', async (path, text, lines) => {
    expect(await find(path, text, { call: '#async', floating: true })).toEqual(lines);
  });
  it.each([
    ['a map of the file', 'const seen = new Map();\nfunction f(k) { seen.set(k, 1); }', ['2 f']],
    ['it is emptied', 'const seen = new Map();\nfunction f(k) { seen.set(k, 1); seen.clear(); }', []],
    ['its size is looked at', 'const seen = new Map();\nfunction f(k) { if (seen.size < 9) seen.set(k, 1); }', []],
    ['others can reach it', 'export const seen = new Map();\nfunction f(k) { seen.set(k, 1); }', []],
    ['it is of the function', 'function f(k) { const seen = new Map();\nseen.set(k, 1); }', []],
  ])('it adds to what nobody makes smaller: %s', async (_, text, lines) => {
    expect(await find('a.ts', text, { call: '*.set', grows: true })).toEqual(lines);
  });
  it('it is given an asynchronous function', async () => {
    const text =
      'list.forEach(async (x) => { await save(x); });\nlist.forEach((x) => x);\nlist.forEach(async (x) => x);';
    expect(await find('a.ts', text, { call: '*.forEach', when: { '0': { async: true } } })).toEqual([
      '1 async (x) => { await save(x); }',
    ]);
  });
  it.each([
    [{ inside: ['catch'] }, [6]],
    [{ inside: ['straight'] }, [3, 4, 8]],
    [{ before: 'await' }, [5, 6, 7, 8]],
    [{ notBefore: 'await' }, [3, 4]],
    [{ behind: 'done' }, [3, 4, 5, 6, 7]],
  ])('it stands in its function: %s', async (where, lines) => {
    const text =
      'import { ack } from "q";\nasync function f(m) {\nack(m);\ntry { ack(m); await work(m);\nif (m) { ack(m);\n} } catch (e) { ack(m); }\nfor (const x of y) { ack(x); } done();\nack(m);\n}';
    expect(await find('a.ts', text, { call: 'q.ack', ...where })).toEqual(lines.map((line) => `${line} f`));
  });
  it.each([
    ['loop', [3, 5, 7]],
    ['endless', [5]],
    ['deferred', [8]],
    ['beside', [9]],
  ])('it stands in: %s', async (where, lines) => {
    const text =
      'package a\nimport "x"\nfunc f() { for _, y := range z { x.Do(y) }\nx.Do(1)\nfor { x.Do(2) }\nx.Do(3)\nfor a < b { x.Do(4) }\ndefer x.Do(5)\ngo x.Do(6) }';
    const clause = { call: 'x.Do' };
    expect(await find('a.go', text, { ...clause, inside: [where] })).toEqual(lines.map((line) => `${line} f`));
    const others = [3, 4, 5, 6, 7, 8, 9].filter((line) => !lines.includes(line));
    expect(await find('a.go', text, { ...clause, outside: [where] })).toEqual(others.map((line) => `${line} f`));
  });
  it.each([
    [
      'a handler, and what it calls in this file',
      'a.ts',
      "import fs from 'fs';\nfunction read(p) {\n  return fs.readFileSync(p);\n}\nfunction load(p) {\n  return read(p);\n}\napp.get('/', (req, res) => res.send(load('a')));\nfunction start() {\n  fs.readFileSync('b');\n}",
      { call: 'fs.readFileSync', inside: ['request'] },
      ['3 read'],
    ],
    [
      'methods of its own object',
      'a.go',
      'package a\nimport ("net/http"; "os")\nfunc (s *S) load() {\n\tos.Exit(1)\n}\nfunc (s *S) stop() {\n\tos.Exit(2)\n}\nfunc (s *S) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.load() }',
      { call: 'os.Exit', inside: ['request'] },
      ['4 load'],
    ],
    [
      'a function that is given a context',
      'a.go',
      'package a\nimport "context"\nfunc f(ctx context.Context) {\n\tcontext.TODO()\n\tgo func() { context.TODO() }()\n}\nfunc g(_ context.Context) { context.TODO() }\nfunc h() { context.TODO() }',
      { call: 'context.TODO', inside: ['cancellable'] },
      ['4 f'],
    ],
    [
      'a consumer',
      'a.ts',
      "import { send } from 'mail';\nchannel.consume('q', async (m) => {\n  send(m);\n});\nawait consumer.run({ eachMessage: async ({ message }) => {\n  send(message);\n} });\nexport const f = (job: Job) => {\n  send(job);\n};\nsend(1);",
      { call: 'mail.send', inside: ['consumer'] },
      ['3', '6 eachMessage', '9 f'],
    ],
    [
      'a task',
      'a.py',
      'from mail import send\n@shared_task(bind=True)\ndef f(self):\n    send()\ndef on(ch, method, properties, body):\n    send()\ndef other():\n    send()\n',
      { call: 'mail.send', inside: ['consumer'] },
      ['4 f', '6 on'],
    ],
  ])('%s', async (_, path, text, clause, lines) => {
    expect(await find(path, text, clause)).toEqual(lines);
  });

  const of = (body: string): string => `package a\nimport ("io"; "net/http")\nfunc f(u string) error {\n${body}\n}`;
  const get = 'resp, err := http.Get(u)\nif err != nil { return err }\n';
  it.each([
    ['is not released', `${get}b, err := io.ReadAll(resp.Body)\nlog(b, resp.StatusCode)\nreturn nil`, 'never'],
    ['is released at the end', `${get}defer resp.Body.Close()\nif bad() { return nil }\nreturn nil`, null],
    ['is released in a function of its own', `${get}defer func() { _ = resp.Body.Close() }()\nreturn nil`, null],
    ['is returned', 'resp, err := http.Get(u)\nreturn resp', null],
    ['is handed on', `${get}return read(resp)`, null],
    ['a part of it is handed on', `${get}return drain(resp.Body)`, null],
    ['is kept', `${get}s.resp = resp\nreturn nil`, null],
    ['is released but on one way', `${get}if bad() { return nil }\nresp.Body.Close()\nreturn nil`, 'sometimes'],
    [
      'is released on each way',
      `${get}if bad() { resp.Body.Close(); return nil }\nresp.Body.Close()\nreturn nil`,
      null,
    ],
    ['is released at once', `${get}resp.Body.Close()\nif bad() { return nil }\nreturn nil`, null],
  ])('what it gives %s', async (_, body, when) => {
    for (const one of ['never', 'sometimes']) {
      const clause = { call: 'net/http.Get', lost: { by: 'Body.Close', when: one } };
      expect(await find('a.go', of(body), clause)).toEqual(one === when ? ['4 resp'] : []);
    }
  });
});

describe('settings, fields of anything, decorators, functions', () => {
  it.each([
    [
      'a setting of a file',
      'a.py',
      'import os\nDEBUG = True\n',
      { set: 'DEBUG', when: { value: 'true' } },
      ['2 true DEBUG'],
    ],
    [
      'a setting from outside',
      'a.py',
      "import os\nDEBUG = os.getenv('D') == '1'\n",
      { set: 'DEBUG', when: { value: 'true' } },
      [],
    ],
    ['no setting: a local name', 'a.py', 'def f():\n    DEBUG = True\n', { set: 'DEBUG', when: { value: 'true' } }, []],
    [
      'a setting of a class',
      'a.py',
      'class Production:\n    SESSION_COOKIE_SECURE = False\n',
      { set: 'SESSION_COOKIE_SECURE', when: { value: 'false' } },
      ['2 false Production'],
    ],
    [
      'a field of anything',
      'a.py',
      'def f(session):\n    session.verify = False\n    self.verify = None\n',
      { set: '*.verify', when: { value: 'false' } },
      ['2 false verify'],
    ],
    [
      'a decorator',
      'a.py',
      'from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef pay(request):\n    pass\n',
      { read: 'django.views.decorators.csrf.csrf_exempt' },
      ['2 pay'],
    ],
    [
      'a function that says yes to everybody',
      'a.ts',
      "import { Client } from 'ssh2';\nnew Client().connect({ host, hostVerifier: () => true });\nnew Client().connect({ host, hostVerifier: (key) => known.has(key) });\n",
      { call: '*.connect', when: { '0.hostVerifier': { returns: 'true' } } },
      ['2 { host, hostVerifier: () => true }'],
    ],
    [
      'any object',
      'a.ts',
      "const VERSION = 'TLSv1';\nconst options = { host, minVersion: VERSION };\nconst other = { host };\n",
      { made: '*', when: { minVersion: 'TLSv1(\\.1)?' }, at: 'minVersion' },
      ['2 TLSv1 options'],
    ],
    [
      'one of a list',
      'a.py',
      "import cors\ncors.add(allow_origins=['https://a.example', '*'])\ncors.add(allow_origins=['https://a.example'])\n",
      { call: 'cors.add', when: { allow_origins: { item: '\\*' } } },
      ["2 ['https://a.example', '*']"],
    ],
    [
      'of several results the first',
      'a.go',
      'package a\nimport "x"\nvar u = x.Up(func(r int) (bool, error) {\n\tif r > 0 {\n\t\treturn true, nil\n\t}\n\treturn true, nil\n})\n',
      { call: 'x.Up', when: { '0': { returns: 'true' } } },
      ['3 func(r int) (bool, error) { if r > 0 { return true, nil } r… u'],
    ],
  ])('%s', async (_, path, text, clause, lines) => {
    expect((await find(path, text, clause)).map((one) => one.replace(/ f$/, ''))).toEqual(lines);
  });
  const SWITCHED = { call: 'requests.get', when: { verify: 'false' }, switched: 'insecure|debug' };
  it.each([
    ['nobody switches', 'def f(u):\n    requests.get(u, verify=False)\n', ['3 false f']],
    ['under a switch', 'def f(u, insecure):\n    if insecure:\n        requests.get(u, verify=False)\n', []],
    [
      'behind one that leaves',
      'def f(u, o):\n    if not o.debug:\n        return\n    requests.get(u, verify=False)\n',
      [],
    ],
    ['a choice', 'def f(u, o):\n    return requests.get(u, verify=False) if o.insecure else None\n', []],
    ['another condition', 'def f(u, o):\n    if o.fast:\n        requests.get(u, verify=False)\n', ['4 false f']],
    [
      'behind one that ends',
      'def f(u, o):\n    if o.debug:\n        log(u)\n    requests.get(u, verify=False)\n',
      ['5 false f'],
    ],
  ])('a switch of the operator: %s', async (_, text, lines) => {
    expect(await find('a.py', `import requests\n${text}`, SWITCHED)).toEqual(lines);
  });
});

describe('an argument', () => {
  const IV = { call: 'crypto.createCipheriv', when: { '2': { constant: true } } };
  it.each([
    ['a list of numbers', 'const iv = [1, 2, 3];', ['3 iv']],
    ['one number of the list is not known', 'const iv = [1, 2, read()];', []],
    [
      'a field that nobody changes',
      'class A { iv = "abc"; f() { seal(this.iv); } }\nconst iv = new A().iv;',
      ['4 abc'],
    ],
  ])('that is constant: %s', async (_, made, lines) => {
    const text = `import { createCipheriv } from 'crypto';\n${made}\ncreateCipheriv('a', k, iv);`;
    expect(await find('a.ts', text, IV)).toEqual(lines);
  });
  it('is a constant text so many times', async () => {
    const clause = { call: 'vault.seal', when: { '0': { constant: true } } };
    const text = "import vault\nvault.seal('0' * 16)\nvault.seal('0' * n)\nvault.seal(b'ab' * 10 ** 9)\n";
    expect(await find('a.py', text, clause)).toEqual(['2 0000000000000000']);
  });
  const NAMED = { call: 'hashlib.md5', when: { '0': { named: 'password' } } };
  it.each([
    ['as it is written', 'hashlib.md5((salt + user.password).encode())', ['2']],
    ['by the name of a variable in its text', 'text = f"{salt}:{password}"\nhashlib.md5(text)', ['3']],
    ['something else', 'hashlib.md5(body)', []],
  ])('that is named so: %s', async (_, text, lines) => {
    const found = await find('a.py', `import hashlib\n${text}\n`, NAMED);
    expect(found.map((one) => one.split(' ')[0])).toEqual(lines);
  });
});

describe('a list', () => {
  it.each([
    ['that has it', "jwt.verify(t, k, { algorithms: ['HS256', 'none'] });", ["2 { algorithms: ['HS256', 'none'] }"]],
    ['that has it not', "jwt.verify(t, k, { algorithms: ['HS256'] });", []],
    ['of a name', "const list = ['none'];\njwt.verify(t, k, { algorithms: list });", ['3 { algorithms: list }']],
  ])('%s', async (_, line, lines) => {
    const clause = { call: 'jsonwebtoken.verify', when: { '2.algorithms': { includes: 'none' } } };
    expect(await find('a.ts', `import jwt from 'jsonwebtoken';\n${line}`, clause)).toEqual(lines);
  });
});

describe('the text of the function around it', () => {
  const text = 'import hashlib\ndef f(p):\n    return hashlib.sha1(p)[:5]\ndef g(p):\n    return hashlib.sha1(p)\n';
  it.each([
    ['matches', { around: '\\[:5\\]' }, ['3 f']],
    ['does not', { notAround: '\\[:5\\]' }, ['5 g']],
  ])('%s', async (_, around, lines) => {
    expect(await find('a.py', text, { call: 'hashlib.sha1', ...around })).toEqual(lines);
  });
  it('a function around it is told apart from a name', async () => {
    const clause = { call: 'Math.random', near: '(?:^|\\s)make\\w*\\(\\)' };
    const code = 'function makeToken() { return Math.random(); }\nconst makeToken2 = Math.random();';
    expect(await find('a.ts', code, clause)).toEqual(['1 makeToken']);
  });
});

describe('what is empty until something is written to it', () => {
  const seal = { call: 'crypto/cipher.NewCTR', when: { '1': 'make\\(\\)' } };
  it.each([
    ['nothing was', '', ['5 make() f']],
    ['a library may have written to it', 'io.ReadFull(rand.Reader, iv)', []],
    ['a function of the program may have', 'fill(iv)', []],
    ['to a part of it', 'binary.BigEndian.PutUint64(iv[8:], n)', []],
  ])('%s', async (_, line, lines) => {
    const text = `package a\nimport ("crypto/cipher"; "crypto/rand"; "io")\nfunc fill(b []byte) { rand.Read(b) }\nfunc f() { iv := make([]byte, 16); ${line}\n cipher.NewCTR(b, iv) }`;
    const blank = LibraryModel.parse({
      library: 'a',
      language: 'go',
      documentation: ['https://go.dev'],
      blank: ['make'],
    });
    expect(await find('a.go', text, seal, [blank])).toEqual(lines);
  });
});

describe('a function that answers requests', () => {
  const ENDS = { call: ['process.exit', 'sys.exit', 'os.Exit', 'log.Fatal'], inside: ['handler'] };
  it.each([
    ['Express', 'a.ts', "app.get('/', (req, res) => {\n  process.exit(1);\n});\n", ['2']],
    ['within it', 'a.ts', "app.get('/', (req, res) => {\n  db.on('error', () => process.exit(1));\n});\n", ['2']],
    ['Nest', 'a.ts', 'class A {\n  @Post()\n  save() {\n    process.exit(1);\n  }\n}\n', ['4 save']],
    ['a start', 'a.ts', 'function main(config) {\n  process.exit(1);\n}\n', []],
    ['Flask', 'a.py', "import sys\n@app.route('/')\ndef index():\n    sys.exit(1)\n", ['4 index']],
    ['Django', 'a.py', 'import sys\nclass V(View):\n    def get(self, request):\n        sys.exit(1)\n', ['4 get']],
    ['a command', 'a.py', 'import sys\ndef main(arguments):\n    sys.exit(1)\n', []],
    [
      'net/http',
      'a.go',
      'package a\nimport "os"\nfunc f(w http.ResponseWriter, r *http.Request) { os.Exit(1) }',
      ['3 f'],
    ],
    ['main', 'a.go', 'package a\nimport "os"\nfunc main() { os.Exit(1) }', []],
    ['a client', 'a.go', 'package a\nimport "os"\nfunc (r *Request) send() { os.Exit(1) }', []],
  ])('%s', async (_, path, text, lines) => {
    expect(await find(path, text, ENDS)).toEqual(lines);
  });
});

it('a pattern with a modifier, which Node 22 does not read, is no pattern', () => {
  expect(() => UseClause.parse({ call: 'a', near: '(?:a|b)(?-i:[A-Z])' })).toThrow('has a modifier');
});

describe('what only a comment says', () => {
  const where = (clause: object): object => ({ call: 'crypto.createHash', ...clause });
  const file = (comment: string): string =>
    `import crypto from 'crypto';\n${comment}\nfunction f() {\n  ${comment}\n  crypto.createHash(a);\n  ${comment}\n}\n`;
  it.each([
    ['of a file', { notFile: 'jwtVerify' }, ['5 f']],
    ['of the function', { notAround: 'jwtVerify' }, ['5 f']],
    ['before the place', { notBefore: 'jwtVerify' }, ['5 f']],
    ['behind it, and is needed', { behind: 'jwtVerify' }, []],
    ['in the file, and is needed', { file: 'jwtVerify' }, []],
    ['in the function, and is needed', { around: 'jwtVerify' }, []],
  ])('%s', async (_, clause, lines) => {
    for (const comment of ['// jwtVerify', '/* jwtVerify() */', 'x(/* it is\n jwtVerify */)'])
      expect(await find('a.ts', file(comment), where(clause))).toEqual(
        lines.map((one) => (comment.includes('\n') ? one.replace('5', '7') : one)),
      );
  });

  it.each([
    ['a string that looks like one', "const a = '/*'; jwtVerify(); /* x */"],
    ['an address', "fetch('https://a.example/' + jwtVerify())"],
    ['a hash in a text', "x(' # ', jwtVerify())"],
  ])('%s is none', async (_, code) => {
    expect(await find('a.ts', file(code), where({ notFile: 'jwtVerify' }))).toEqual([]);
  });

  it('a directive of Go is no comment', async () => {
    const clause = { call: 'io.ReadAll', notFile: '//go:embed' };
    const text = (said: string): string =>
      `package a\nimport "io"\n\n${said} x\nvar x string\nfunc f() { io.ReadAll(b) }\n`;
    expect(await find('a.go', text('//go:embed'), clause)).toEqual([]);
    expect(await find('a.go', text('// go:embed'), clause)).toEqual(['6 f']);
  });
});

it('is not silenced by a docstring, nor by blanks where a comment stood', async () => {
  const clause = { call: 'hashlib.md5', inside: ['function'], notAround: 'limit' };
  const file = (said: string) => `import hashlib\ndef f(a):\n    ${said}\n    return hashlib.md5(a)\n`;
  expect(await find('a.py', file('"""There is a limit."""'), clause)).toEqual(['4 f']);
  expect(await find('a.py', file('limit(a)'), clause)).toEqual([]);
  expect(await find('a.py', file('a = 1  # as before'), { ...clause, around: 'a = 1\\n' })).toEqual(['4 f']);
});
