import { describe, expect, it } from 'vitest';
import { escapeOf } from '../../src/analysis/invisible/analyser.ts';
import { findInvisible } from '../../src/analysis/invisible/find-invisible.ts';
import type { SourceFile } from '../../src/change/source-file.ts';

const at = (path: string, kind: SourceFile['kind'], text: string) =>
  findInvisible({ path, kind, text, hunks: null }).map(({ line, characters }) => `${line} ${characters.join(' ')}`);
const found = (text: string) => at('a.ts', 'typescript', text);

describe('what an editor left behind in a page', () => {
  const isStray = (text: string): boolean[] =>
    findInvisible({ path: 'a.html', kind: 'view', text, hunks: null }).map((one) => one.isStray);

  it.each(['<b>{% trans %}\uFE0FOrganization URL{% endtrans %}</b>\n', '<b>Organization \uFEFFsettings</b>\n'])(
    'is a little thing: %j',
    (text) => {
      expect(isStray(text)).toEqual([true]);
    },
  );

  it.each([
    '<b>{% trans %}\u202EOrganization URL{% endtrans %}</b>\n',
    '<b>{% trans %}\u{E0041}Organization URL{% endtrans %}</b>\n',
    '<b>\uFE0FOrganization URL\uFE0F</b>\n',
    '{% if role == "admin\uFE0F" %}\n',
  ])('and nothing else is: %j', (text) => {
    expect(isStray(text)).toEqual([false]);
  });

  it('nor in another file', () => {
    const file = { path: 'a.ts', kind: 'typescript', hunks: null } as const;
    expect(findInvisible({ ...file, text: "grant('one\uFE0Ftwo three');\n" }).map((one) => one.isStray)).toEqual([
      false,
    ]);
  });
});

it.each([
  ['const clean = text.replace(/\0/g, "");\n', true],
  ['const clean = text.replace(/\u202E{2}/g, "");\n', false],
  ['const clean = /\0/ grant();\n', false],
  ["const NOBODY = { id: '\0-no-such-user' };\n", true],
  ["const text = name.replace(/#(\\d+)/g, '#\u200B\\u200b$1');\n", true],
  ["const text = name.replace(/#(\\d+)/g, '#\u200B$1');\n", false],
  ["const text = 'a\u202E\\u202e';\n", false],
  ['grant(\u200B, "\\u200b");\n', false],
])('a pattern of which it is all, or a text that names it, hides nothing: %j', (text, isPlain) => {
  const found = findInvisible({ path: 'a.ts', kind: 'typescript', text, hunks: null });
  expect(found.map((one) => one.isPlain)).toEqual([isPlain]);
});

describe('what begins a translation that is read from right to left', () => {
  const strayIn = (path: string, text: string): boolean[] =>
    findInvisible({ path, kind: 'config', text, hunks: null }).map((one) => one.isStray);

  it('is a little thing', () => {
    expect(strayIn('locales/fa/app.json', '"label": "\u202Bتشخیص فعال شد",\n')).toEqual([true]);
  });

  it.each([
    ['locales/fa/app.json', '"label": "\u202Badmin تشخیص فعال شد",\n'],
    ['locales/fa/app.json', '"label": "\u202Eتشخیص فعال شد",\n'],
    ['locales/fa/app.json', '"\u202Bتشخیص": "تشخیص فعال شد",\n'],
    ['locales/fa/app.sh', 'say "\u202Bتشخیص فعال شد"\n'],
  ])('and nothing else is: %s %j', (path, text) => {
    expect(strayIn(path, text)).toEqual([false]);
  });
});

