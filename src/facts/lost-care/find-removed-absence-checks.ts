import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { shown } from '../removed-checks/gone.ts';
import { headOf } from './blocks.ts';
import { calleesOf } from './callees.ts';
import { type Change, changesOf, createLooks, firstOfEach, lostAt } from './changes-of.ts';

/** A value that may be absent was checked before the change. Now it is used without a check. */
export const findRemovedAbsenceChecks: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const seen = new Set<number>();
  const looks = createLooks();
  const found = changesOf(before, read)
    .flatMap((change) => LOST.flatMap((find) => find(change, before, looks, read)))
    .filter(({ place }) => !seen.has(place.startLine) && seen.add(place.startLine));
  return firstOfEach(found);
};

type Find = (change: Change, before: FactsBefore, looks: (of: Change) => boolean, read: ReadPlace) => FactHit[];

const PATH = String.raw`[A-Za-z_$][\w$]*(?:\??\.[\w$]+|\[[\w"'$]+\])*`;
/** `!user`, `user is None`, `user == nil`, `user === undefined`: the name behind them. */
const ABSENT = new RegExp(
  String.raw`(?:!\s*(${PATH})(?=\s*(?:\)|&&|\|\||\{|;|$))|\bnot\s+(${PATH})(?=\s*(?::|\band\b|\bor\b|\)|$))|(${PATH})\s*(?:===?|!==?|\bis(?:\s+not)?)\s*(?:nil|null|undefined|None)\b)`,
  'g',
);
/** `if user {`, `if (event.task)`: it is asked whether it is there at all. */
const PRESENT = new RegExp(String.raw`^\s*(?:\}\s*else\s+|el)?if\s*\(?\s*(${PATH})\s*(?:\)|:|&&|\band\b)`);
const LENGTH = /\blen\(\s*([\w.]+)\s*\)\s*(?:[<>]=?|[!=]=)\s*\d+|\b([\w.]+)\.length\s*(?:[<>]=?|[!=]==?)\s*\d+/g;
/** A failure is no absence, and what is set by the operator is there or not. */
const NO_VALUE =
  /^(?:\w*[eE]rr(?:or)?|ok|found|exists|is[A-Z_]\w*|has[A-Z_]\w*|can[A-Z_]\w*|this|self|\w*[eE]nabled|debug|\w*[fF]lags?)$/;

