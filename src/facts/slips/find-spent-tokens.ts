import type { Home } from '../../flows/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionAt } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import { type Call, textOf } from './call-chain.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

const READS = /^(?:get|Get|get_?json|hget|hgetall|HGet|HGetAll)$/;
const DROPS = /^(?:del|delete|Del|Delete|unlink|Unlink|hdel|HDel|remove)$/;
/** What keeps values for a while, for all processes. */
const KEEPS = /redis|cache|rdb|kv|store|memcache|keyv/i;
/** What is good once. */
const ONCE = /token|code|otp|nonce|jti|state|ticket|verif|reset|invit|challenge|magic|one_?time|csrf|ceremony/i;
/** It is taken in one go, or only one gets there. */
const ALONE =
  /getdel|GETDEL|GetDel|get_?and_?del|eval\(|Eval\(|lua|\bmulti\(|pipeline|lock|mutex|setnx|SetNX|\bnx\b|atomic|transaction/i;
/** Who was first is told by how many keys went. */
const COUNTED = /(?:=|\bif\b|\breturn\b|===?|!==?|[<>])\s*\(?(?:\(?await\s+)?$/;

interface Kept {
  call: Call;
  form: FunctionForm;
  key: string;
}

/** A code that is good once is read, checked and only then taken away: two requests at once both pass. */
export function findSpentTokens(home: Home): FoundSlip[] {
  if (!KEEPS.test(home.text) || !ONCE.test(home.text)) return [];
  const reads: Kept[] = [];
  const drops: Kept[] = [];
  visitExpressions(home.module, (one) => {
    if (one.kind !== 'call' || one.of.kind !== 'field') return;
    const name = calledName(one.of);
    const into = READS.test(name) ? reads : DROPS.test(name) ? drops : null;
    if (!into || !KEEPS.test(textOf(home, one.of.of.span))) return;
    const given = one.arguments[home.module.language === 'go' && one.arguments.length > 1 ? 1 : 0];
    const form = functionAt(home.module, one.span);
    if (given && form && form.id !== 0) into.push({ call: one, form, key: keyOf(home, given.value.span) });
  });
  const first = new Map<string, Kept>();
  for (const read of reads) {
    const before = first.get(placeOf(read));
    if (!before || read.call.span[1] < before.call.span[1]) first.set(placeOf(read), read);
  }
  const looked = [...Map.groupBy(drops, ({ form }) => form).values()].flatMap((all) => all.slice(0, MOST_LOOKS));
  return looked.flatMap(({ call, form, key }): FoundSlip[] => {
    const known = first.get(placeOf({ form, key }));
    const read = known && known.call.span[1] < call.span[0] ? known : null;
    const body = textOf(home, form.span);
    const between = read ? home.text.slice(read.call.span[1], call.span[0]) : '';
    // Something is asked of it, and then something is done for whoever brought it.
    const isChecked = /\bif\b|\?\s|\bassert\b/.test(between);
    const isCounted = COUNTED.test(home.text.slice(Math.max(0, call.span[0] - 40), call.span[0]));
    if (!read || !isChecked || isCounted || !ONCE.test(`${key} ${form.name}`) || ALONE.test(body)) return [];
    return [
      {
        kind: 'token-used-twice',
        home,
        form,
        span: call.span,
        names: {
          READ: textOf(home, read.call.of.span),
          CALL: textOf(home, call.of.span),
          KEY: key.slice(0, 60).replaceAll('`', ''),
          LINE: read.call.span,
        },
      },
    ];
  });
}

/** What is good once, and a column says whether it was used. */
const FLAG = '(?:is_|was_)?(?:used|redeemed|claimed|consumed|spent|refunded|withdrawn|cashed)(?:_at|_on)?';
const CHECKED_FLAG = new RegExp(
  `^[ \\t]*if\\s+(?:[^\\n]{0,200}\\b(?:or|and)\\s+)?(?<not>not\\s+)?(?<row>\\w+)\\.(?<flag>${FLAG})\\b(?:\\s+is(?:\\s+not)?\\s+None)?[^\\n]{0,200}:[ \\t]*$`,
  'm',
);
/** The database looks whether it is still free, or nobody else gets there. */
const HELD =
  /for_update|lock|\.filter\([^)]*(?:used|redeemed|claimed|consumed|spent|refunded|withdrawn)|isolation|serializable|version/i;

/** `if coupon.used: …`, then `coupon.used = True`: two requests at once both pass, in Python. */
export function findSpentFlags(home: Home): FoundSlip[] {
  if (home.module.language !== 'python') return [];
  return home.module.functions.flatMap((form): FoundSlip[] => {
    const text = form.id === 0 ? '' : textOf(home, form.span);
    const checked = CHECKED_FLAG.exec(text);
    const { row, flag } = checked?.groups ?? {};
    if (!checked || row === undefined || flag === undefined || HELD.test(text)) return [];
    const rest = text.slice(checked.index + checked[0].length);
    const set = new RegExp(`^[ \\t]*(${row}\\.${flag}\\s*=\\s*(?:True|\\w[\\w.]*\\())[^\\n]*$`, 'm').exec(rest);
    if (!set || !/\.(?:a?save|commit|flush)\(/.test(rest.slice(set.index))) return [];
    const at = form.span[0] + text.length - rest.length + set.index + set[0].indexOf(row);
    const from = form.span[0] + checked.index + checked[0].indexOf('if');
    return [
      {
        kind: 'token-used-twice',
        home,
        form,
        span: [at, at + 1],
        names: {
          READ: `if ${row}.${flag}`,
          CALL: `${row}.${flag} = …`,
          KEY: `${row}.${flag}`,
          LINE: [from, from + 1],
        },
      },
    ];
  });
}

function placeOf({ form, key }: Pick<Kept, 'form' | 'key'>): string {
  return `${form.id} ${key}`;
}

function keyOf(home: Home, span: readonly [number, number]): string {
  return textOf(home, span)
    .replace(/^f(?=["'])|["'`\s]/g, '')
    .replaceAll('"', "'");
}
