import { describe, expect, it } from 'vitest';
import { decodeCheckRun } from '../../src/events/decode-check-run.ts';
import { decodeComment } from '../../src/events/decode-comment.ts';
import { decodePullRequest } from '../../src/events/decode-pull-request.ts';

const COMMON = {
  action: 'created',
  installation: { id: 1 },
  repository: { id: 2, name: 'shop', owner: { login: 'acme' } },
  sender: { login: 'wes', type: 'User' },
};

describe('a pull request', () => {
  it('is looked at whatever its branch is called: a stranger names it', () => {
    const pull = { number: 3, head: { ref: 'gh-readonly-queue/main/pr-1' } };
    expect(decodePullRequest({ ...COMMON, action: 'opened', pull_request: pull }).kind).toBe('trigger');
  });
});

describe('a press on a button', () => {
  const press = (own: object = {}, run: object = {}) =>
    decodeCheckRun(
      {
        ...COMMON,
        action: 'requested_action',
        requested_action: { identifier: 'fix' },
        check_run: { app: { id: 7 }, pull_requests: [{ number: 3 }], ...run },
        ...own,
      },
      7,
    );
  it.each([
    ['fix', press(), '/backend-dev fix'],
    ['review', press({ requested_action: { identifier: 'review' } }), '/backend-dev review full'],
    ['re-run', press({ action: 'rerequested', requested_action: undefined }), '/backend-dev review full'],
  ])('%s is its command, by the person who pressed', (_, outcome, body) => {
    expect(outcome).toMatchObject({ kind: 'trigger', trigger: { kind: 'button', body, login: 'wes' } });
  });
  it.each([
    ['of another App', press({}, { app: { id: 8 } })],
    ['by a bot', press({ sender: { login: 'x[bot]', type: 'Bot' } })],
    ['unknown', press({ requested_action: { identifier: 'constructor' } })],
    ['without a pull request (a fork)', press({}, { pull_requests: [] })],
    ['malformed', decodeCheckRun({ action: 'requested_action' }, 7)],
  ])('%s is ignored', (_, outcome) => {
    expect(outcome.kind).toBe('ignored');
  });
});

describe('a comment in a thread', () => {
  const inline = (body: string, own: object = {}) =>
    decodeComment(
      {
        ...COMMON,
        pull_request: { number: 3 },
        comment: { id: 9, body, user: { login: 'wes', type: 'User' }, in_reply_to_id: 4, ...own },
      },
      'inline',
      ['backend-dev'],
    );
  it('is a command or a reply, and knows its thread', () => {
    expect(inline('/backend-dev fix')).toMatchObject({ trigger: { kind: 'command', root: 4, commentKind: 'inline' } });
    expect(inline('not true')).toMatchObject({ trigger: { kind: 'reply', root: 4, body: 'not true' } });
    expect(inline('a new thread', { in_reply_to_id: undefined }).kind).toBe('ignored');
  });
});
