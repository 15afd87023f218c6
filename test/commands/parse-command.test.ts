import { describe, expect, it } from 'vitest';
import { mayRun } from '../../src/commands/authorise.ts';
import { parseCommand } from '../../src/commands/parse-command.ts';

describe('parseCommand', () => {
  it.each([
    ['/backend-dev', { name: 'review', argument: '' }],
    ['/backend-dev review', { name: 'review', argument: '' }],
    ['/backend-dev   REVIEW now\nmore', { name: 'review', argument: '' }],
    ['/backend-dev review  Full', { name: 'review full', argument: '' }],
    ['/backend-dev ask why is\nthis wrong?', { name: 'ask', argument: 'why is\nthis wrong?' }],
    ['/backend-dev ask', { unknown: 'ask without TEXT', nearest: 'ask' }],
    ['/backend-dev ignore', { name: 'ignore', argument: '' }],
    ['/backend-dev ignore only admins call it', { name: 'ignore', argument: 'only admins call it' }],
    ['/backend-dev pause please\nmore', { name: 'pause', argument: 'please' }],
    ['/backend-dev override', { unknown: 'override without REASON', nearest: 'override' }],
    ['/backend-dev rewiev', { unknown: 'rewiev', nearest: 'review' }],
    ['/backend-dev resmue', { unknown: 'resmue', nearest: 'resume' }],
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
  ['review full', 'read', false, false],
  ['ask', 'read', true, true],
  ['ask', 'read', false, false],
  ['ask', 'triage', false, true],
  ['explain', 'read', true, true],
  ['fix', 'triage', false, false],
  ['fix', 'read', true, false],
  ['fix', 'write', false, true],
  ['ignore', 'triage', true, false],
  ['ignore', 'write', false, true],
  ['override', 'triage', false, false],
  ['override', 'maintain', false, true],
  ['pause', 'read', true, false],
] as const)('%s by someone with %s (author: %s): %s', (command, permission, author, allowed) => {
  expect(mayRun(command, permission, author)).toBe(allowed);
});
