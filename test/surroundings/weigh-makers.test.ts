import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import { pickNew, toBaseFindings } from '../../src/findings/base-finding.ts';
import { gradeOf, type RawFinding } from '../../src/findings/finding.ts';
import { weighMakers } from '../../src/surroundings/weigh-makers.ts';
import { finding as aFinding } from '../support/finding.ts';

async function weigh(files: Record<string, string>, own: Partial<RawFinding>): Promise<RawFinding | undefined> {
  const path = Object.keys(files)[0] ?? '';
  const finding: RawFinding = { ...aFinding(), ruleId: 'predictable-token', source: 'rules', trace: [], ...own, path };
  const analysis = {
    path,
    outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const find = async (words: readonly string[]): Promise<Map<string, string>> =>
    new Map(Object.entries(files).filter(([, text]) => words.some((word) => text.includes(word))));
  const [made] = await weighMakers([analysis], find);
  const outcome = made?.outcomes[0]?.outcome;
  return outcome && outcome.status !== 'failed' ? outcome.findings[0] : undefined;
}

const HELPERS = `package util
// RandomText returns a text.
func RandomText(n int) string {
	return randomOf("", n)
}
func randomOf(prefix string, n int) string {
	b[i] = letters[random.Intn(len(letters))]
	return prefix + string(b)
}
`;

describe('what is made with a predictable generator, by what its callers do', () => {
  it.each([
    ['a token, behind two helpers', { 'users.go': 'func (m *M) Add() {\n\ttoken := util.RandomText(32)\n}\n' }, 'high'],
    ['a field', { 'users.go': 'func (m *M) Add() {\n\tm.apiKey = util.RandomText(32)\n}\n' }, 'high'],
    [
      'a function that makes a secret',
      { 'a.go': 'func GenerateToken() string {\n\treturn util.RandomText(32)\n}\n' },
      'high',
    ],
    [
      'among others',
      { 'a.go': 'a := util.RandomText(3)\n', 'b.go': 'open(util.RandomText(3))\npassword := util.RandomText(9)\n' },
      'high',
    ],
    [
      'the code of an invitation',
      { 'invitation.go': 'func (i *Invitation) Create() error {\n\ti.Code = util.RandomText(9)\n}\n' },
      'high',
    ],
    ['one that is made with it', { 'a.go': 'one := Invitation{\n\tCode: util.RandomText(9),\n}\n' }, 'high'],
    [
      'the code of a coupon',
      { 'coupon.go': 'func (c *Coupon) Create() error {\n\tc.Code = util.RandomText(9)\n}\n' },
      'low',
    ],
    [
      'a code of something else',
      { 'invitation.go': 'func (i *Invitation) Show(page *Page) {\n\tpage.Code = util.RandomText(9)\n}\n' },
      'low',
    ],
    ['ids', { 'a.go': 'requestID := util.RandomText(9)\n' }, 'low'],
    ['the token of a page', { 'a.go': 'pageToken := util.RandomText(9)\n' }, 'low'],
    ['what is not known', { 'a.go': 'open(util.RandomText(9))\n' }, 'low'],
    ['data of a demonstration', { 'cmd/demoData/a.go': 'token := util.RandomText(9)\n' }, 'low'],
    ['a test', { 'a_test.go': 'token := util.RandomText(9)\n' }, 'low'],
    ['a comment', { 'a.go': '// token := util.RandomText(9)\n' }, 'low'],
    ['a function of a library that is called so', { 'svc/a.go': 'token := strong.RandomText(9)\n' }, 'low'],
    ['another function', { 'a.go': 'token := util.CryptoRandomText(9)\n' }, 'low'],
    ['a name that it has to be compared with', { 'a.go': 'if token == util.RandomText(9) {\n' }, 'low'],
  ])('%s', async (_, others, confidence) => {
    const found = await weigh({ 'util.go': HELPERS, ...others }, { symbol: 'randomOf', confidence: 'low' });
    expect(found?.confidence).toBe(confidence);
  });

  it.each([
    ['the id of a message', { 'a.go': 'txnId := randomOf("", 24)\n' }, 'low'],
    ['any name that is no secret', { 'a.go': 'label := randomOf("", 24)\n' }, 'low'],
    ['a name and what is not known', { 'a.go': 'label := randomOf("", 24)\nopen(randomOf("", 3))\n' }, 'high'],
    ['a secret', { 'a.go': 'label := randomOf("", 24)\npassword := randomOf("", 3)\n' }, 'high'],
  ])('a function whose name says nothing: %s', async (_, others, confidence) => {
    const text = `package a\nfunc randomOf(prefix string, n int) string {\n\treturn random()\n}\n`;
    const found = await weigh(
      { 'util.go': text, ...others },
      { symbol: 'randomOf', severity: 'low', confidence: 'high' },
    );
    expect(found?.confidence).toBe(confidence);
  });

  it('what stood on the base is as certain there', async () => {
    const finding = { ...aFinding(), ruleId: 'predictable-token', symbol: 'randomOf', confidence: 'low' as const };
    const analysis = {
      path: finding.path,
      outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
      before: toBaseFindings([finding]),
    } as unknown as FileAnalysis;
    const texts = new Map([
      ['a.go', 'token := randomOf("", 24)\n'],
      [finding.path, HELPERS],
    ]);
    const own = { ...analysis, path: finding.path };
    const [made] = await weighMakers([own], async () => texts);
    const outcome = made?.outcomes[0]?.outcome;
    const found = outcome && outcome.status !== 'failed' ? outcome.findings : [];
    expect(found.map(gradeOf)).toEqual(made?.before?.map(({ grade }) => grade));
    expect([...pickNew(found, made?.before ?? [], [])]).toEqual([]);
  });

  it('of a thousand names some are looked for, each once', async () => {
    const wrappers = Array.from({ length: 1000 }, (_, n) => `function wrapper${n}() {\n  return randomText(8);\n}\n`);
    const files = { 'a.ts': `function randomText(n) {\n  return random();\n}\n${wrappers.join('')}` };
    let asked = 0;
    const find = async (): Promise<Map<string, string>> => {
      asked += 1;
      return new Map(Object.entries(files));
    };
    const finding: RawFinding = { ...aFinding(), ruleId: 'predictable-token', symbol: 'randomText', path: 'a.ts' };
    const analysis = {
      path: 'a.ts',
      outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
    } as unknown as FileAnalysis;
    await weighMakers([analysis], find);
    expect(asked).toBeLessThan(50);
  });

  it('a function that only uses it on its way gives something else', async () => {
    const files = {
      'util.py': 'def encrypt(self, value):\n    return seal(random())\n',
      'a.py': 'password = c.encrypt(x)\n',
    };
    expect((await weigh(files, { symbol: 'Cisco.encrypt', confidence: 'low' }))?.confidence).toBe('low');
  });

  const drawn = 'export function randomChars(length: number) {\n  return letters[Math.random() * length];\n}\n';
  const token = 'export function createToken() {\n  return randomChars(24);\n}\n';

  it.each([
    [
      'a function of its own by that name',
      { 'lib/util.ts': `import { PrismaClient } from '@prisma/client';\n${drawn}${token}` },
    ],
    [
      'one that is kept in a constant',
      { 'lib/util.ts': `import '@prisma/client';\nconst randomChars = (length: number) => draw(length);\n${token}` },
    ],
    [
      'one of another file',
      { 'lib/token.ts': `import '@prisma/client';\nimport { chunk, randomChars } from 'lib/util';\n${token}` },
    ],
  ])('does not mistake for it %s', async (_, others) => {
    const files = { 'lib/utils/client.ts': drawn, ...others };
    expect((await weigh(files, { symbol: 'randomChars', confidence: 'low' }))?.confidence).toBe('low');
  });

  it.each(['./client', 'lib/utils/client.js', 'lib/utils'])('follows an import from %s', async (module) => {
    const files = {
      'lib/utils/client.ts': drawn,
      'lib/token.ts': `import { randomChars } from '${module}';\n${token}`,
    };
    expect((await weigh(files, { symbol: 'randomChars', confidence: 'low' }))?.confidence).toBe('high');
  });

  it('names the caller', async () => {
    const files = { 'util.go': HELPERS, 'users.go': 'package users\n\ntoken := util.RandomText(32)\n' };
    const found = await weigh(files, { symbol: 'randomOf', confidence: 'low' });
    expect(found?.explanation).toContain('`token` in `users.go`, line 3');
  });

  it.each([
    ['ids of a device', '    this.deviceId = `${PREFIX}-${this.randomToken(12)}`;\n', 'low'],
    [
      'an id and a token',
      '    this.deviceId = this.randomToken(12);\n    this.accessToken = this.randomToken(12);\n',
      'high',
    ],
    [
      'an id and what is not known',
      '    this.deviceId = this.randomToken(12);\n    send(this.randomToken(12));\n',
      'high',
    ],
  ])('a function whose name says more than it does: %s', async (_, used, confidence) => {
    const text = `class Adapter {\n  constructor() {\n${used}  }\n  private randomToken(length: number): string {\n    return out + Math.random();\n  }\n}\n`;
    const found = await weigh({ 'a.ts': text }, { symbol: 'Adapter.randomToken', confidence: 'high' });
    expect(found?.confidence).toBe(confidence);
  });
});
