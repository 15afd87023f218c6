import { describe, expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

async function review(base: Tree, head: Tree): Promise<string[]> {
  const findings = await reviewTrees(base, head, {});
  return findings.map(({ ruleId, path, startLine }) => `${ruleId} ${path} ${startLine}`);
}

const ORDER = 'type Query {\n  order: Order\n}\n\ntype Order {\n  id: ID!\n  note: String\n}\n';
const LESS = ORDER.replace('  note: String\n', '');
const EXTENSION = 'extend type Order {\n  note: String\n}\n';
const TOP = 'syntax = "proto3";\npackage depot.v1;\n\n';
const MESSAGE = 'message Order {\n  string id = 1;\n}\n';
const LANE = 'message Lane {\n  string id = 1;\n}\n';
const SERVICE = 'service Lanes {\n  rpc Get(Order) returns (Order);\n}\n';

describe('what moves to another file of its schema', () => {
  it('is not gone: a field of GraphQL', async () => {
    expect(await review({ 'a.graphql': ORDER }, { 'a.graphql': LESS, 'b.graphql': EXTENSION })).toEqual([]);
  });

  it('is gone where the other file says it of another type', async () => {
    const head = { 'a.graphql': LESS, 'b.graphql': EXTENSION.replace('Order', 'Lane') };
    expect(await review({ 'a.graphql': ORDER }, head)).toEqual(['graphql-field-removed a.graphql 7']);
  });

  it('is not gone: a message and a service of protobuf', async () => {
    const base = { 'a.proto': TOP + MESSAGE + LANE + SERVICE };
    expect(await review(base, { 'a.proto': TOP + MESSAGE, 'b.proto': TOP + LANE + SERVICE })).toEqual([]);
  });

  it('is gone where another package, a test or another name of it has one that is called so', async () => {
    const base = { 'a.proto': TOP + MESSAGE + LANE };
    const gone = ['proto-element-removed a.proto 7'];
    const next = TOP.replace('v1', 'v2') + LANE;
    expect(await review(base, { 'a.proto': TOP + MESSAGE, 'b.proto': next })).toEqual(gone);
    expect(await review(base, { 'a.proto': TOP + MESSAGE, 'tests/b.proto': TOP + LANE })).toEqual(gone);
    const method = { 'a.proto': TOP + MESSAGE + SERVICE };
    const less = {
      'a.proto': TOP + MESSAGE + SERVICE.replace(/ {2}rpc.*\n/, ''),
      'b.proto': `${TOP}message Get {\n}\n`,
    };
    expect(await review(method, less)).toEqual(['proto-element-removed a.proto 8']);
  });

  it('is gone where a file of another kind writes it', async () => {
    const head = { 'a.proto': TOP + MESSAGE, 'b.graphql': 'type Lane {\n  id: ID!\n}\n' };
    expect(await review({ 'a.proto': TOP + MESSAGE + LANE }, head)).toEqual(['proto-element-removed a.proto 7']);
  });
});
