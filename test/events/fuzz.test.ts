import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCheckRun } from '../../src/events/decode-check-run.ts';
import { decodeComment } from '../../src/events/decode-comment.ts';
import {
  decodeInstallation,
  decodeInstallationRepositories,
  decodeRepository,
} from '../../src/events/decode-installation.ts';
import { decodePullRequest } from '../../src/events/decode-pull-request.ts';
import type { EventOutcome } from '../../src/events/event.ts';
import { PullRequestKey, Trigger } from '../../src/queue/trigger.ts';

const COMMON = {
  installation: { id: 1 },
  repository: { id: 2, name: 'shop', owner: { login: 'acme' } },
  sender: { login: 'wes', type: 'User' },
};
const COMMENT = { id: 9, body: '/backend-dev review', user: { login: 'wes', type: 'User' }, in_reply_to_id: 4 };

const DECODERS: [string, object, (payload: unknown) => EventOutcome][] = [
  [
    'pull_request',
    { ...COMMON, action: 'opened', pull_request: { number: 3, head: { ref: 'feature' } } },
    decodePullRequest,
  ],
  [
    'check_run',
    {
      ...COMMON,
      action: 'requested_action',
      requested_action: { identifier: 'fix' },
      check_run: { app: { id: 7 }, pull_requests: [{ number: 3 }] },
    },
    (payload) => decodeCheckRun(payload, 7),
  ],
  [
    'issue_comment',
    { ...COMMON, action: 'created', issue: { number: 3, pull_request: {} }, comment: COMMENT },
    (payload) => decodeComment(payload, 'conversation', ['backend-dev']),
  ],
  [
    'pull_request_review_comment',
    { ...COMMON, action: 'created', pull_request: { number: 3 }, comment: COMMENT },
    (payload) => decodeComment(payload, 'inline', ['backend-dev']),
  ],
  ['installation', { ...COMMON, action: 'deleted' }, decodeInstallation],
  [
    'installation_repositories',
    { ...COMMON, action: 'removed', repositories_removed: [{ id: 2 }] },
    decodeInstallationRepositories,
  ],
  ['repository', { ...COMMON, action: 'renamed' }, decodeRepository],
];

type Path = readonly (string | number)[];

function listPaths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => listPaths(one, [...at, key]))];
}

/** A copy with another value, or none, in one place. */
function replaceAt(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  const copy: Record<string, unknown> = { ...(value as object) };
  if (rest.length === 0 && other === undefined) delete copy[String(key)];
  else Object.defineProperty(copy, key, { value: replaceAt(copy[String(key)], rest, other), enumerable: true });
  return Array.isArray(value) ? Object.values(copy) : copy;
}

/** What stands where something else was meant: JSON of every kind, with the names and numbers that break things. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    '',
    '__proto__',
    'constructor',
    '\ud800',
    '\u0000',
    0,
    -0,
    -1,
    0.5,
    2 ** 53,
    1e308,
    [],
    {},
    [null],
    { id: null },
    JSON.parse('{"__proto__":{"id":1}}'),
    { toString: 1 },
    'x'.repeat(100_000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

describe.each(DECODERS)('%s', (_, payload, decode) => {
  const paths = listPaths(payload);
  const check = (given: unknown): void => {
    const outcome = decode(given);
    if (outcome.kind === 'ignored') return;
    if (outcome.kind === 'installation') {
      // JSON makes `null` of what is no number, and `null` means every repository.
      expect(JSON.parse(JSON.stringify(outcome.change))).toEqual(outcome.change);
      expect(Number.isSafeInteger(outcome.change.installationId)).toBe(true);
      return;
    }
    // What goes to the database can be read from it again, and fits its columns.
    const stored: unknown = JSON.parse(JSON.stringify(outcome.trigger));
    expect(JSON.parse(JSON.stringify(Trigger.parse(stored)))).toEqual(stored);
    expect(PullRequestKey.parse(outcome.pullRequest)).toEqual(outcome.pullRequest);
    expect(outcome.pullRequest.number).toBeLessThan(2 ** 31);
    expect(outcome.pullRequest.owner).not.toBe('');
    expect(outcome.pullRequest.repo).not.toBe('');
  };

  it('takes what GitHub sends', () => {
    expect(decode(payload).kind).not.toBe('ignored');
  });

  it('ignores an id that GitHub gives nobody', () => {
    for (const id of [-0, 0, -1, 0.5, 2 ** 53])
      expect(decode(replaceAt(payload, ['installation', 'id'], id)).kind, String(id)).toBe('ignored');
  });

  it('ignores or decodes whatever else is signed, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 4 }), (changes) => {
        check(changes.reduce<unknown>((whole, [path, other]) => replaceSafely(whole, path, other), payload));
      }),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.jsonValue(), check));
  });
});

/** An earlier change may have taken the place away. */
function replaceSafely(whole: unknown, path: Path, other: unknown): unknown {
  const parents = path.slice(0, -1);
  const parent = parents.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], whole);
  return typeof parent === 'object' && parent !== null ? replaceAt(whole, path, other) : whole;
}
