import { isReference, isStatement, isTrivial, looksRandom } from './judge-value.ts';
import type { Secret } from './secret.ts';

/** Calls that are given a credential in order, without a name: `connect(host, user, 'pw')`, `HTTPBasicAuth('a', 'b')`. */
const CALL =
  /(?:connect(?:ion)?|log[_-]?in|sign[_-]?in|authenticate|basic_?auth|set_?basic_?auth|credentials?|auth|dial(?:er)?|plain_?auth|digest_?auth|create_?pool|open_?session|createTransport|simple_bind(?:_s)?|(?:set|with|change|reset|update|add)_?(?:\w{0,20}_?)?(?:password|passwd|pwd|secret|token|api_?key))\s{0,4}\(/gi;
/** One literal, `name=` before it or not. */
const LITERAL = /(?<![\w"'`])(?:[bBrRuUfF]{1,2}|@|N)?(["'`])((?:(?!\1)[^\\\r\n]|\\[^\r\n]){3,200})\1/g;
/** What is written in such calls and is none: hosts, ports, addresses, paths, events, names of fields, modes of TLS. */
const OTHER =
  /^(?:[a-z][\w+.-]*:(?:\/\/|\d{1,5}$)|\/|\.{1,2}\/|[\w-]+(?:\.[\w-]+)+(?::\d+)?$|localhost\b|\d{1,5}$|utf-?8$|[\w.+-]+@[\w.-]+$|tcp|udp|unix|(?:disable|allow|prefer|require|verify-ca|verify-full)$)/i;
const MOST = 400;

/**
 * Literals in order, from the second one on (the first is a host or a user), and a first one that looks random. Words among
 * them are masked as well: of an argument without a name nobody can tell.
 */
export function findCallArguments(text: string): Secret[] {
  const found: Secret[] = [];
  let from = 0;
  for (const call of text.matchAll(CALL)) {
    const start = call.index + call[0].length;
    if (call.index < from) continue;
    const list = readArguments(text, start);
    from = start + list.length;
    const literals = [...list.matchAll(LITERAL)];
    for (const [nth, { 0: whole, 2: value = '', index }] of literals.entries()) {
      const position = list.slice(0, index).split(',').length - 1;
      if (!isArgument(value, Math.max(nth, position))) continue;
      const at = start + index + whole.length - 1 - value.length;
      found.push({
        start: at,
        end: at + value.length,
        shown: '',
        kind: 'credential',
        label: `${call[0].replace(/\s*\($/, '')}()`,
        report: looksRandom(value) && position > 0,
        home: true,
      });
    }
  }
  return found;
}

/** Up to the closing parenthesis of the call, at most so many characters; what a nested call or an object holds is not in order. */
function readArguments(text: string, start: number): string {
  let depth = 0;
  let quote = '';
  for (let at = start; at < Math.min(text.length, start + MOST); at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote && text[at - 1] !== '\\') quote = '';
      continue;
    }
    if ('"\'`'.includes(char)) quote = char;
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth < 0 || (depth > 0 && char === '{')) return text.slice(start, at);
  }
  return text.slice(start, start + MOST);
}

function isArgument(value: string, position: number): boolean {
  if (isTrivial(value) || isReference(value) || isStatement(value) || /\s|:\/\//.test(value)) return false;
  return looksRandom(value) || (position > 0 && !OTHER.test(value));
}