function namesIn(condition: string): string[] {
  const found = [...condition.matchAll(ABSENT)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const [, present = ''] = PRESENT.exec(condition) ?? [];
  return [...new Set([...found, present])]
    .map((one) => one.replaceAll('?.', '.'))
    .filter((one) => one !== '' && !NO_VALUE.test(lastPart(one)));
}

/** Something of it is read. */
function usesOf(name: string, text: string): boolean {
  return new RegExp(
    `(?<![\\w$.])${escapeRegExp(name)}(?:\\.\\w|\\[)|(?<![\\w$)\\]]\\s?)\\*${escapeRegExp(name)}\\b|\\b(?:int|float|Decimal|len|parseInt|strptime|fromisoformat|context\\.With\\w+)\\(\\s*${escapeRegExp(name)}\\b`,
  ).test(text);
}

/** Somebody asks for it still, or it is another value now. */
function isAsked(name: string, { now, was, written }: Change): boolean {
  const of = escapeRegExp(name);
  const asks = new RegExp(
    `(?:!\\s*|\\bnot\\s+|\\bif\\s*\\(?\\s*|&&\\s*|\\|\\|\\s*|\\band\\s+|\\bor\\s+)${of}(?![\\w.([]|,\\s*\\w+\\s*:?=)|(?<![\\w.])${of}\\s*(?:\\?\\.|\\?\\?|\\?\\s|[!=]==?\\s*(?:nil|null|undefined|None)|is\\s+(?:not\\s+)?None|&&|\\|\\|)|\\b(?:assert\\w*|require\\w*|ensure\\w*|must\\w*|expect\\w*|isinstance|hasattr)\\W{0,20}[^\\n]{0,300}\\b${of}\\b|(?:^|\\n)[ \\t]*(?:await\\s+|(?:if\\s+)?err\\s*:?=\\s*)?(?:[\\w$]+\\.)*check\\w*\\([^\\n]{0,300}\\b${of}\\b|\\b(?:is[A-Z_]\\w*|has[A-Z_]\\w*|match|invariant|not_?[nN](?:ull|one|il)\\w*)\\(\\s*${of}\\b`,
  );
  const gives = new RegExp(`(?<![\\w.])${of}(?:,\\s*\\w+)*\\s*:?=(?!=)`);
  const own = written.split('\n').some((one) => gives.test(one));
  return asks.test(now) || own || !new RegExp(`(?<![\\w$.])${of}\\b`).test(was);
}

/** What may well give nothing. */
const MAY_GIVE_NONE =
  /\.(?:find|get|match|exec|pop|shift|first|one_or_none|scalar_one_or_none|findOne\w*|findUnique|findFirst|findByPk|findById|querySelector|search|fullmatch)\(|\bos\.environ|process\.env|\brequest\.user\b|\breq\.user\b|Lookup|\bFind\w*\(/;

/** A part of the service, which may refuse by itself where it finds nothing. */
const OF_SERVICE =
  /^(?:await\s+)?this\.(?!\w*(?:[rR]epo|[mM]odel|[mM]ap\b|[cC]ache|prisma|db))\w+\.(?:find|get|first)\w*\(/;

function givenBy(name: string, text: string): string {
  return new RegExp(`(?<![\\w.])${escapeRegExp(name)}\\s*(?::[^=\\n]+)?:?=(?!=)\\s*([^\\n]+)`).exec(text)?.[1] ?? '';
}

/** What gives it refuses by itself where there is none. */
function refusesItself(name: string, now: string, before: FactsBefore, read: ReadPlace): boolean {
  const [, call = ''] = /^(?:await\s+)?([\w.]+)\(/.exec(givenBy(name, now)) ?? [];
  const callees = call === '' ? [] : calleesOf(call, before, read);
  return (
    callees.length > 0 && callees.every((one) => /\bthrow\b|\braise\b|\babort\(|OrThrow\b|OrFail\b|_or_404\b/.test(one))
  );
}

/** `note, err := r.Note(id)`: what is called gives neither a row nor an error where there is none. */
function mayBeNil(name: string, now: string, before: FactsBefore, read: ReadPlace): boolean {
  const gives = new RegExp(`(?<![\\w.])${escapeRegExp(name)},\\s*err\\s*:?=\\s*([\\w.]+)\\(`);
  const [, call = ''] = gives.exec(now) ?? [];
  const callees = call === '' ? [] : calleesOf(call, before, read);
  return callees.length > 0 && callees.every((one) => /\breturn nil, nil\b/.test(one));
}

/** A function that the change hands it to may ask. */
function isHandedOver(name: string, { put, was }: Change): boolean {
  const calls = put.matchAll(new RegExp(`([\\w.]+)\\(\\s*${escapeRegExp(name)}\\s*[,)]`, 'g'));
  return [...calls].some(([, call = '']) => !was.includes(`${call}(`));
}

/** `if (!user) return`, `if event.Task == nil {`, `user is not None and …` */
const findConditions: Find = (change, before, looks, read) => {
  const { edit, removed, now } = change;
  const rest = codeOfLines(edit.added);
  const head = now.replace(/^[^\n]*\n/, '');
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    if (!/\bif\b|\bunless\b|&&|\band\b|^\s*(?:\|\||or\b)|\?\s/.test(code)) return [];
    const name = namesIn(code).find((one) => looks(change) && usesOf(one, head) && !isAsked(one, change));
    if (name === undefined || (/\bthrow\b|\braise\b/.test(rest) && rest.includes(name))) return [];
    if (refusesItself(name, now, before, read)) return [];
    const isSure =
      ((MAY_GIVE_NONE.test(givenBy(name, now)) && !OF_SERVICE.test(givenBy(name, now))) ||
        mayBeNil(name, now, before, read)) &&
      !isHandedOver(name, change);
    return [lostAt(before, change, line, { NAME: name, HAD: shown(code), THEN: NOTHING }, !isSure)];
  });
};

/** `if last := rows[n]; last != nil { use(last.id) }` that became `use(rows[n].id)`: asked for under a name that is gone. */
const findInlined: Find = (change, before, looks) => {
  const { removed, now, was, put } = change;
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    if (!/\bif\b/.test(code)) return [];
    const names = namesIn(code).filter((one) => /^\w+$/.test(one) && looks(change) && !speaksOf(now, one));
    const of = names.map((one) => givenBy(one, was).replace(/\s*;.*$|\s*;?\s*$/, '')).find((one) => isRead(one, put));
    return of === undefined ? [] : [lostAt(before, change, line, { NAME: of, HAD: shown(code), THEN: NOTHING }, true)];
  });
};

function speaksOf(text: string, name: string): boolean {
  return new RegExp(`\\b${escapeRegExp(name)}\\b`).test(text);
}

/** An element, a call or a field, of which something is read at once now. */
function isRead(of: string, put: string): boolean {
  return /[.([]/.test(of) && !/^(?:await\b|\(|\[|\{)/.test(of) && put.includes(`${of}.`);
}

/** `user, err := find(id)` and `if user == nil`: now the call is asked for its error alone. */
const findDropped: Find = (change, before, looks) => {
  const { edit, removed, was } = change;
  const put = codeOfLines(edit.added);
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    const [, name, call = ''] = /^\s*(?:if\s+)?(\w+),\s*err\s*:?=\s*([\w.]+)\(/.exec(code) ?? [];
    const isCall = name !== undefined && name !== '_' && looks(change);
    const isAsked = isCall && new RegExp(`\\bif\\s+${name}\\s*==\\s*nil\\b`).test(was);
    if (!isAsked || !new RegExp(`_,\\s*err\\s*:?=\\s*${escapeRegExp(call)}\\(`).test(put)) return [];
    return [lostAt(before, change, line, { NAME: name, HAD: `if ${name} == nil`, THEN: GOES_ON })];
  });
};

const GOES_ON = 'where it found none, this goes on as if there were one';
const NOTHING = 'where it is not there, this line fails in place of the answer that was meant';
const SHORT = 'where there are fewer, this fails in place of the answer that was meant';

/** `if len(parts) != 2 {` before `parts[1]`. */
const findLengths: Find = (change, before, looks) => {
  const { removed, now, written } = change;
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    const names = /\bif\b/.test(code) ? [...code.matchAll(LENGTH)].map(([, a, b]) => a ?? b ?? '') : [];
    const name = names.find((one) => {
      const of = escapeRegExp(one);
      const asks = new RegExp(
        `\\blen\\(\\s*${of}\\s*\\)|\\b${of}\\.length\\b|\\brange\\s+${of}\\b|\\b${of}\\??\\.\\[|\\b${of}\\[\\d\\]\\s*(?:\\?|&&|\\|\\||[!=]==?)|!\\s*${of}\\[|\\bif\\s*\\(?\\s*${of}\\[`,
      );
      return (
        looks(change) &&
        new RegExp(`(?<![\\w.])${of}\\[\\d\\]`).test(now) &&
        !asks.test(now) &&
        !new RegExp(`\\b${of}\\s*:?=`).test(written)
      );
    });
    return name === undefined
      ? []
      : [lostAt(before, change, line, { NAME: `${name}[…]`, HAD: shown(code), THEN: SHORT })];
  });
};

/** The same where the part is taken at once now: `strings.Split(range, "-")[1]`. */
const findSplits: Find = (change, before) => {
  const { edit, removed } = change;
  const [taken, sign = ''] = /\.?[sS]plitN?\(([^\n]*)\)\[[1-9]\]/.exec(codeOfLines(edit.added)) ?? [];
  if (taken === undefined) return [];
  const all = codeOfLines(removed);
  const [, name = ''] = /(\w+)\s*:?=\s*[\w.]*[sS]plitN?\(/.exec(all) ?? [];
  const line = removed.find(
    ({ text }) => name !== '' && [...text.matchAll(LENGTH)].some(([, a, b]) => (a ?? b) === name),
  );
  return line
    ? [lostAt(before, change, line.line, { NAME: `${name}[…]`, HAD: shown(line.text), THEN: SHORT }, sign === '')]
    : [];
};

/** `user?.name` that became `user.name`. */
const findChains: Find = (change, before, looks) => {
  const { edit, removed, now } = change;
  const added = edit.added.filter(isShort).map(({ text }) => codeOf(text));
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    const names = [...code.matchAll(new RegExp(`(${PATH})\\?\\.(?=[\\w$\\[(])`, 'g'))].map(([, one = '']) => one);
    const name = names.find((one) => {
      const of = escapeRegExp(one.replaceAll('?.', '.'));
      const bare = new RegExp(`(?<![\\w$.])${of}\\.\\w`);
      const asks = new RegExp(
        `(?<![\\w$.])${of}(?:\\?\\.|\\s*(?:&&|\\|\\||\\?))|!\\s*${of}(?![\\w.])|\\bif\\s*\\(\\s*${of}\\s*\\)`,
      );
      if (/^(?:process|console|window|this)$/.test(one) || !looks(change)) return false;
      return added.some((each) => bare.test(each)) && !asks.test(now);
    });
    return name === undefined
      ? []
      : [lostAt(before, change, line, { NAME: name.replaceAll('?.', '.'), HAD: `${name}?.`, THEN: NOTHING }, true)];
  });
};

/** `turn(html ?? '')` that became `turn(html)`: what was put in its place is gone. */
const findDefaults: Find = (change, before) => {
  const { edit, removed } = change;
  const added = edit.added.filter(isShort).map(({ text }) => squeezed(codeOf(text)));
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    const [whole, name = ''] =
      new RegExp(`(${PATH})\\s*(?:\\?\\?|\\|\\||\\bor\\b)\\s*(?:["'\`]["'\`]|\\[\\]|\\{\\}|0\\b|\\(\\))`).exec(code) ??
      [];
    if (whole === undefined || /^(?:process|os)\b/.test(name)) return [];
    const bare = squeezed(code.replace(whole, name));
    return added.includes(bare)
      ? [lostAt(before, change, line, { NAME: name, HAD: shown(whole), THEN: NOTHING }, true)]
      : [];
  });
};

function squeezed(code: string): string {
  return code.replace(/[\s();,]/g, '');
}

/** `entry.get("meta")` that became `entry["meta"]`; `value, ok := found.(string)` without `ok`. */
const findLooks: Find = (change, before, looks) => {
  const { edit, removed, now } = change;
  const all = codeOfLines(edit.added);
  const still = new Set(edit.added.map(({ text }) => text.trim()));
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    if (still.has(text.trim())) return [];
    const [, of = '', key = ''] = /([\w.[\]"']+)\.get\(\s*(["']\w+["'])\s*(?:,[^()]*)?\)/.exec(code) ?? [];
    const last = escapeRegExp(lastPart(of));
    const isBare =
      key !== '' &&
      looks(change) &&
      new RegExp(`${last}(?:\\[[^\\]]*\\])*\\[\\s*${escapeRegExp(key)}\\s*\\](?!\\s*=(?!=))`).test(all);
    if (isBare && !new RegExp(`${escapeRegExp(key)}\\s+in\\s+|\\bKeyError\\b|hasattr`).test(now))
      return [lostAt(before, change, line, { NAME: `${of}[${key}]`, HAD: shown(code), THEN: NOTHING }, true)];
    const [, asserted = ''] = /,\s*ok\s*:?=\s*([\w.()[\]"]+\.\([\w.[\]*{}]+\))/.exec(code) ?? [];
    const isPanic = asserted !== '' && looks(change) && all.includes(asserted) && !/,\s*(?:ok|_)\s*:?=/.test(all);
    return isPanic ? [lostAt(before, change, line, { NAME: asserted, HAD: shown(code), THEN: PANICS })] : [];
  });
};

