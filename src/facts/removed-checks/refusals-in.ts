import { indentOf } from '../../text/indent-of.ts';
import type { ChangedLine } from '../fact-hit.ts';

/** `if (!mayRead(me, note)) return res.sendStatus(403)`, as far as it stood there before the change. */
export interface Refusal {
  line: number;
  /** What it asked, on one line. */
  condition: string;
  /** How it refused. */
  answer: string;
  /** `resets`: it put another value there; `opens`: what stood in it is done without it now. */
  how: 'refuses' | 'resets' | 'opens';
}

const BEGINS = /^\s*(?:\}?\s*else\s+|el)?if\b/;
const CHOOSES = /^\s*(?:switch|match)\b.*[{:]\s*$/;
const OTHERWISE = /^\s*(?:default|case _)\s*:\s*(.*)$/;
const MOST_OF_CHOICE = 40;
const MOST_OF_CONDITION = 10;
const MOST_OF_BODY = 14;

/** Somebody is turned away: it throws, answers with an error, or leaves with nothing in its hands. */
export const REFUSES =
  /\bthrow\b|\braise\b|\breject\(|\b[aA]bort\w*\(|\bnext\(\s*\w|\bpanic\(|\breturn\b.*(?:\b[eE]rr(?:or)?s?\b|[a-z]Err\b|\b[eE]rr[A-Z]|Error|\bfalse\b|\bFalse\b|\bnull\b|\bundefined\b|\bNone\b|\bnil\b|\b4\d\d\b|Status[A-Z]\w+|[fF]orbid|[uU]nauthor|[nN]ot_?[fF]ound|[bB]ad_?[rR]equest|[dD]enied|[rR]edirect|[iI]nvalid|['"]['"]|\[\]|\{\})|\breturn\s*;?\s*\}?\s*$|(?:status|sendStatus|WriteHeader|code)\(\s*(?:http\.Status\w+|4\d\d)|http\.Error\(|[eE]rror\w*\(|\bcontinue\b|\bbreak\b/;

const RESETS = /^\s*[\w.]+\s*=\s*[^=]/;

/**
 * The conditions that are gone and kept something away.
 *
 * @param lines of the file before the change
 * @param added what the change wrote, without white space around it
 */
export function refusalsIn(
  removed: readonly ChangedLine[],
  lines: readonly string[],
  added: ReadonlySet<string>,
): Refusal[] {
  const gone = new Map(removed.map(({ line, text }) => [line, text]));
  return removed.flatMap(({ line, text }): Refusal[] => {
    if (CHOOSES.test(text)) return refusedElse(line, text, lines, gone);
    if (!BEGINS.test(text)) return [];
    const [condition, end] = conditionAt(line, lines);
    const inline = /[){:]\s*(?:return|throw|raise|continue|abort)\b.*/.exec(condition);
    if (inline && REFUSES.test(inline[0])) {
      const asked = condition.slice(0, inline.index + 1);
      return [{ line, condition: asked, answer: inline[0].slice(1).trim(), how: 'refuses' }];
    }
    const body = bodyAt(end, line, lines).filter(([, code]) => code.trim() !== '');
    const own = body.filter(([number]) => gone.has(number));
    if (!isWhole(line, end, gone) || own.length === 0) return [];
    const other = elseAt(body, line, lines);
    if (other !== null && gone.has(other.line) && REFUSES.test(other.answer) && !REFUSES.test(own.at(-1)?.[1] ?? ''))
      return [{ line, condition, answer: other.answer, how: 'refuses' }];
    const answer = own.map(([, code]) => code.trim()).join(' ');
    // Where a call of it failed, that is no refusal of this condition.
    const told = withoutFailures(own);
    if (
      (told.length > 0 && told.length === own.length && REFUSES.test(answer)) ||
      told.some(([, code]) => REFUSES.test(code))
    )
      return [{ line, condition, answer, how: 'refuses' }];
    // Its body stands there without it.
    if (own.every(([, code]) => added.has(code.trim()))) return [{ line, condition, answer: '', how: 'opens' }];
    const last = own.at(-1)?.[1] ?? '';
    return RESETS.test(last) ? [{ line, condition, answer, how: 'resets' }] : [];
  });
}

/** Lines that do not stand in an `if err != nil {` of a call further in. */
function withoutFailures(own: readonly [number, string][]): readonly [number, string][] {
  let depth: number | null = null;
  return own.filter(([, code]) => {
    if (depth !== null && indentOf(code) > depth) return false;
    depth = /^\s*if\s+err\s*!=\s*nil\s*\{\s*$/.test(code) ? indentOf(code) : null;
    return depth === null;
  });
}

/** `else { return c.status(404) }` of what is only done for those who may. */
function elseAt(
  body: readonly [number, string][],
  first: number,
  lines: readonly string[],
): { line: number; answer: string } | null {
  const line = (body.at(-1)?.[0] ?? first) + 1;
  const code = lines[line - 1] ?? '';
  if (!/^\s*(?:\}\s*)?else(?:\s*[{:])?\s*$/.test(code)) return null;
  const answer = bodyAt(line, line, lines)
    .map(([, one]) => one.trim())
    .join(' ');
  return { line, answer };
}

/** `switch scheme { case "http", "https": default: return errScheme }` that is gone as a whole. */
function refusedElse(
  first: number,
  text: string,
  lines: readonly string[],
  gone: ReadonlyMap<number, string>,
): Refusal[] {
  const within = lines.slice(first, first + MOST_OF_CHOICE);
  const end = within.findIndex((one) => one.trim() === '}' && indentOf(one) === indentOf(text));
  if (end < 0 || !isWhole(first, first + end + 1, gone)) return [];
  const at = within.slice(0, end).findIndex((one) => OTHERWISE.test(one));
  if (at < 0) return [];
  const [, inline = ''] = OTHERWISE.exec(within[at] ?? '') ?? [];
  const line = first + at + 1;
  const answer = [inline, ...bodyAt(line, line, lines).map(([, one]) => one.trim())].join(' ').trim();
  return REFUSES.test(answer) ? [{ line: first, condition: text.trim(), answer, how: 'refuses' }] : [];
}

function isWhole(first: number, last: number, gone: ReadonlyMap<number, string>): boolean {
  for (let line = first; line <= last; line++) if (!gone.has(line)) return false;
  return true;
}

/** Up to where its parentheses are closed and its block begins. */
export function conditionAt(first: number, lines: readonly string[]): [string, number] {
  let text = '';
  for (let line = first; line < first + MOST_OF_CONDITION; line++) {
    const one = (lines[line - 1] ?? '').trim();
    text = text === '' ? one : `${text} ${one}`;
    const depth = [...text].reduce((sum, sign) => sum + ('(['.includes(sign) ? 1 : ')]'.includes(sign) ? -1 : 0), 0);
    if (depth <= 0 && /[{:]$|\)$|;$/.test(one)) return [text, line];
  }
  return [text, first];
}

/** The lines that stand deeper. */
export function bodyAt(end: number, first: number, lines: readonly string[]): [number, string][] {
  const depth = indentOf(lines[first - 1] ?? '');
  const body: [number, string][] = [];
  for (let line = end + 1; line <= end + MOST_OF_BODY; line++) {
    const one = lines[line - 1];
    if (one === undefined || (one.trim() !== '' && indentOf(one) <= depth)) break;
    body.push([line, one]);
  }
  return body;
}
