import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { formatFinding } from '../../src/report/format/text.ts';
import { escapeInvisible, escapeInvisibleInJson, hasInvisible } from '../../src/text/invisible.ts';
import { codeInCell, escapeMarkdown, link } from '../../src/text/markdown.ts';
import { finding } from '../support/finding.ts';
import { listLive } from '../support/judge-markdown.ts';

const HOSTILE = 'a\u001B]8;;https://evil.example\u0007b\u009B2Jc\u202Ed\u{E0041}\uFE01\u2028\r';

describe('what no reader sees', () => {
  it('is written out, all of it, and nothing else', () => {
    expect(escapeInvisible(HOSTILE)).toBe(
      'a\\u{1B}]8;;https://evil.example\\u{7}b\\u{9B}2Jc\\u{202E}d\\u{E0041}\\u{FE01}\\u{2028}\\u{D}',
    );
    expect(escapeInvisible('Grüße\tשלום 漢字 🙂\r\n')).toBe('Grüße\tשלום 漢字 🙂\r\n');
  });

  it('is written out in what JSON decodes to as well, and the JSON stays what it is otherwise', () => {
    const value = { [HOSTILE]: HOSTILE, plain: 'a\n\t"\\u001b" \\ é 🙂' };
    expect(JSON.parse(escapeInvisibleInJson(JSON.stringify(value, null, 2)))).toEqual({
      [escapeInvisible(HOSTILE)]: escapeInvisible(HOSTILE),
      plain: value.plain,
    });
  });

  it('reaches neither the terminal nor the log', () => {
    const hostile = { title: HOSTILE, path: `${HOSTILE}\nb`, explanation: HOSTILE, fix: HOSTILE, evidence: HOSTILE };
    const trace = [
      { line: 1, text: HOSTILE },
      { line: 2, text: HOSTILE },
    ];
    const shown = formatFinding(finding({ ...hostile, trace }), (_, text) => text);
    expect(hasInvisible(shown)).toBe(false);
    const lines: string[] = [];
    const to = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
    createLog({ LOG_LEVEL: 'info', LOG_FORMAT: 'json' }, to).info({ path: HOSTILE }, HOSTILE);
    expect(hasInvisible(JSON.parse(lines.join('')).msg)).toBe(false);
  });
});

describe('names of a stranger', () => {
  it.each([
    'a](//evil.example)[b',
    'x) [y](z',
    '`a` ``b',
    'a|b`|c',
    '<img src=x>',
    'a\\',
    '@octocat #12',
    'a\n\n# b',
    '![a](b)',
    'evil.com',
  ])('stay one link, one cell, one text: %j', (name) => {
    const links = listLive(link(name, `https://github.com/o/r/blob/main/${name}#L1`));
    expect(links.filter((one) => one.startsWith('link_open'))).toHaveLength(1);
    expect(links.filter((one) => !one.startsWith('link_') && !one.startsWith('text'))).toEqual([]);
    expect(listLive(escapeMarkdown(name), [/<\/?code>/g])).toEqual([]);
    const row = listLive(`| a | b |\n| --- | --- |\n| ${escapeMarkdown(name)} | ${codeInCell(name)} |`, [/<\/?code>/g]);
    expect(row.filter((one) => one.startsWith('td_open'))).toHaveLength(2);
    expect(row.filter((one) => /^(link|image|html|text)/.test(one))).toEqual([]);
  });
});
