import { describe, expect, it } from 'vitest';
import { findBreaks } from './find-breaks.ts';

const SPEC = `openapi: 3.0.3
info: { title: Orders, version: 1.4.0 }
paths:
  /orders:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
  /marks:
    get:
      responses: { '200': { description: ok } }
components:
  schemas:
    Order:
      properties:
        id: { type: string }
        note: { type: string }
    Mark:
      properties:
        id: { type: string }
`;
const NOTE = '        note: { type: string }\n';
const SAID = '# backend-dev: breaking accepted by ana: the two clients were updated on Monday\n';

async function judge(head: string, base = SPEC): Promise<string[]> {
  const found = await findBreaks('openapi.yaml', base, head);
  return found.map(({ severity, explanation }) => `${severity}${/Line \d+ says.*/.exec(explanation)?.[0] ?? ''}`);
}

describe('an accepted break', () => {
  it('is still told, as the least, with who accepted it and why', async () => {
    const head = SPEC.replace(NOTE, `        ${SAID}`);
    expect(await judge(head)).toEqual([
      'lowLine 19 says that `ana` accepts this: `the two clients were updated on Monday`.',
    ]);
  });

  it.each([
    ['above the schema', SPEC.replace(NOTE, '').replace('    Order:\n', `    ${SAID}    Order:\n`)],
    ['at the top of the file', SAID + SPEC.replace(NOTE, '')],
    [
      'as a member, which JSON has as well',
      SPEC.replace(NOTE, '').replace(
        '    Order:\n',
        '    Order:\n      x-backend-dev-breaking-accepted: "ana: none reads it"\n',
      ),
    ],
    [
      'as a member of the whole',
      SPEC.replace(NOTE, '').replace('info:', 'x-backend-dev-breaking-accepted: "ana: none reads it"\ninfo:'),
    ],
    ['where the path stood', SPEC.replace(/ {2}\/marks:[^]*?(?=components)/, `  ${SAID}`)],
  ])('%s', async (_, head) => {
    expect(await judge(head)).toEqual([expect.stringMatching(/^lowLine/)]);
  });

  it.each([
    ['of another schema', SPEC.replace(NOTE, '').replace('    Mark:\n', `    Mark:\n      ${SAID}`)],
    ['without a reason', SPEC.replace(NOTE, '        # backend-dev: breaking accepted by ana:\n')],
    ['without a name', SPEC.replace(NOTE, '        # backend-dev: breaking accepted: fine\n')],
  ])('is not what is accepted %s', async (_, head) => {
    expect(await judge(head)).toEqual(['high']);
  });

  it('is not what an earlier change accepted', async () => {
    const base = SAID + SPEC;
    expect(await judge(base.replace(NOTE, ''), base)).toEqual(['high']);
  });

  it('is shown and changes nothing where it comes from a fork', async () => {
    const head = SPEC.replace(NOTE, `        ${SAID}`);
    const [finding] = await findBreaks('openapi.yaml', SPEC, head, { foreign: true });
    expect(finding?.severity).toBe('high');
    expect(finding?.explanation).toContain(
      'Line 19 says that `ana` accepts this: `the two clients were updated on Monday`. It comes from a fork,',
    );
    // What was announced on the base was announced.
    const beta = head.replaceAll('/orders', '/v1beta1/orders');
    const gone = (text: string) => text.replace(/ {2}\/v1beta1[^]*?(?= {2}\/marks)/, `  ${SAID}`);
    const [early] = await findBreaks('openapi.yaml', beta, gone(beta), { foreign: true });
    expect(early).toMatchObject({ severity: 'low', explanation: expect.stringContaining('It comes from a fork,') });
  });

  it('cannot write into the comment what is not its name or reason', async () => {
    const head = SPEC.replace(NOTE, '        # backend-dev: breaking accepted by a`b: <img src=x> `](http://x)\n');
    const [finding] = await findBreaks('openapi.yaml', SPEC, head);
    expect(finding?.explanation).toContain("`a'b` accepts this: `<img src=x> '](http://x)`.");
  });

  it('stands in GraphQL as well', async () => {
    const base = 'type Query {\n  a: Int\n  b: Int\n}\n';
    const head = 'type Query {\n  a: Int\n  # backend-dev: breaking accepted by bo: unused for a year\n}\n';
    const [finding] = await findBreaks('schema.graphql', base, head);
    expect(finding).toMatchObject({ severity: 'low', ruleId: 'graphql-field-removed' });
  });
});

describe('what was announced', () => {
  const deprecated = (text: string): string =>
    text.replace('  /marks:\n    get:\n', '  /marks:\n    get:\n      deprecated: true\n');
  const gone = SPEC.replace(/ {2}\/marks:[^]*?(?=components)/, '');

  it.each([
    ['was deprecated on the base', gone, deprecated(SPEC), 'low'],
    ['becomes deprecated by the change alone', gone, SPEC, 'high'],
    ['is a new major version', gone.replace('1.4.0', '2.0.0'), SPEC, 'low'],
    ['is a new minor version', gone.replace('1.4.0', '1.5.0'), SPEC, 'high'],
    ['is at a path that promises nothing', gone, SPEC.replace('/marks', '/v1beta1/marks'), 'low'],
  ])('%s', async (_, head, base, severity) => {
    expect(await judge(head, base)).toEqual([severity]);
  });

  it('a new major version of a fork lowers nothing', async () => {
    const head = gone.replace('1.4.0', '2.0.0');
    const [finding] = await findBreaks('openapi.yaml', SPEC, head, { foreign: true });
    expect(finding).toMatchObject({
      severity: 'high',
      explanation: expect.stringContaining('a fork that lowers nothing.'),
    });
    const [announced] = await findBreaks('openapi.yaml', deprecated(SPEC), head, { foreign: true });
    expect(announced?.severity).toBe('low');
  });

  it('was deprecated in GraphQL', async () => {
    const base = 'type Query {\n  a: Int\n  b: Int @deprecated\n}\n';
    expect(await findBreaks('schema.graphql', base, base.replace('  b: Int @deprecated\n', ''))).toMatchObject([
      { severity: 'low' },
    ]);
  });
});
