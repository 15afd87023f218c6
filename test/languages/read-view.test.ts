import { expect, it } from 'vitest';
import { listWritten } from '../../src/languages/read-view.ts';
import { startProcessorClock } from '../support/processor-time.ts';

/** Each took seconds at a hundredth of this length: the time grew with its square or its cube. */
const LONG = 150_000;

it.each([
  ['a.njk', `{{${'\n'.repeat(LONG)}`],
  ['a.hbs', `{{{${' '.repeat(LONG)}`],
  ['a.hbs', `{{&${' '.repeat(LONG)}`],
  ['a.hbs', '{{{a b}}}\n'.repeat(LONG / 10)],
  ['a.ejs', `<% users.map(${' '.repeat(LONG)}`],
  ['a.ejs', `<% users.map(async function${' '.repeat(LONG)}=`],
])('%s: what a stranger writes takes no long time', (path, text) => {
  const took = startProcessorClock();
  expect(listWritten(path, text)).toEqual([]);
  expect(took()).toBeLessThan(1000);
});

it.each([
  ['a.njk', '{{- user.name | safe -}}'],
  ['a.njk', '{{user.name|safe}}'],
  ['a.hbs', '{{{  user.name  }}}'],
  ['a.hbs', '{{&user.name}}'],
  ['a.ejs', '<%- user.name -%>'],
])('%s: %s', (path, text) => {
  expect(listWritten(path, text)).toEqual([{ path: ['user', 'name'], text, line: 1, how: 'raw', whole: false }]);
});

it.each([
  '(user) => {',
  'async (user) => {',
  'function (user) {',
  'function each(user) {',
  'user => {',
  '\n  (user) => {',
])('an item of a list: %s', (handler) => {
  const [found] = listWritten('a.ejs', `<% users.forEach(${handler} %><%- user.name %>`);
  expect(found?.path).toEqual(['users', '*', 'name']);
});
