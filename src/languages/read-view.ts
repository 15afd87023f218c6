import { indexLines } from '../text/line-index.ts';
import { type Engine, engineOf } from '../text/view-engine.ts';

/** A value that a view writes into its page in a form that does not keep it from being markup or script. */
export interface Written {
  /** The names from the values that the view is given: `['user', 'name']`; `*` is an item of a list. */
  path: readonly string[];
  /** As it stands there: `<%- user.name %>`. */
  text: string;
  line: number;
  /** `raw`: not escaped. The others are escaped for HTML, and stand where that does not help. */
  how: 'raw' | 'script' | 'handler' | 'unquoted';
  /** With all that it holds: `<%- JSON.stringify(state) %>`. */
  whole: boolean;
}

/**
 * What each engine writes as it is, and what it escapes: the expression is the first group, with the spaces around it, of which a
 * view may have any number.
 */
const RAW: Record<Engine, RegExp> = {
  ejs: /<%-([^%]{1,300})[-_]?%>/g,
  mustache: /\{\{\{([^{}]{1,300})\}\}\}|\{\{&([^{}]{1,300})\}\}/g,
  pug: /!\{([^{}\n]{1,200})\}|^[ \t]*(?:[\w.#-]+(?:\([^()\n]*\))?)?!=[ \t]*([^\n]{1,200})$/gm,
  jinja: /\{\{-?([^{}]{1,300})\}\}/g,
};
const ESCAPED: Record<Engine, RegExp> = {
  ejs: /<%=([^%]{1,300})[-_]?%>/g,
  mustache: /(?<!\{)\{\{(?![{#/^!>&])([^{}]{1,300})\}\}(?!\})/g,
  pug: /#\{([^{}\n]{1,200})\}/g,
  jinja: /\{\{-?([^{}]{1,300})\}\}/g,
};

const MOST_WRITTEN = 200;
/** Nobody writes a longer view. */
const MOST_TEXT = 200_000;

/** In the order of the text; what is included, and what a function of the view makes of a value, is not told. */
export function listWritten(path: string, text: string): Written[] {
  const engine = engineOf(path);
  if (!engine || text.length > MOST_TEXT) return [];
  const shown = withoutComments(engine, text);
  const loops = listLoops(engine, shown);
  const lineAt = indexLines(shown);
  const found: { at: number; one: Written }[] = [];
  const add = (at: number, whole: string, written: string, how: Written['how']): void => {
    const expression = written.replace(/-$/, '').trim();
    const read = found.length < MOST_WRITTEN ? namesIn(engine, expression) : [];
    if (read.length === 0) return;
    const line = lineAt(at);
    const around = engine === 'mustache' && !/^(?:\.\.\/|@root)/.test(expression) ? eachAround(shown, at) : [];
    for (const names of read)
      found.push({
        at,
        one: {
          path: [...around, ...throughLoops(names, loops)],
          text: whole.trim(),
          line,
          how,
          whole: AS_JSON.test(expression),
        },
      });
  };
  const unescaped = engine === 'jinja' ? unescapedParts(shown) : [];
  for (const match of shown.matchAll(RAW[engine])) {
    const expression = match[1] ?? match[2] ?? '';
    const isRaw =
      engine !== 'jinja' ||
      SAFE_FILTER.test(expression) ||
      unescaped.some(([from, to]) => from <= match.index && match.index < to);
    if (isRaw) add(match.index, match[0], expression, 'raw');
  }
  for (const match of shown.matchAll(ESCAPED[engine])) {
    if (engine === 'jinja' && SAFE_FILTER.test(match[1] ?? '')) continue;
    const how = placeIn(shown, match.index, engine);
    if (how) add(match.index, match[0], match[1] ?? '', how);
  }
  return found.sort((a, b) => a.at - b.at).map(({ one }) => one);
}

const SAFE_FILTER = /\|\s*(?:safe|raw)\b(?!\s*\|\s*(?:e|escape|striptags)\b)/;

/** Text of the same length, so that places stay. */
function withoutComments(engine: Engine, text: string): string {
  const comments = {
    ejs: /<%#[^]{0,2000}?%>|<!--[^]{0,2000}?-->/g,
    mustache: /\{\{!--[^]{0,2000}?--\}\}|\{\{![^{}]{0,2000}\}\}|<!--[^]{0,2000}?-->/g,
    pug: /^[ \t]*\/\/[^\n]*$/gm,
    jinja: /\{#[^]{0,2000}?#\}|<!--[^]{0,2000}?-->/g,
  }[engine];
  return text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' '));
}

function unescapedParts(text: string): [number, number][] {
  const parts: [number, number][] = [];
  let open: number | null = null;
  for (const { index, 0: tag } of text.matchAll(/\{%-?\s{0,9}(?:autoescape\s{1,9}(?:false|off)|endautoescape)\b/g)) {
    if (!tag.endsWith('endautoescape')) open ??= index;
    else if (open !== null) {
      parts.push([open, index]);
      open = null;
    }
  }
  return parts;
}

/** The list whose items a block goes through: `{{#each users}}`. */
function eachAround(text: string, at: number): string[] {
  const before = text.slice(Math.max(0, at - MOST_BEFORE), at);
  const open = before.lastIndexOf('{{#each ');
  if (open === -1 || before.includes('{{/each', open)) return [];
  const [, of = ''] = /^\{\{#each\s+([\w.]{1,60})(?:\s+as\s+\|)?/.exec(before.slice(open)) ?? [];
  return of === '' || /^\{\{#each\s+[\w.]+\s+as\s/.test(before.slice(open, open + 100)) ? [] : [...of.split('.'), '*'];
}

const MOST_BEFORE = 4000;

/** Where HTML's escapes do not help: in a script outside of quotes, in a handler of an element, in an attribute without quotes. */
function placeIn(text: string, at: number, engine: Engine): Written['how'] | null {
  const before = text.slice(Math.max(0, at - MOST_BEFORE), at);
  const script = before.lastIndexOf('<script');
  if (script !== -1 && !before.includes('</script', script) && before.indexOf('>', script) !== -1) {
    const tag = before.slice(script, before.indexOf('>', script));
    if (/type\s*=\s*["']?(?!text\/javascript|application\/javascript|module)[\w/+-]+/i.test(tag)) return null;
    const line = before.slice(before.lastIndexOf('\n') + 1).replace(/^[^]*<script[^>]*>/, '');
    return isQuoted(line) ? null : 'script';
  }
  if (engine === 'pug') return null;
  const open = before.lastIndexOf('<');
  const tag = before.slice(open).replace(/<%[^]*?%>/g, '');
  if (!/^<[a-zA-Z]/.test(tag) || tag.includes('>')) return null;
  if (/\son\w+\s*=\s*"[^"]*'[^'"]*$|\son\w+\s*=\s*'[^']*$/i.test(tag)) return 'handler';
  return /[\w-]\s*=\s*$/.test(tag) && !isQuoted(tag) ? 'unquoted' : null;
}

function isQuoted(line: string): boolean {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    if (sign === '\\') at++;
    else if (quote === '' && /["'`]/.test(sign)) quote = sign;
    else if (sign === quote) quote = '';
  }
  return quote !== '';
}

const NAME = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*|\[(?:'[\w$-]+'|"[\w$-]+")\])*$/;
const WORDS = new Set([
  'true',
  'false',
  'null',
  'undefined',
  'this',
  'not',
  'and',
  'or',
  'if',
  'else',
  'typeof',
  'loop',
  'body',
  'content',
  'yield',
  'in',
  'is',
  'none',
  'None',
]);

const AS_JSON = /^\s*JSON\.stringify\(\s*([\w$.]{1,80})\s*(?:,[^()]*)?\)\s*;?\s*$/;

/** The values that an expression puts together; none of what it gives to a function but for `JSON.stringify`. */
function namesIn(engine: Engine, written: string): string[][] {
  const bare = written.trim().replace(/;$/, '').replace(AS_JSON, '$1');
  if (engine === 'jinja') {
    const [value = '', ...filters] = bare.split('|').map((one) => one.trim());
    if (
      filters.some(
        (one) => !/^(?:safe|raw|trim|upper|lower|title|capitalize|default\b.*|truncate\b.*|string)$/.test(one),
      )
    )
      return [];
    return namesOf(value);
  }
  if (engine === 'mustache' && bare === 'this') return [[]];
  if (engine === 'mustache')
    return /\s/.test(bare) ? [] : namesOf(bare.replace(/^(?:\.\.\/|@root\.|this\.|\.\/)+/, '').replaceAll('/', '.'));
  return namesOf(bare);
}

function namesOf(expression: string): string[][] {
  if (/\w\s*\(/.test(expression)) return [];
  return expression
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (text) => (/^.[\w$-]+.$/.test(text) ? text : '""'))
    .split(/\s*(?:\+|\|\||&&|\?\?|[?:~](?![.?]))\s*/)
    .map((one) => one.trim().replace(/^\(|\)$/g, ''))
    .filter((one) => NAME.test(one))
    .map((one) => one.replace(/\[['"]([\w$-]+)['"]\]/g, '.$1').split(/\??\./))
    .map((names) => (names[0] === 'locals' ? names.slice(1) : names))
    .filter((names) => names[0] !== undefined && !WORDS.has(names[0]));
}

interface Loop {
  item: string;
  of: readonly string[];
}

/** `<% users.forEach((user) => { %>`, `each user in users`, `{% for user in users %}`: what `user` is. */
function listLoops(engine: Engine, text: string): Loop[] {
  const patterns: Record<Engine, RegExp[]> = {
    ejs: [
      /(?<![\w$.])(?<of>[\w$.]{1,60})\.(?:forEach|map)\(\s*(?:async\b\s*)?(?:function\b\s*(?:\w+\s*)?)?(?:\(\s*)?(?<item>[\w$]+)/g,
      /for\s*\(\s*(?:const|let|var)\s+(?<item>[\w$]+)\s+of\s+(?<of>[\w$.]+)/g,
    ],
    pug: [/^[ \t]*(?:each|for)\s+(?<item>[\w$]+)(?:\s*,\s*\w+)?\s+in\s+(?<of>[\w$.]+)/gm],
    jinja: [/\{%-?\s*for\s+(?<item>\w+)\s+in\s+(?<of>[\w.]+)/g],
    mustache: [/\{\{#each\s+(?<of>[\w.]+)\s+as\s+\|(?<item>\w+)/g],
  };
  return patterns[engine].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups }) => ({
      item: groups?.['item'] ?? '',
      of: (groups?.['of'] ?? '').split('.'),
    })),
  );
}

function throughLoops(names: readonly string[], loops: readonly Loop[]): readonly string[] {
  let path = names;
  for (let step = 0; step < 3; step++) {
    const loop = loops.find(({ item }) => item === path[0]);
    if (!loop) break;
    path = [...loop.of, '*', ...path.slice(1)];
  }
  return path;
}
