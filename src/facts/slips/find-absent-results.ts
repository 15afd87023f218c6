import type { Home } from '../../flows/values/value.ts';
import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Language, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { closingOf } from '../../text/closing-of.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FoundSlip } from './slip.ts';
import { tellSiblings } from './tell-siblings.ts';

/** A name gets the result of a call. Where the name appears next, it is checked or used. */
interface Use {
  home: Home;
  form: FunctionForm;
  name: string;
  /** `users.find_by_email`, `User.objects.filter.first`. */
  callee: string;
  does: 'asks' | 'uses';
  given: Span;
  at: Span;
}

const GIVEN: Readonly<Record<Language, RegExp>> = {
  typescript: /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:await\s+)?([\w$.]+)\(/g,
  python: /^[ \t]+(\w+)\s*=\s*(?:await\s+)?([\w.]+)\(/gm,
  go: /\b(?!err\b)(\w+)(?:,\s*err)?\s*:?=\s*([\w.]+)\(/g,
};
/** What may give nothing, by its last word: a parser or a maker that is asked for something else is none. */
const LOOKS =
  /^(?:_?a?(?:get|find|fetch|load|look_?up|first|one_or_none|scalar_one_or_none|by|query|select|search)(?=$|[A-Z_].*|One$)\w*|(?:Get|Find|Fetch|Load|Lookup|First|By)\w*)$/;
/** `planOf(id)`, `user_by_mail(mail)`: by what it is looked for. */
const OF_ONE = /[a-z](?:(?:Of|By|For)(?:[A-Z]\w*)?|_(?:of|by|for)(?:_\w+)?)$/;
/** What a guard before the function has made sure of. */
const OF_CALLER = /current|session|request|context|config|setting|\bme\b/i;
const SIBLINGS = 2;
const FARTHEST = 600;
const TRIES = /\btry\s*[{:]/;

/** The result of a look that may find nothing, used unasked where the program asks everywhere else. */
export function findAbsentResults(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const definitions = Map.groupBy(
    program.filter(({ path }) => !/(?:^|[/_.])(?:mocks?|fakes?|stubs?|tests?)[/_.]/i.test(path)).flatMap(listNamed),
    ({ form }) => form.name,
  );
  const mayBeAbsent = ({ callee, home }: Use): boolean => {
    const last = lastPart(callee);
    const [own, other] = definitions.get(last) ?? [];
    // A mapper's own, or a function of the program of which it is seen.
    if (!own) return FINDS_NONE[home.module.language].test(last);
    return (
      !other &&
      own.home.module.language === home.module.language &&
      GIVES_NONE[home.module.language].test(own.home.text.slice(...own.form.span))
    );
  };
  const groups = Map.groupBy(homes.flatMap(usesIn), ({ callee }) => callee);
  return [...groups.values()].flatMap((group) => {
    const asking = group.filter(({ does }) => does === 'asks');
    const using = group.filter(({ does }) => does === 'uses');
    const askers = new Set(asking.map(({ form }) => form));
    if (!using.some(mayBeAbsent)) return [];
    if (askers.size < SIBLINGS || using.length * SIBLINGS > asking.length) return [];
    return using.map((one) => toSlip(one, asking.slice(0, 20)));
  });
}

/** Calls of mappers that give nothing where they find nothing. */
const FINDS_NONE: Readonly<Record<Language, RegExp>> = {
  typescript: /^(?:findUnique|findFirst|findOne|findOneBy|findByPk|findById)$/,
  python: /^(?:first|one_or_none|scalar_one_or_none)$/,
  go: /^\b$/,
};
const GIVES_NONE: Readonly<Record<Language, RegExp>> = {
  typescript:
    /\breturn (?:null|undefined)\b|\breturn [\w$.]+\.find\(|\.(?:findUnique|findFirst|findOne|findOneBy|findByPk|findById)\(|\?\? null\b/,
  python: /\breturn None\b|\.first\(\)[ \t]*$|one_or_none\(\)[ \t]*$|->[^:\n]*(?:Optional\[|\| None)/m,
  go: /\breturn nil, nil\b|(?<![^])[^\n]*\)\s*\*[\w.]+\s*\{[^]*?\breturn nil[ \t]*$/m,
};

function listNamed(home: Home): { home: Home; form: FunctionForm }[] {
  return home.module.functions.filter(({ id, name }) => id !== 0 && name !== '').map((form) => ({ home, form }));
}

function toSlip({ home, form, name, callee, given, at }: Use, asking: readonly Use[]): FoundSlip {
  const names = [
    ...new Set(
      asking.map((one) => functionsAround(one.home.module, one.form).find((each) => each.name !== '')?.name ?? ''),
    ),
  ];
  return {
    kind: 'absent-result-used',
    home,
    form,
    span: at,
    names: {
      NAME: name,
      CALL: callee,
      LINE: given,
      NOTHING: home.module.language === 'go' ? 'nil' : home.module.language === 'python' ? 'None' : 'null',
      SIBLINGS: tellSiblings(names),
    },
  };
}

const usesIn = memo((home: Home): readonly Use[] => {
  const { text } = home;
  const found: Use[] = [];
  for (const match of text.matchAll(GIVEN[home.module.language])) {
    const [whole, name = '', path = ''] = match;
    const chain = chainAt(text, path, match.index + whole.length - 1);
    const callee = chain && chain.path.replace(/^(?:this|self|cls|[a-z])\./, '');
    const form = functionAt(home.module, [match.index, match.index + whole.length]);
    if (
      !chain ||
      !callee ||
      !form ||
      form.id === 0 ||
      !(LOOKS.test(lastPart(callee)) || OF_ONE.test(lastPart(callee))) ||
      OF_CALLER.test(callee)
    )
      continue;
    const does = nextIn(home, form, name, [match.index + whole.length, chain.end]);
    if (does) found.push({ home, form, name, callee, ...does, given: [match.index, chain.end] });
  }
  return found;
});

/** The calls of a chain, and where it ends. Null: something else is done with what it gives. */
function chainAt(text: string, first: string, from: number): { path: string; end: number } | null {
  let path = first;
  let at = from;
  for (;;) {
    const end = closingOf(text, at, FARTHEST) + 1;
    if (end === 0) return null;
    const [next, word] = /^\s*\.(\w+)\(/.exec(text.slice(end, end + 60)) ?? [];
    if (next === undefined) return /^[ \t]*(?:[;\n#]|\/\/|$)/.test(text.slice(end, end + 20)) ? { path, end } : null;
    path += `.${word}`;
    at = end + next.length - 1;
  }
}

/**
 * `if c.Written() { return }`: who was handed to the call is asked how it went.
 */
const LEAVES = /\bif\s*\(?\s*!?\s*(\w+)\.\w+(?:\(\))?\s*\)?\s*[{:]?\s*(?:return|throw|raise)\b/g;

/** What is done first with it. Null: it is handed on, or nothing, or in a way that says neither. */
function nextIn(
  home: Home,
  form: FunctionForm,
  name: string,
  [given, from]: Span,
): { does: Use['does']; at: Span } | null {
  const { text } = home;
  const rest = text.slice(from, Math.min(form.span[1], from + FARTHEST));
  const match = new RegExp(`(?<![\\w.'"\`])${name}\\b(?!['"\`])`).exec(rest);
  if (!match) return null;
  const before = rest.slice(0, match.index);
  const handed = text.slice(given, from);
  if ([...before.matchAll(LEAVES)].some(([, one]) => new RegExp(`\\b${one}\\b`).test(handed))) return null;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const behind = rest.slice(match.index + name.length, match.index + name.length + 40);
  // `x.id if x else None`
  const whole = line + (rest.slice(match.index).split('\n', 1)[0] ?? '');
  const isAsked = new RegExp(`\\bif\\s+(?:not\\s+)?${name}\\b|\\b${name}\\s*(?:&&|\\?\\s)`).test(whole);
  const at: Span = [from + match.index, from + match.index + name.length];
  const asks =
    isAsked ||
    /!\s*$|\bnot\s+$|\b(?:if|elif|while|assert|unless)\s*\(?\s*$|(?:&&|\|\||\band|\bor)\s*$|\b(?:bool|Boolean|isinstance|len|assert\w*|expect|invariant|is_none|isNil|ensure\w*)\($/i.test(
      line,
    ) ||
    /^\s*(?:\?\.|\?\?|&&|\|\||[=!]==?|is\s|and\b|or\b|\?\s|!)/.test(behind) ||
    /\b(?:if|elif|switch|else|assert)\b.*$/.test(line);
  // `if (!user.active)` asks what it holds, and needs it.
  const isOfField = !isAsked && /^\.\w|^\[/.test(behind) && /!\s*$/.test(line);
  if (asks) return isOfField ? null : { does: 'asks', at };
  // What fails in a `try` is caught.
  const isTried = (): boolean => firstTry(home, form) < from;
  return /^\.\w|^\[/.test(behind) && !isTried() ? { does: 'uses', at } : null;
}

/** Where the first `try` of a function begins: it is asked with each use of thousands. */
function firstTry(home: Home, { id, span }: FunctionForm): number {
  const known = tries(home);
  const before = known.get(id);
  if (before !== undefined) return before;
  const at = home.text.slice(...span).search(TRIES);
  const first = at < 0 ? Number.POSITIVE_INFINITY : span[0] + at;
  known.set(id, first);
  return first;
}

const tries = memo<Home, Map<number, number>>(() => new Map());
