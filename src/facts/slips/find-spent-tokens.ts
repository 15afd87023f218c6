import type { Home } from '../../flows/values/value.ts';
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
        suspected: true,
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

function placeOf({ form, key }: Pick<Kept, 'form' | 'key'>): string {
  return `${form.id} ${key}`;
}

function keyOf(home: Home, span: readonly [number, number]): string {
  return textOf(home, span)
    .replace(/^f(?=["'])|["'`\s]/g, '')
    .replaceAll('"', "'");
}