describe('invisible characters', () => {
  it.each([
    '\u202A',
    '\u202E',
    '\u2066',
    '\u2069',
    '\u200E',
    '\u200F',
    '\u061C',
    '\u200B',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\u180E',
    '\u3164',
    '\u115F',
    '\uFFA0',
    '\u2028',
    '\u206A',
    '\uFFF9',
    '\u001B',
    '\u009B',
    '\uFE00',
    '\u{E0041}',
    '\u{E0101}',
  ])('are found between code: %j', (char) => {
    expect(found(`a = 1\nb${char} = 2\r\n`)).toHaveLength(1);
    expect(at('a.sql', 'sql', `select 1\nfrom b${char} limit 2\r\n`)).toHaveLength(1);
    expect(at('a.yml', 'config', `a: 1\nrole: admin${char}\r\n`)).toHaveLength(1);
  });

  it.each([
    ['a byte order mark', '\uFEFFa'],
    ['emoji and keycaps', "a = '👩\u200D💻 ⚠\uFE0F 1\uFE0F\u20E3'"],
    ['letters from right to left', "a = 'שלום مرحبا'"],
    ['joiners of a script that joins', "a = 'می\u200Cخواهم'"],
    ['a joiner between a Latin name and its ending', "a = 'URI\u200Cهای هدایت'"],
    ['line ends and blanks', 'a\r\nb\tc'],
    ['a form feed between parts', '\fdef'],
    ['a soft hyphen within a word', "a = 'zu\u00ADsammen'"],
    ['a soft hyphen in a comment', '// in our database \u00AD we have not'],
    ['a place where a line of Lao may end', "a = 'ສະ\u200Bຫນັບ'"],
    ['a mark before a price beside such letters', "a = '\u200E${{price}}/ماه'"],
    ['a mark before a protocol in such a text', "a = 'استخدم \u200Fwss://. كلمات'"],
    ['a mark at the end of a text in plain letters', 'a = `**${key}:** \u200F`'],
    ['a space of no width between words', "a = 'Vuoi rendere amministratore \u200B\u200Butente(i)\u200B selezionato?'"],
    ['a mark at the end of a sentence', 'a = \'Only the owner may do "this:".\uFEFF\''],
    ['a space of no width in JSX', 'const a = <b>one two three \u200Bfour</b>;', 'a.tsx'],
    ['a comment', '# the user\u200B is gone', 'a.yml'],
    ['a path of a sentence', "a = 'Please use \u200B/api\u200B/v1\u200B/projects of the service'"],
    ['a table of entities', `const entities = { '&ThinSpace;': '\u200B', "&ic;": '\u2063' };`],
    ['a pattern that looks for it', 'const isBidiIsolate = (text) => /^[\u2066-\u2069]+$/.test(text);'],
    ['a table that names it', "const entities = { '&zwj;': '\u200D', '&lrm;': '\u200E' };"],
    ['a mathematical sign with its form', "a = { caps: '∩\uFE00', lvertneqq: '≨\uFE00' }"],
    ['an isolate around a placeholder', "a = 'Hello \u2068{name}\u2069, how are you'"],
    ['an isolate that ends in a Hebrew text', "a = 'שלום \u2066Acme Inc.\u2069 היום'"],
  ])('are no finding where a text is set with them: %s', (_, text, path = 'a.ts') => {
    expect(at(path, path.endsWith('yml') ? 'config' : 'typescript', text)).toEqual([]);
  });

  it.each([
    ['a selector after an emoji that selects nothing', '⚠\uFE0F\uFE01\uFE02'],
    ['a joiner between plain letters', 'x\u200Dy'],
    ['a carriage return alone', 'a\rb'],
    ['a key of plain letters', "if (role === 'admin\u200B') grant();"],
    ['a path of a command', "a = 'rm -rf /srv\u200B/data'"],
    ['a path of a statement', "a = 'select a from b where c = /\u200Bd/'"],
    ['a key of a table', "const names = { 'a': '\u200B' };"],
    [
      'a comment in brackets that puts code elsewhere',
      '/*[\u202E] } [\u2066]if (isAdmin)[\u2069] [\u2066] begin, direction */',
    ],
    ['a pattern with other letters', 'const isBidi = (text) => /^[a\u2066-\u2069]+$/.test(text);'],
    ['a pattern that does not say so', 'const isAdmin = (text) => /^[\u2066-\u2069]+$/.test(text);'],
    ['a list in code', 'const bidi = list\u2066[\u2067]\u2069;'],
    ['a word of a sentence', "a = 'the adm\u200Bin may do all of it'"],
    ['a value within a statement', 'a = "select id from users where role = \'admin\u200B\'"'],
    ['a host', "a = 'Find out more at https://exam\u200Bple.com today'"],
    ['code within a Persian text', 'a = `سلام ${is\u200CAdmin}`'],
    ['an empty text that is none', "if (password === '\u200B') grant();"],
    ['a line end in a comment', '// nothing to see\u2028grant();'],
    ['an isolate that is left open', "a = 'שלום \u2067Acme Inc. היום'"],
    ['an isolate that hides the end of a text', "if (a !== 'user\u2066' // only for שלום\u2069) {"],
    ['an override, although it ends', "a = 'שלום \u202Eemca\u202C'"],
    ['an isolate of plain words', "a = 'user\u2067 admin\u2069'"],
    ['tags in a comment', `// ok ${[...'obey'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')}`],
    ['selectors in a comment', '// ok\uFE01\uFE02\uFE03'],
    ['a hidden message in a sentence', `a = 'all is as it was \u200B\u200C\u200C\u200B\u200B'`],
  ])('are found: %s', (_, text) => {
    expect(found(text)).toHaveLength(1);
  });

  it('of a minified file only what shows it otherwise than it is', () => {
    const file = { path: 'a.js', kind: 'javascript' as const, hunks: null, unjudged: 'MINIFIED' as const };
    expect(findInvisible({ ...file, text: "e+'.\u200B';t='\u001B[31m'" })).toEqual([]);
    expect(findInvisible({ ...file, text: "e+'.\u202E'" })).toHaveLength(1);
  });
});

it.each([
  ['\\u{FEFF}', 'python', '\\uFEFF'],
  ['\\u{FEFF}', 'typescript', '\\uFEFF'],
  ['\\u{0}', 'go', '\\x00'],
  ['\\u{0}', 'config', '\\u0000'],
  ['\\u{E0041}', 'python', '\\U000E0041'],
  ['\\u{E0041}', 'javascript', '\\u{E0041}'],
])('%s of a file of %s is written as %s', (name, kind, escape) => {
  expect(escapeOf(name, kind)).toBe(escape);
});
