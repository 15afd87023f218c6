import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { FactsBefore, ReadPlace } from '../fact-hit.ts';
import { calleesOf } from '../lost-care/callees.ts';
import { writesIn } from '../read/writes-in.ts';
import { isShort } from './changed-code.ts';

/** A function on both sides, and the line of its protection that is gone. */
interface Bodies {
  name: string;
  old: string;
  head: string;
  line: string;
}

const CALL = /(?<![\w$.])((?:[\w$]+\.)?[a-zA-Z_$][\w$]*)\(/g;
const OWN_CALLS = 30;
const OPENS = /\batomic\b|\b[tT]ransaction(?:al)?\(|@Transactional|\.[bB]egin\w*\(|RunInTx|InTransaction\(/;

/** What the functions write that are called here, by the names of the calls: at least two writes on both sides, and one is the same. */
export function calledWrites({ old, head }: Bodies, before: FactsBefore, read: ReadPlace): string[] {
  // It is around them in another function of the file now.
  if (before.added.some(({ text }) => OPENS.test(codeOf(text)))) return [];
  const told = new Map<string, number>();
  const of = (call: string): number => {
    const known = told.get(call) ?? writesOfCallees(call, before, read);
    told.set(call, known);
    return known;
  };
  const list = (text: string): Map<string, number> => {
    const own = new Map([...writesIn(text), ...relatedIn(text)]);
    const calls = [...text.matchAll(CALL)].slice(0, OWN_CALLS).map(([, call = '']) => call);
    const through = [...new Set(calls)]
      .filter((call) => !own.has(`${call}(`))
      .map((call) => [`${call}(`, of(call)] as const);
    return new Map([...own, ...through.filter(([, count]) => count > 0)]);
  };
  const sum = (all: Map<string, number>): number => [...all.values()].reduce((one, other) => one + other, 0);
  const [then, now] = [list(old), list(head)];
  const same = [...now.keys()].filter((key) => then.has(key));
  return sum(then) >= MANY && sum(now) >= MANY && same.length > 0
    ? [...same, ...[...now.keys()].filter((key) => !then.has(key))]
    : [];
}

const MANY = 2;

/** All functions of this name write: the least of them. One that opens a transaction of its own is one write. */
function writesOfCallees(call: string, before: FactsBefore, read: ReadPlace, deeper = true): number {
  const callees = calleesOf(call, before, read);
  const counts = callees.map((text) => {
    const body = text.replace(/^[^\n]*\n/, '');
    const all = [...writesIn(body), ...relatedIn(body)].reduce((sum, [, count]) => sum + count, 0);
    if (OPENS.test(text)) return Math.min(1, all);
    // `increase(id)` that hands it on to `increaseNow(id)`
    const inner = all === 0 && deeper ? [...body.matchAll(CALL)].slice(0, DEEPER_CALLS) : [];
    return inner.reduce((most, [, one = '']) => Math.max(most, writesOfCallees(one, before, read, false)), all);
  });
  return counts.length === 0 ? 0 : Math.min(...counts);
}

const DEEPER_CALLS = 5;

/** `document.tags.add(…)` of Django's managers. */
function relatedIn(text: string): [string, number][] {
  if (!/\.objects\./.test(text)) return [];
  const found = [...text.matchAll(/(?<![\w.])(?!self\.|cls\.)([a-z_]\w*\.[a-z_]\w*\.(?:add|set|clear|remove)\()/g)];
  return found.map(([, call = '']) => [call, 1]);
}

/** What is changed of the process, and is none of the function's own: `del cache[key]`, `rates[code] = …`, `seen.add(…)`. */
export function sharedWrites(declared: RegExp, { old, head, line }: Bodies, before: FactsBefore): string[] {
  const names = before.removed.filter(isShort).flatMap(({ text }) => {
    const [, name] = declared.exec(codeOf(text)) ?? [];
    return name === undefined || text === line ? [] : [name];
  });
  const isGone = names.some((name) => new RegExp(`(?<![\\w$])${escapeRegExp(name)}\\b`).test(line));
  // In JavaScript nobody comes between without an `await`.
  if (!isGone || (/\.[cm]?[jt]sx?$/.test(before.path) && !/\bawait\b/.test(head))) return [];
  const written = (text: string): string[] => [
    ...new Set([...text.matchAll(CHANGES)].map(([, a, b, c]) => a ?? b ?? c ?? '').filter((one) => !isOwn(one, text))),
  ];
  const then = new Set(written(old));
  return written(head).filter((one) => then.has(one));
}

const CHANGES =
  /\bdel(?:ete)?\b[\s(]+([A-Za-z_$][\w$]*(?:\.[\w$]+)*)(?=\s*[[,.])|(?<![\w.$])([A-Za-z_$][\w$]*(?:\.[\w$]+)*)(?:\[[^\]\n]*\]\s*=(?!=)|\+\+|\s*[-+]=)|(?<![\w.$])([A-Za-z_$][\w$]*(?:\.[\w$]+)*)\.(?:append|add|pop|popitem|update|clear|setdefault|set|push|delete|extend|discard)\(/g;

/** Its first name is a parameter, or is declared here. */
function isOwn(name: string, text: string): boolean {
  const [first = ''] = name.split('.');
  const root = escapeRegExp(first);
  if (/^(?:this|self|cls)$/.test(first)) return name === first;
  const [signature = ''] = text.split('\n', 1);
  const isGlobal = new RegExp(`\\bglobal\\b[^\\n]*\\b${root}\\b`).test(text);
  return (
    new RegExp(`[(,\\s]${root}\\s*[,):=?\\s]`).test(signature) ||
    (!isGlobal &&
      new RegExp(
        `(?<![\\w.])(?:const|let|var)\\s+[^=\\n]*\\b${root}\\b|(?<![\\w.])${root}(?:\\s*,\\s*\\w+)*\\s*(?::=|(?::[^=\\n]{0,60})?=(?!=))|\\b(?:for|as)\\s+\\(?[^\\n]{0,60}\\b${root}\\b`,
      ).test(text))
  );
}
