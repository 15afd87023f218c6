import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitiseModelText, sanitiseModelTitle } from '../../src/model/sanitise.ts';
import { printUnder } from '../../src/text/print-markdown.ts';
import { listLive } from '../support/judge-markdown.ts';

const PIECES = [
  ...'!\\[]()<>`~*_#|@&;:=+-^$"\'/.?{}\n\t ',
  '](',
  '![',
  '\n\n',
  '\n    ',
  '\n- ',
  '\n1. ',
  '\n> ',
  '```',
  '~~~',
  '``',
  '**',
  '---',
  '\n===\n',
  '|a|b|\n|-|-|\n',
  '&#64;',
  '&#x40;',
  '&commat;',
  '&lt;',
  '&#58;',
  '&#96;',
  '&#91;',
  '&NewLine;',
  'https://',
  '//evil.example/x',
  'https&#58;//evil.example',
  'www.evil.example',
  'evil.com',
  'mailto:a@b.example',
  'a@b.example',
  '@octocat',
  '@org/team',
  '#12',
  'o/r#1',
  'GH-7',
  'deadbeef1',
  '<img src=//e>',
  '<!--',
  '-->',
  '<details>',
  '</details>',
  '[r]: //evil.example',
  '[^1]',
  '[^1]: note',
  '```suggestion\n',
  '```mermaid\n',
  '\u202E',
  '\u200B',
  '\uFE0F',
  '\u2028',
  '\r',
  '\u001B',
  'word',
  'ü',
  '漢',
  'a.b',
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(''));

describe('text of the model', () => {
  it.each([
    '![a[b]c](https&#58;//evil.example/x)',
    '![a\\]b](//evil.example/x)',
    '[a]\n\n[a]: https://evil.example "t"',
    '![a][b]\n\n[b]: //evil.example',
    '[a](<javascript:x> "t")',
    '<https://evil.example>',
    '<a@evil.example>',
    'see https://evil.example/?q=1, www.evil.example and evil.com',
    '&#64;octocat, &commat;org/team, @octocat and \\@octocat',
    'mail a@evil.example',
    'as in #12, owner/repo#1, GH-1, &#35;12 and 1f2e3d4c5b',
    '<img src=//evil.example> <!-- x --> &lt;img src=x>',
    'note[^1]\n\n[^1]: text',
    'a\n===\n\nb\n---\n\n# c\n\n> d',
    '| a | b |\n| --- | --- |\n| 1 | 2 |',
    'a | b\n- | -\n1 | 2',
    '```suggestion\nrm -rf\n```',
    '```mermaid\nclick A href "https://evil.example"\n```',
    'a\n\n    <img src=//evil.example>',
    '@`x`octocat @*a*b',
    'a\n\n**&#42;**\n\n*&#42;**',
    '1. _&#42;_',
    '&lt;@octocat>|a|b|',
    '&lt;.@octocat>|a|b|',
    '(<!<@octocat>|a b',
    '\\<`@octocat>`',
    'a <*`@octocat>`*',
    '\\\\\\<`@octocat>`',
  ])('does nothing: %j', (text) => {
    expect(listLive(sanitiseModelText(text, 4000))).toEqual([]);
  });

  it('does nothing, whatever it is made of, also in the middle of a comment of ours and printed twice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const once = sanitiseModelText(text, 4000);
        expect(listLive(once)).toEqual([]);
        const around = `**Ours** · \`x\`\n\n${once}\n\n<details><summary>Reasons</summary>\n\n${once}\n\n</details>\n\n<!-- m -->`;
        expect(listLive(around, [/<details><summary>Reasons<\/summary>|<\/details>|<!-- m -->/g])).toEqual([]);
        const twice = sanitiseModelText(once, 8000);
        expect(listLive(twice)).toEqual([]);
        expect(listLive(`${printUnder('**Ours**', sanitiseModelText(text, 30))}\n\nend`)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves nothing open for what follows', () => {
    for (const text of ['```ts\nlet a', '~~~\nx', '`open', '- a\n  - ```\n    b', '<details>', '**open', '<!-- open'])
      expect(sanitiseModelText(`${sanitiseModelText(text, 400)}\n\n**after**`, 900)).toMatch(/\n\n\*\*after\*\*$/);
  });

  it('lets prose through as it was written', () => {
    for (const text of [
      'The id of the request becomes part of the SQL text: `SELECT … ${id}`. An attacker reads every row (CWE-89), 5 < 6 & 7 > 3.',
      'Use **parameters**, *always*; snake_case_name and a * b stay.',
      '1. Open a transaction.\n\n2. Lock the row:\n\n   ```sql\n   SELECT 1\n\n   FOR UPDATE\n   ```\n\n3. Commit.',
      '- one\n- two\n  - three\n\nIt costs $5, about ~20 %, “quoted”, 50% – don’t.',
      'The operators `<`/`>` differ, `a`.b too.',
      'A path C:\\dir, a-b, x/y, 12:30, Grüße, 漢字, 🙂.',
      'Line one\nline two\n\nNew paragraph!',
    ])
      expect(sanitiseModelText(text, 4000)).toBe(text);
  });

  it('shows what it takes the life of', () => {
    expect(sanitiseModelText('Ask @octocat (see https://a.example/x).', 400)).toBe(
      'Ask `@octocat` (see (link removed)).',
    );
    expect(sanitiseModelText('`@a` and <b>', 400)).toBe('`@a` and \\<b>');
    expect(sanitiseModelText('a\u202Eb ⚠\uFE0F', 400)).toBe('a\\u{202E}b ⚠');
  });

  it('gives other bots no command', () => {
    const text = sanitiseModelText('/approve\n/lgtm\n\n- /merge\n\n```\n/ok-to-test\na /b\n```\n\nsee /etc', 400);
    expect(text).toBe('\\/approve\n\\/lgtm\n\n- \\/merge\n\n```\n /ok-to-test\na /b\n```\n\nsee /etc');
  });

  it('is never longer than it may be, and cut where nothing is left open', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, most) => {
        expect(sanitiseModelText(text, most).length).toBeLessThanOrEqual(Math.max(most, 12));
      }),
    );
  });

  it('gives a title as plain words on one line', () => {
    expect(sanitiseModelTitle('See https://evil.example/?q=1', 90)).toBe('See (link removed)');
    expect(sanitiseModelTitle('**A** `pool.query` &#64;b\n[x](y)\u200B', 90)).toBe('A pool.query @b [x](y)\\u{200B}');
  });
});
