import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../../src/analysis/contracts/openapi/check-spec.ts';
import { parseSpec } from '../../../src/analysis/contracts/openapi/parse-spec.ts';
import { startProcessorClock } from '../../support/processor-time.ts';
import { analyse, findBreaks } from './find-breaks.ts';

const SPEC = `openapi: 3.0.3
info: { title: a, version: '1' }
paths:
  /a:
    get:
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
components:
  schemas:
`;

const PROTO =
  'syntax = "proto3";\nmessage A {\n  int32 a = 1;\n  oneof b { string c = 2; }\n}\nservice S { rpc Get(A) returns (A); }\n';

const gap = async (path: string, base: string, head: string): Promise<string> => {
  const { outcome } = await analyse(path, base, head);
  return outcome.status === 'analysed' ? '' : outcome.reason;
};

describe('a hostile specification', () => {
  it('of references in a circle ends', async () => {
    const circle = `${SPEC}    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n`;
    expect(await findBreaks('openapi.yaml', circle, `${circle}    C: {}\n`)).toEqual([]);
    const nested = `${SPEC}    A: { properties: { a: { $ref: '#/components/schemas/A' }, b: { type: string } } }\n`;
    expect(await findBreaks('openapi.yaml', nested, nested.replace(', b: { type: string }', ''))).toHaveLength(1);
    const either = `${SPEC}    A: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }\n`;
    expect(await findBreaks('openapi.yaml', either, `${either}    C: {}\n`)).toEqual([]);
    const all = `${SPEC}    A: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/A' }] }\n`;
    expect(await findBreaks('openapi.yaml', all, `${all}    C: {}\n`)).toEqual([]);
  });

  it('of many parts is given up in parts', async () => {
    const names = Array.from({ length: 12 }, (_, index) => index);
    const bomb = `${SPEC}    A: { $ref: '#/components/schemas/S0' }\n${names
      .map(
        (at) =>
          `    S${at}: { allOf: [${names.map(() => `{ $ref: '#/components/schemas/S${at + 1}' }`).join(', ')}] }\n`,
      )
      .join('')}    S12: { type: object }\n`;
    expect(await findBreaks('openapi.yaml', bomb, `${bomb}    C: {}\n`)).toEqual([]);
  });

  it('of aliases stays as small as its text', () => {
    const levels = Array.from(
      { length: 30 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
    );
    expect(parseSpec(`a0: &a0 [x]\n${levels.join('\n')}`)).toHaveProperty('members');
    expect(parseSpec('a: &a [*a]\nb: &b { <<: *b, c: 1 }')).toHaveProperty('members');
    const many = Array.from({ length: 2000 }, (_, at) => `k${at}: *a`).join('\n');
    expect(parseSpec(`a: &a [x]\n${many}`)).toMatch(/more than 1000 anchors/);
  });

  it('that is nested without end is named', async () => {
    expect(await gap('openapi.yaml', SPEC, `${SPEC}    A: ${'['.repeat(5000)}\n`)).toMatch(/deep/);
    const deep = Array.from({ length: 900 }, (_, at) => `${' '.repeat(at)}a:`).join('\n');
    expect(await gap('openapi.yaml', SPEC, deep)).toBe('');
    expect(await gap('schema.graphql', 'type Query { a: Int }', `type Query { a: ${'['.repeat(100_000)}Int`)).not.toBe(
      '',
    );
  });

  it.each([
    ['openapi.yaml', SPEC, `${SPEC}    A: {`, /no YAML/],
    ['openapi.json', '{"openapi": "3.0.0"}', '{"openapi": "3.0.0", "paths": {', /no YAML/],
    ['openapi.yaml', `${SPEC}    A: {`, SPEC, /text before was not compared/],
    ['schema.graphql', 'type Query { a: Int }', 'type Query { a: In', /no GraphQL: line 1/],
    ['a.proto', PROTO, PROTO.slice(0, -10), /no protobuf: line/],
    ['a.proto', PROTO.slice(0, 60), PROTO, /text before was not compared/],
    ['a.proto', PROTO, '/* '.repeat(10_000), /^$/],
    ['a.proto', PROTO, 'message A {'.repeat(5000), /no protobuf/],
    ['a.proto', PROTO, '{ ['.repeat(50_000), /no protobuf/],
    ['a.proto', PROTO, '"\n'.repeat(5000), /no protobuf/],
  ])('%s that is cut off is named, not passed', async (path, base, head, reason) => {
    expect(await gap(path, base, head)).toMatch(reason);
  });

  it('takes no long time for thousands of operations under thousands of requirements', () => {
    const paths = Array.from({ length: 2000 }, (_, at) => `  /p${at}:\n    post: {}\n`).join('');
    const schemes = 'components:\n  securitySchemes:\n    k: { type: http, scheme: bearer }\n';
    const took = startProcessorClock();
    checkSpec(
      `openapi: 3.0.0\nsecurity:\n${'  - k: []\n'.repeat(2000)}paths:\n  /admin:\n    get: {}\n${paths}${schemes}`,
    );
    // It took seven seconds.
    expect(took()).toBeLessThan(2000);
  });

  it('never makes us read another file', async () => {
    const out = (file: string): string => `${SPEC}    A: { $ref: '${file}' }\n`;
    for (const file of ['file:///etc/passwd', 'http://127.0.0.1:1/a.yaml', '../a.yaml#/A'])
      expect(await findBreaks('openapi.yaml', out('./a.yaml'), out(file))).toEqual([]);
    const inner = await findBreaks('openapi.yaml', out('./a.yaml'), out('#/__proto__/constructor'));
    expect(inner.map(({ title }) => title)).toEqual(['A reference leads nowhere']);
  });

  it('has names that mean something to JavaScript', async () => {
    const odd = `${SPEC}    A: { properties: { __proto__: { type: string }, constructor: { type: string }, toString: { type: string } } }\n`;
    const found = await findBreaks('openapi.yaml', odd, odd.replace('__proto__: { type: string }, ', ''));
    expect(found.map(({ explanation }) => explanation)).toEqual([expect.stringContaining('`__proto__`')]);
    expect(
      await gap('schema.graphql', 'type Query { toString: Int, constructor: Int }', 'type Query { constructor: Int }'),
    ).toBe('');
  });
});
