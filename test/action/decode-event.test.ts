import { expect, it } from 'vitest';
import { decodeEvent } from '../../src/action/decode-event.ts';

const [A, B, NONE] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)];

it.each<[name: string, payload: unknown, asked: number | null, expected: object]>([
  ['pull_request', { pull_request: { number: 7 } }, null, { kind: 'pull', number: 7, forced: false }],
  ['pull_request_target', { pull_request: { number: 7, head: { sha: '$(rm)' } } }, null, { kind: 'pull', number: 7 }],
  ['workflow_dispatch', {}, 9, { kind: 'pull', number: 9, forced: true }],
  ['pull_request', { pull_request: { number: '7' } }, null, { kind: 'unknown' }],
  ['pull_request', null, null, { kind: 'unknown' }],
  ['push', { before: A, after: B }, null, { kind: 'range', base: A, head: B }],
  ['push', { before: NONE, after: B }, null, { kind: 'range', base: null, head: B }],
  ['push', { before: A, after: NONE }, null, { kind: 'nothing' }],
  ['push', { before: '--output=x', after: B }, null, { kind: 'unknown' }],
  ['merge_group', { merge_group: { base_sha: A, head_sha: B } }, null, { kind: 'range', base: A, head: B }],
  ['issue_comment', { comment: { body: '/backend-dev review' } }, null, { kind: 'unknown' }],
  ['schedule', {}, null, { kind: 'unknown' }],
])('%s of %j, asked for %j', (name, payload, asked, expected) => {
  expect(decodeEvent(name, payload, asked)).toMatchObject(expected);
});
