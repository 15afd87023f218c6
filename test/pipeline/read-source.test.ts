import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/pipeline/read-source.ts';
import { decideSelection } from '../../src/scope/select.ts';

function kindOf(path: string, text: string) {
  const selection = decideSelection(path);
  if (!('kind' in selection)) return selection.reasonCode;
  const source = readSource(path, selection, { kind: 'text', text });
  return typeof source === 'string' ? source : source.kind;
}

describe('what only its own name calls a test', () => {
  it.each([
    ['src/user.test.ts', "import { it } from 'vitest';\nit('works', () => {});\n"],
    ['src/user.spec.js', "describe('a user', function () {\n  it('works', () => {});\n});\n"],
    ['src/user-test.js', "const assert = require('assert');\nassert.equal(1, 1);\n"],
    ['src/user.e2e.ts', "import { test } from '@playwright/test';\ntest('works', async () => {});\n"],
    ['app/user_test.py', 'from app import user\n\ndef test_works():\n    assert user.ok\n'],
    ['app/user_test.py', 'class UserTest(Base):\n    def test_works(self):\n        self.ok()\n'],
  ])('%s is one by what it holds', (path, text) => expect(kindOf(path, text)).toBe('test'));

  it.each([
    [
      'src/services/ab-test.ts',
      'export async function pick(req) {\n  return db.query(`select ${req.query.a}`);\n}\n',
      'typescript',
    ],
    ['src/routes/speed.test.js', "app.get('/speed', (req, res) => res.send(test(req)));\n", 'javascript'],
    ['clinic/blood_test.py', 'class Blood(Model):\n    taken = DateField()\n', 'python'],
  ])('%s is code by what it holds', (path, text, kind) => expect(kindOf(path, text)).toBe(kind));
});
