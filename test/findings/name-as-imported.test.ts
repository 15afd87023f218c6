import { describe, expect, it } from 'vitest';
import { createFit, nameAsImported } from '../../src/findings/name-as-imported.ts';
import { finding } from '../support/finding.ts';

const told = (kind: string, text: string, fix: string) => nameAsImported(finding({ fix }), { kind, text }).fix;

describe('a fix in the names of the file', () => {
  it.each([
    [
      'go',
      'import (\n\tcrand "crypto/rand"\n\t"math/rand"\n)\n',
      '`rand.Read` of `crypto/rand`',
      '`crand.Read` of `crypto/rand`',
    ],
    ['go', 'import (\n\t"crypto/rand"\n\tmrand "math/rand"\n)\n', '`rand.Read`', '`rand.Read`'],
    [
      'go',
      'import (\n\tnethttp "net/http"\n)\n',
      '`&http.Client{Timeout: 5 * time.Second}`',
      '`&nethttp.Client{Timeout: 5 * time.Second}`',
    ],
    ['go', 'import gojwt "github.com/golang-jwt/jwt/v5"\n', '`jwt.Parse(token, key)`', '`gojwt.Parse(token, key)`'],
    ['go', 'import "net/http"\n', 'Use http.Client, `req.http.Client`', 'Use http.Client, `req.http.Client`'],
    ['python', 'import subprocess as sp\n', '`subprocess.run([…])`', '`sp.run([…])`'],
    ['python', 'from hmac import new, compare_digest as same\n', '`hmac.compare_digest(a, b)`', '`same(a, b)`'],
    ['python', 'from hmac import compare_digest\n', '`hmac.compare_digest(a, b)`', '`compare_digest(a, b)`'],
    [
      'python',
      'import hmac\nfrom hmac import compare_digest\n',
      '`hmac.compare_digest(a, b)`',
      '`hmac.compare_digest(a, b)`',
    ],
    ['python', 'from hmac import new\n', '`hmac.compare_digest(a, b)`', '`hmac.compare_digest(a, b)`'],
    [
      'typescript',
      "import { createHmac } from 'node:crypto';\n",
      '`crypto.timingSafeEqual(a, b)`',
      '`timingSafeEqual(a, b)`',
    ],
    ['typescript', "import { randomBytes as bytes } from 'crypto';\n", '`crypto.randomBytes(32)`', '`bytes(32)`'],
    [
      'typescript',
      "import * as nodeCrypto from 'crypto';\n",
      '`crypto.randomBytes(32)`',
      '`nodeCrypto.randomBytes(32)`',
    ],
    ['typescript', "import crypto from 'node:crypto';\n", '`crypto.randomBytes(32)`', '`crypto.randomBytes(32)`'],
    ['javascript', "const { sign } = require('jsonwebtoken');\n", '`jwt.verify(token, key)`', '`verify(token, key)`'],
    ['javascript', '', '`crypto.randomBytes(32)`', '`crypto.randomBytes(32)`'],
    ['sql', '', '`a.b`', '`a.b`'],
  ])('%s: %s', (kind, text, fix, expected) => {
    expect(told(kind, text, fix)).toBe(expected);
  });

  it('leaves what has none', () => {
    expect(nameAsImported(finding({ fix: null }), { kind: 'go', text: '' }).fix).toBe(null);
  });
});

describe('an exact fix names only what the file has', () => {
  const fitted = (kind: string, text: string, replacement: string) => {
    const endLine = text.split('\n').length;
    return createFit({ kind, text })({ startLine: endLine, endLine, replacement })?.replacement ?? null;
  };
  it.each([
    ['python', 'import time\n    time.sleep(1)', '    await asyncio.sleep(1)', null],
    ['python', '# asyncio is slow\nimport time\n    time.sleep(1)', '    await asyncio.sleep(1)', null],
    ['python', 'def a():\n    import asyncio\n    time.sleep(1)', '    await asyncio.sleep(1)', null],
    [
      'python',
      'import os, asyncio # io\n    time.sleep(1)',
      '    await asyncio.sleep(1)',
      '    await asyncio.sleep(1)',
    ],
    ['python', 'import asyncio as aio\n    time.sleep(1)', '    await asyncio.sleep(1)', '    await aio.sleep(1)'],
    ['python', 'from asyncio import sleep\n    time.sleep(1)', '    await asyncio.sleep(1)', '    await sleep(1)'],
    ['python', 'x = yaml.load(a)', 'x = yaml.safe_load(a)', 'x = yaml.safe_load(a)'],
    ['python', 'row = one()\nx = 1', 'x = row.value', 'x = row.value'],
    ['go', 'import "net/http"\n\thttp.Get(u)', '\tctx.Do(strings.TrimSpace(u))', null],
    ['go', 'import (\n\ttext "strings"\n)\n\tuse(u)', '\tuse(strings.TrimSpace(u))', '\tuse(text.TrimSpace(u))'],
    ['typescript', "import { createHmac } from 'node:crypto';\na === b", 'path.join(a, b)', null],
    ['typescript', "import { join } from 'node:path';\na === b", 'path.join(a, b)', 'join(a, b)'],
    ['typescript', "import { join } from 'node:path';\na === b", 'path.resolve(a, b)', null],
    [
      'typescript',
      'go(a)',
      'const rows = await go(a);\nreturn rows.length;',
      'const rows = await go(a);\nreturn rows.length;',
    ],
    ['typescript', 'go(a)', "go('see example.org', process.env.A)", "go('see example.org', process.env.A)"],
  ])('%s: %j', (kind, text, replacement, expected) => {
    expect(fitted(kind, text, replacement)).toBe(expected);
  });
});
