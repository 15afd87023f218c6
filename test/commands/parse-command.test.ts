import { describe, expect, it } from 'vitest';
import { mayRun } from '../../src/commands/authorise.ts';
import { parseCommand } from '../../src/commands/parse-command.ts';

describe('parseCommand', () => {
  it.each([
    ['/backend-dev', { name: 'review', argument: '' }],
    ['/backend-dev review', { name: 'review', argument: '' }],
    ['/backend-dev   REVIEW now\nmore', { name: 'review', argument: 'now' }],
    ['/backend-dev help\r\nmore', { name: 'help', argument: '' }],
    ['/backend-dev helpp', { unknown: 'helpp', nearest: 'help' }],
    ['/backend-developer', null],
    ['hello /backend-dev', null],
    [' /backend-dev', null],
    ['> /backend-dev', null],
    ['`/backend-dev`', null],
    ['```\n/backend-dev\n```', null],
    ['<!-- \n/backend-dev -->', null],
    ['/bаckend-dev', null],
    ['/other review', null],
  ])('%j', (body, expected) => {
    expect(parseCommand(body, 'backend-dev')).toEqual(expected);
  });
});

it.each([
  ['review', 'none', false, false],
  ['review', 'read', false, false],
  ['review', 'read', true, true],
  ['review', 'triage', false, true],
  ['review', 'admin', false, true],
  ['help', 'none', false, true],
] as const)('%s by someone with %s (author: %s): %s', (command, permission, author, allowed) => {
  expect(mayRun(command, permission, author)).toBe(allowed);
});
