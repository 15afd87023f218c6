import { Writable } from 'node:stream';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/github/create-github.ts';
import { createLog } from '../../src/log.ts';
import { formatFinding } from '../../src/report/format/text.ts';
import { escapeInvisible, escapeInvisibleInJson, hasInvisible } from '../../src/text/invisible.ts';
import { codeInCell, escapeMarkdown, link as linkAs } from '../../src/text/markdown.ts';
import { finding, HUNKS, plan } from '../support/finding.ts';
import { listLive } from '../support/judge-markdown.ts';
import { makePullRequest } from '../support/pull-request.ts';

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

/** As the App names a line on GitHub. */
const link = (path: string, line: number): string =>
  createGitHub({} as Parameters<typeof createGitHub>[0]).linkTo(
    makePullRequest({ url: 'https://github.com/o/r/pull/1', headSha: 'main' }),
    path,
    line,
  );

/** Each of a kind: what is drawn as nothing, turns the direction, ends a line for others than git, or steers a terminal. */
const KINDS = {
  'a soft hyphen': '\u00AD',
  'an Arabic letter mark': '\u061C',
  'a Mongolian vowel separator': '\u180E',
  'a Hangul filler': '\u3164',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'a variation selector': '\uFE00',
  'the first supplementary selector': '\u{E0100}',
  'the last supplementary selector': '\u{E01EF}',
  'a tag character': '\u{E0061}',
  'the end of tags': '\u{E007F}',
  'a zero-width joiner': '\u200D',
  'an isolate': '\u2066',
  'a byte order mark': '\uFEFF',
  'an invisible plus': '\u2064',
  escape: '\u001B',
  'a control sequence introducer': '\u009B',
  backspace: '\u0008',
  delete: '\u007F',
  'a carriage return': '\r',
  'a form feed': '\f',
};

describe.each(Object.entries(KINDS))('%s', (_, char) => {
  const shown = `\\u{${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  const text = `a${char}b`;

  it('is written out on a terminal, and in every text of the App that quotes it', () => {
    const own = { title: text, path: text, explanation: text, fix: text, evidence: text };
    const found = finding({ ...own, trace: [{ line: 1, text }], doubt: text, remark: text });
    const terminal = formatFinding(found, (_, one) => one);
    const place = new Map([[text, HUNKS]]);
    const said = plan([found], { hunks: place, link });
    const folded = plan([{ ...found, startLine: 900, endLine: 900 }], { hunks: place, link });
    const posted = [said, folded].flatMap(({ review, fileComments, check }) => [
      review?.body ?? '',
      ...(review?.comments ?? []).map((one) => one.body),
      ...fileComments.map((one) => one.body),
      check.title,
      check.summary,
    ]);
    for (const one of [terminal, ...posted]) expect(hasInvisible(withoutMarkers(one))).toBe(false);
    expect(terminal).toContain(shown);
    expect(posted.join('').replaceAll('\\\\', '\\')).toContain(shown);
  });
});

/** What is kept in comments of HTML is data for us: nobody reads it. */
const withoutMarkers = (body: string): string => body.replace(/<!--[^]*?-->/g, '');

it('a path with brackets is one link of the whole summary, to that file and with its name', () => {
  const judge = new MarkdownIt({ html: true, linkify: true });
  for (const path of [
    'src/a](https://evil.example)[b.ts',
    'src/[id](x).ts',
    'src/a]: https://evil.example "x".ts',
    'src/<b>.ts',
  ]) {
    const place = { hunks: new Map([[path, HUNKS]]) };
    const { review } = plan(
      [finding({ path }), finding({ path, startLine: 90, endLine: 90, fingerprint: '1'.repeat(20) })],
      { ...place, link },
    );
    const links = judge
      .parse(review?.body ?? '', {})
      .flatMap(({ children }) => children ?? [])
      .flatMap((token, at, all) => (token.type === 'link_open' ? [[token.attrGet('href'), all[at + 1]?.content]] : []));
    const hrefs = links.map(([href]) => decodeURIComponent(String(href)));
    expect(hrefs.filter((href) => href !== `https://github.com/o/r/blob/main/${path}#L2`)).toEqual([]);
    expect(hrefs.length).toBeGreaterThan(0);
    expect(links.map(([, text]) => text)).toContain(`${path}:2`);
  }
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
    const links = listLive(linkAs(name, `https://github.com/o/r/blob/main/${name}#L1`));
    expect(links.filter((one) => one.startsWith('link_open'))).toHaveLength(1);
    expect(links.filter((one) => !one.startsWith('link_') && !one.startsWith('text'))).toEqual([]);
    expect(listLive(escapeMarkdown(name), [/<\/?code>/g])).toEqual([]);
    const row = listLive(`| a | b |\n| --- | --- |\n| ${escapeMarkdown(name)} | ${codeInCell(name)} |`, [/<\/?code>/g]);
    expect(row.filter((one) => one.startsWith('td_open'))).toHaveLength(2);
    expect(row.filter((one) => /^(link|image|html|text)/.test(one))).toEqual([]);
  });
});
