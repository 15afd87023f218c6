import { describe, expect, it } from 'vitest';
import { findBreaks, listPlaces } from './find-breaks.ts';

const SPEC = `openapi: 3.0.3
info: { title: Orders, version: 1.4.0 }
paths:
  /orders:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '201': { description: made }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string }
        total:
          type: integer
          description: in cents
        note:
          type: string
    Brief:
      type: object
      properties:
        id: { type: string }
`;

const replace = (from: string, to: string): string => {
  if (!SPEC.includes(from)) throw new Error(from);
  return SPEC.replace(from, to);
};

describe('a break of an OpenAPI specification is said', () => {
  it.each([
    [
      'on the removed lines',
      replace('        note:\n          type: string\n', ''),
      ['LEFT 29-30 api-answer-field-removed'],
    ],
    [
      'on the line that was written instead',
      replace('type: integer', 'type: string'),
      ['RIGHT 27-27 api-type-changed'],
    ],
    [
      'on the new requirement',
      replace('required: [id]', 'required: [id, total]'),
      ['RIGHT 23-23 api-request-stricter'],
    ],
    [
      'on the reference that points elsewhere, for each thing it lost',
      replace(
        "              schema: { $ref: '#/components/schemas/Order' }",
        "              schema: { $ref: '#/components/schemas/Brief' }",
      ),
      [
        'RIGHT 11-11 api-answer-field-removed',
        'RIGHT 11-11 api-answer-field-removed',
        'RIGHT 11-11 api-answer-field-removed',
      ],
    ],
    [
      'on a removed operation',
      replace(SPEC.slice(SPEC.indexOf('    post:'), SPEC.indexOf('components:')), ''),
      ['LEFT 12-18 api-operation-removed'],
    ],
    ['on security that is new for all', `${SPEC}security: [{ key: [] }]\n`, ['RIGHT 35-35 api-authentication-added']],
  ])('%s', async (_, head, places) => {
    const found = await listPlaces('openapi.yaml', SPEC, head);
    expect(found.sort()).toEqual(places.sort());
  });

  it('not at all where it was only written otherwise', async () => {
    const json = JSON.stringify({
      openapi: '3.0.3',
      paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
    });
    expect(await listPlaces('openapi.json', json, JSON.stringify(JSON.parse(json), null, '\t'))).toEqual([]);
    expect(
      await listPlaces('api/v1.yaml', SPEC, SPEC.replace('openapi: 3.0.3\n', 'openapi: 3.0.3\ntags: []\n')),
    ).toEqual([]);
  });
});

describe('a break of a GraphQL schema is said', () => {
  const SDL =
    'type Query {\n  a(first: Int): Int\n  """\n  old\n  """\n  b: Int\n}\n\nextend type Order {\n  note: String\n  tax: Int\n}\n';
  it.each([
    ['on the removed lines', SDL.replace('  """\n  old\n  """\n  b: Int\n', ''), ['LEFT 6-6 graphql-field-removed']],
    [
      'on the line that was written instead',
      SDL.replace('first: Int', 'first: Int!'),
      ['RIGHT 2-2 graphql-input-stricter'],
    ],
    ['in what extends a type of another file', SDL.replace('  tax: Int\n', ''), ['LEFT 11-11 graphql-field-removed']],
  ])('%s', async (_, head, places) => {
    expect(await listPlaces('schema.graphql', SDL, head)).toEqual(places);
  });
});

describe('a break of a protobuf file is said', () => {
  const PROTO = `syntax = "proto3";
package shop.v1;

message Order {
  string id = 1;
  string note = 2;
}

service Orders {
  rpc Get(Order) returns (Order);
  rpc Watch(Order) returns (stream Order);
}
`;
  it.each([
    ['on the removed line', PROTO.replace('  string note = 2;\n', ''), ['LEFT 6-6 proto-number-not-reserved']],
    ['on the new line', PROTO.replace('string note = 2', 'int32 note = 2'), ['RIGHT 6-6 proto-number-reused']],
    [
      'on a removed method',
      PROTO.replace('  rpc Watch(Order) returns (stream Order);\n', ''),
      ['LEFT 11-11 proto-element-removed'],
    ],
    ['on the package', PROTO.replace('shop.v1', 'shop.v2'), ['RIGHT 2-2 proto-name-changed']],
  ])('%s', async (_, head, places) => {
    expect(await listPlaces('a.proto', PROTO, head)).toEqual(places);
  });

  it('as low where the package promises nothing yet, or somebody accepts it', async () => {
    const severities = async (base: string, head: string): Promise<string[]> =>
      (await findBreaks('a.proto', base, head)).map(({ severity }) => severity);
    const beta = PROTO.replace('shop.v1', 'shop.v1beta1');
    expect(await severities(beta, beta.replace('  string note = 2;\n', ''))).toEqual(['low']);
    const said = '  // backend-dev: breaking accepted by ana: never released\n';
    expect(await severities(PROTO, PROTO.replace('  string note = 2;\n', said))).toEqual(['low']);
  });
});
