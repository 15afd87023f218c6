import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionAt } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { type Call, textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';
import { tellSiblings } from './tell-siblings.ts';

/** Names of a Redis client. */
const REDIS = /^(?:\w*redis\w*|rdb|\w*Rdb|redis_?(?:client|conn|connection|cli))$/i;
const SIBLINGS = 2;

/** Names that a file gives to a client of its own. */
const MADE =
  /(?<![\w.])(\w+)\s*:?=\s*(?:await\s+)?(?:new\s+)?(?:redis\.(?:asyncio\.)?(?:Strict)?Redis(?:Cluster)?(?:\.from_url)?|redis\.(?:asyncio\.)?from_url|redis\.NewClient|(?:redis\.)?createClient|(?:IO)?Redis)\(/g;

interface Kept {
  home: Home;
  form: FunctionForm;
  call: Call;
  ends: boolean;
}

/** A value of Redis under a key of its own for each of many, without an end, where the others of the program get one. */
export function findKeptValues(homes: readonly Home[]): FoundSlip[] {
  const all = homes.flatMap(listValues);
  const ending = all.filter(({ ends }) => ends);
  const kept = all.filter(({ ends }) => !ends);
  // The same key gets an end elsewhere, which this write takes from it.
  const keysOf = Map.groupBy(ending, (one) => patternOf(one));
  const isAgreed = ending.length >= SIBLINGS && kept.length <= ending.length;
  const besideOf = (one: Kept): readonly Kept[] => keysOf.get(patternOf(one)) ?? (isAgreed ? ending : []);
  // A function is asked once, for all that it keeps.
  const ended = new Map<FunctionForm, boolean>();
  const isEnded = ({ home, form }: Kept): boolean => {
    const before = ended.get(form) ?? ENDED.test(textOf(home, form.span));
    ended.set(form, before);
    return before;
  };
  return kept
    .filter((one) => besideOf(one).length > 0 && isOneOfMany(keyOf(one.home, one.call), one) && !isEnded(one))
    .map((one) => ({ ...one, beside: besideOf(one) }))
    .map(({ home, form, call, beside }) => ({
      kind: 'redis-value-without-expiry',
      home,
      form,
      span: call.span,
      names: {
        CALL: textOf(home, call.of.span).replace(/\s+/g, ''),
        KEY: keyText(home, call),
        SIBLINGS: tellSiblings(beside.map((one) => keyText(one.home, one.call))),
      },
    }));
}

const SEEN = new Set<Expression['kind']>(['text', 'value', 'map']);
/** It is given an end, or taken away, further on. */
const ENDED =
  /\bp?expire(?:at)?\w*\(|\bttl\b|\.(?:del|delete|unlink)\(|\bpersist\(|\.Expire\w*\(|\.(?:Del|Unlink)\(|keepttl/i;

function listValues(home: Home): Kept[] {
  if (!/redis|rdb/i.test(home.text)) return [];
  const found: Kept[] = [];
  const clients = new Set([...home.text.matchAll(MADE)].map(([, name = '']) => name));
  visitExpressions(home.module, (one) => {
    if (one.kind !== 'call' || one.of.kind !== 'field' || !/^(?:set|p?setex|setEx|Set|SetEx)$/.test(calledName(one.of)))
      return;
    const { of } = one.of;
    const client = of.kind === 'name' || of.kind === 'field' ? of.name : '';
    const form = functionAt(home.module, one.span);
    if (!(REDIS.test(client) || clients.has(client)) || !form || one.arguments.length < 2) return;
    const given = one.arguments.slice(home.module.language === 'go' ? 3 : 2);
    const isNamed = /ex$/i.test(calledName(one.of));
    const [last] = given;
    const isNone =
      home.module.language === 'go'
        ? !last || /^(?:0|redis\.KeepTTL)$/.test(textOf(home, last.value.span))
        : !/\b[ep]x(?:at)?\b|ttl|expir/i.test(
            given.map((each) => `${each.name ?? ''} ${textOf(home, each.value.span)}`).join(' '),
          );
    // What stands for its options is not seen here.
    const isSeen = home.module.language === 'go' || given.every(({ value }) => SEEN.has(value.kind));
    if (isNamed || !isNone || isSeen) found.push({ home, form, call: one, ends: isNamed || !isNone });
  });
  return found;
}

function keyText(home: Home, call: Call): string {
  return textOf(home, keyOf(home, call)?.span ?? call.span)
    .slice(0, 60)
    .replace(/^f?(["'`])([^"'`]*)\1$/, '$2')
    .replaceAll('`', '');
}

/** `cart:{}` of `f"cart:{user.pk}"`; of what is no text with a value in it nothing else is the same. */
function patternOf({ home, call }: Kept): string {
  const key = keyOf(home, call);
  const text = key?.kind === 'format' || key?.kind === 'concat' ? keyText(home, call) : '';
  return /[\w-]:/.test(text) ? text.replace(/\$?\{[^{}]*\}/g, '{}') : `${home.path} ${call.span[0]}`;
}

function keyOf({ module }: Home, { arguments: given }: Call): Expression | null {
  return given[module.language === 'go' ? 1 : 0]?.value ?? null;
}

/** A text with a value in it, or a function that makes one. */
function isOneOfMany(key: Expression | null, { home, form }: Kept): boolean {
  if (key?.kind === 'name') return FILLED.test(givenTo(textOf(home, form.span), key.name));
  return key?.kind === 'concat' || key?.kind === 'format' || (key?.kind === 'call' && key.arguments.length > 0);
}

const FILLED = /^(?:f["'][^"'\n]*\{|`[^`\n]*\$\{|["'][^"'\n]*["']\s*\+|fmt\.Sprintf\()/;

/** `const key = …` */
function givenTo(text: string, name: string): string {
  return new RegExp(`(?<![\\w.$])${escapeRegExp(name)}\\s*:?=(?!=)\\s*([^\\n]*)`).exec(text)?.[1] ?? '';
}