const PANICS = 'a value of another type ends the request, and in a goroutine of its own the process';

/** `if found != nil { mark([]*Scene{found}) }` that became `mark([]*Scene{found})`: whoever gets it looks into it. */
const findHanded: Find = (change, before, looks) => {
  const { edit, removed, now } = change;
  if (!before.path.endsWith('.go')) return [];
  const put = edit.added.filter(isShort).map(({ text }) => codeOf(text).trim());
  return removed.flatMap(({ line, text }, index) => {
    const code = codeOf(text);
    const [, name] = /^\s*if\s+(\w+)\s*!=\s*nil\s*\{\s*$/.exec(code) ?? [];
    const then = codeOf(removed[index + 1]?.text ?? '').trim();
    if (name === undefined || NO_VALUE.test(name) || !put.includes(then) || !looks(change)) return [];
    const isListed = new RegExp(`\\[\\]\\*[\\w.]+\\{\\s*${name}\\s*\\}`).test(then);
    return isListed && !isAsked(name, change) && speaksOf(now, name)
      ? [lostAt(before, change, line, { NAME: name, HAD: shown(code), THEN: NOTHING }, true)]
      : [];
  });
};

/** `user != nil &&`, `user is not None and`, `!user ||`: a part of a condition that asks whether it is there. */
const PART = new RegExp(
  String.raw`(?<![\w$.!])(${PATH})\s*(?:(?:!==?\s*(?:nil|null|undefined)|is\s+not\s+None)\s*)?(?:&&|\band\b)|(?<![\w$.])(?:(${PATH})\s*(?:===?\s*(?:nil|null|undefined)|is\s+None)|(?:!|\bnot\s)\s*(${PATH}))\s*(?:\|\||\bor\b)`,
  'g',
);

/** `if pipeline != nil && pipeline.Event == push` that became `if pipeline.Event == push`: the rest reads of it at once. */
const findParts: Find = (change, before, looks) => {
  const { edit, removed, lines, places } = change;
  const added = edit.added.filter(isShort).map(({ line, text }) => ({ line, code: squeezed(codeOf(text)) }));
  return removed.flatMap(({ line, text }) => {
    const code = codeOf(text);
    for (const [whole, ...names] of [...code.matchAll(PART)].slice(0, MOST_PARTS)) {
      const name = (names.find((one) => one !== undefined) ?? '').replaceAll('?.', '.');
      const rest = code.slice(code.indexOf(whole) + whole.length);
      // `user &&` stood on a line of its own.
      const isAlone = code.trim() === whole && edit.added.length === 0;
      const now = isAlone ? edit.at : added.find((one) => one.code === squeezed(code.replace(whole, '')))?.line;
      const at = now === undefined ? -1 : now - places.head.startLine;
      const reads = isAlone ? (lines.head[at] ?? '') : rest;
      if (at < 0 || NO_VALUE.test(lastPart(name)) || !readsAtOnce(name, reads) || !looks(change)) continue;
      if (isKnown(name, at, change)) continue;
      const isSure = MAY_GIVE_NONE.test(givenBy(name, change.now)) || asksElsewhere(name, lines.head);
      return [lostAt(before, change, line, { NAME: name, HAD: shown(whole), THEN: NOTHING }, !isSure)];
    }
    return [];
  });
};

const MOST_PARTS = 10;

function readsAtOnce(name: string, text: string): boolean {
  return new RegExp(`^[^\\w$]*(?:\\w+\\(\\s*)?${escapeRegExp(name)}(?:\\.\\w|\\[)`).test(text.trim());
}

/** Above this line somebody leaves where it is absent, this stands where it is there, or it was made just now. */
function isKnown(name: string, at: number, { lines: { head } }: Change): boolean {
  const of = escapeRegExp(name);
  const none = `(?:nil|null|undefined|None)`;
  const leaves = new RegExp(
    `(?:!|\\bnot\\s)\\s*${of}(?![\\w.([?])|(?<![\\w.])${of}\\s*(?:===?|is)\\s*${none}\\b|\\b(?:assert\\w*|require\\w*|ensure\\w*|must\\w*|expect\\w*|invariant|isinstance)\\b[^\\n]{0,80}(?<![\\w.])${of}\\b|(?<![\\w.])${of}(?:\\s*:[^=\\n]{0,60})?\\s*:?=\\s*(?:&|new\\b|\\{|\\[|["'\`])`,
  );
  const isThere = new RegExp(
    `(?<![\\w.!])${of}(?:\\s*(?:!==?|is\\s+not)\\s*${none}\\b|\\s*(?:&&|\\band\\b|\\)|:|\\{))`,
  );
  if (head.slice(0, at).some((line) => leaves.test(line))) return true;
  for (let above = headOf(head, at); above !== null; above = headOf(head, above)) {
    const line = head[above] ?? '';
    if (/\b(?:if|elif|while|case|when)\b/.test(line) && isThere.test(line)) return true;
  }
  return isThere.test(head[at] ?? '') && /&&|\band\b/.test(head[at] ?? '');
}

/** The function itself still asks for it in another place. */
function asksElsewhere(name: string, head: readonly string[]): boolean {
  const asks = new RegExp(`(?<![\\w.])${escapeRegExp(name)}\\s*(?:!==?|is\\s+not)\\s*(?:nil|null|undefined|None)\\b`);
  return head.some((line) => asks.test(line));
}

const LOST: readonly Find[] = [
  findParts,
  findHanded,
  findConditions,
  findInlined,
  findDefaults,
  findDropped,
  findLengths,
  findSplits,
  findChains,
  findLooks,
];
