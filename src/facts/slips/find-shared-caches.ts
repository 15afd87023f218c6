import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** What is kept under a key: `cache.set(KEY, value, 60)`, `redis.setex(KEY, 60, value)`. */
const KEEPS = new RegExp(
  String.raw`\b(?<cache>(?:\w{1,60}\.){0,3}\w{0,60}(?:cache|redis|rdb)\w{0,60})\.(?:set|a?set|setex|set_many|add)\(\s*(?<key>f?"[^"\n]{1,${MOST_BETWEEN}}"|f?'[^'\n]{1,${MOST_BETWEEN}}'|\w+)\s*,\s*(?<rest>[^\n]{0,${MOST_BETWEEN}})`,
  'gi',
);
/** The caller, as a condition of a query names him. */
const CALLER = String.raw`(?:self\.)?request\.(?:user|tenant|organi[sz]ation|account|team)\b|\b(?:current_)?(?:user|account|tenant|member|org|organi[sz]ation|team|workspace|principal|admin|me)(?:\.(?:tenant|org|organi[sz]ation|account|team|workspace|company)(?:_?id)?|\.(?:id|pk))\b|\bcurrent_user\b|\bg\.(?:user|tenant|account)\b`;
const OWNER = String.raw`(?:tenant|org|organi[sz]ation|workspace|company|account|team|owner|user|customer|author|created_by|member)(?:_?(?:id|uuid|pk))?`;
/** Rows of the caller alone: `filter(owner=request.user)`, `where(Order.tenant_id == user.tenant_id)`. */
const OWNED = new RegExp(
  String.raw`\b\w*?${OWNER}(?:__\w+)?\s*={1,2}\s*(?<by>${CALLER}|${OWNER}(?:\.(?:id|pk))?\b)`,
  'i',
);
/** A key with one of these is one for each. */
const OF_ONE =
  /user|tenant|org|account|team|owner|member|customer|workspace|company|session|caller|principal|\bme\b|self\.|request|author|pk|_id|\bid\b|hash|token|email|uuid/i;

/** What a query reads of the caller alone is kept under a key that is the same for all callers. */
export function findSharedCaches(home: Home): FoundSlip[] {
  if (home.module.language !== 'python' || !/(?:cache|redis|rdb)\w{0,60}\.(?:a?set|setex|add)\(/i.test(home.text))
    return [];
  return home.module.functions.flatMap((form) => (form.id === 0 || form.parent !== 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const text = textOf(home, form.span);
  for (const { groups = {}, index } of [...text.matchAll(KEEPS)].slice(0, MOST_LOOKS)) {
    const key = keyOf(text.slice(0, index), groups.key ?? '');
    const kept = /^[a-z_]\w*/.exec(
      (groups.rest ?? '').replace(/^(?:\d+|[A-Z_\d]+|\w{0,60}(?:ttl|timeout|seconds)\w{0,60})\s*,\s*/, ''),
    )?.[0];
    if (key === null || kept === undefined || OF_ONE.test(key)) continue;
    const made = sourceOf(text.slice(0, index), kept);
    const owned = OWNED.exec(made);
    const by = owned?.groups?.by ?? '';
    if (!owned || !isOfCaller(by, text)) continue;
    // It is taken from there as well, for whoever asks.
    const given = escapeRegExp(groups.key ?? '');
    if (!new RegExp(String.raw`\.a?get\(\s*${given}\s*[,)]`).test(text)) continue;
    const start = form.span[0] + index;
    return [
      {
        kind: 'cache-key-too-wide',
        home,
        form,
        span: [start, start + 1],
        names: { KEY: key, CALL: `${groups.cache ?? 'cache'}.set`, OWNER: owned[0].replace(/\s+/g, ' ') },
      },
    ];
  }
  return [];
}

/** The text of the key, where no value stands in it that is another one for each caller. */
function keyOf(before: string, written: string): string | null {
  const quoted = (one: string): string | null => /^f?(["'])(.*)\1$/.exec(one)?.[2] ?? null;
  if (!/^\w+$/.test(written)) return quoted(written);
  if (/^[A-Z_\d]+$/.test(written)) return written;
  const [set, other] = [...before.matchAll(new RegExp(String.raw`(?<![\w.])${written}\s*=(?!=)\s*([^\n]*)`, 'g'))];
  return set && !other ? quoted((set[1] ?? '').trim()) : null;
}

/** All that was written on the way to a value: what it was given, and what those names were given. */
function sourceOf(text: string, name: string): string {
  const all: string[] = [];
  const seen = new Set<string>();
  const wanted = [name];
  for (let one = wanted.pop(); one !== undefined && seen.size < MOST_NAMES; one = wanted.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    for (const [, given = ''] of text.matchAll(
      new RegExp(
        String.raw`(?<![\w.])${escapeRegExp(one)}\s*=(?!=)\s*((?:[^\n]|\n(?=[ \t]*[.)\]])|(?<=[([,])\n){1,1000})`,
        'g',
      ),
    )) {
      all.push(given);
      wanted.push(...(given.match(/(?<![\w.])[a-z_]\w*(?!\s*=(?!=))/g) ?? []));
    }
  }
  return all.join('\n').slice(0, MOST_MADE);
}

const MOST_NAMES = 12;
/** Of all that these are made of, in UTF-16 units. */
const MOST_MADE = 10_000;

/** The caller himself, or a name that the function has from him. */
function isOfCaller(by: string, text: string): boolean {
  if (new RegExp(`^(?:${CALLER})`, 'i').test(by)) return true;
  const [root = ''] = /^\w+/.exec(by) ?? [];
  return new RegExp(
    String.raw`(?<![\w.])${escapeRegExp(root)}\s*=(?!=)[^\n]{0,${MOST_BETWEEN}}(?:${CALLER})`,
    'i',
  ).test(text);
}
