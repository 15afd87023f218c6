import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import { rootName } from '../../languages/root-name.ts';
import { partsOf, visitBody } from '../../languages/visit-expressions.ts';
import { cutText } from '../../text/cut-text.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { type Call, textOf } from './call-chain.ts';
import { MOST_LOOKS, MOST_NESTED } from './limits.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** They keep a value under a key, for whoever asks with that key. */
const KEEPS = /^(?:set|setex|setEx|psetex|put|add)$/;
/** The same, and what gives the value is called where it is not kept yet. */
const WRAPS = /^(?:wrap|remember|getOrSet|getOrLoad|getOrFetch|getOrCreate|withCache|cached|cacheAside|memoize)$/;
const SHARED = /redis|valkey|cache|\bkv\b|memcached?\b|\blru\b/i;
const MADE_MAP = /new\s+(?:Map|LRUCache|LRU|QuickLRU|NodeCache|TTLCache|Keyv)\b/;
/** Whose a value is. */
const OWNER =
  /^(?:tenant|user|org|organi[sz]ation|workspace|account|company|owner|viewer|principal|uid|sub|customer)(?:_?[iI][dD])?$/i;
const OF_CALLER =
  /^(?:user|currentUser|viewer|session|auth|principal|claims|tenant|account|org|organization|workspace)$/;
const REQUEST = /^(?:req|request|ctx|context|c|session|auth|user|currentUser|viewer|principal|claims)$/;
/** The key names somebody, or something that only one has. */
const NAMES_OWNER =
  /user|tenant|org|workspace|account|company|owner|member|viewer|principal|session|token|auth|customer|team|caller|email|phone|login|host|domain|slug|finger|scope|hash|digest|subject|\bsub\b|\buid\b|\bip\b|namespace|prefix/i;

interface Kept {
  call: Call;
  /** Where which argument is the key is not known: all that may be. */
  keys: readonly Expression[];
  value: Expression;
}

/** `redis.set(\`summary:${month}\`, …)` of what was read for one tenant: the next tenant that asks is given it. */
export function findSharedCacheKeys(home: Home): FoundSlip[] {
  const { module, text } = home;
  if (module.language !== 'typescript' || !(SHARED.test(text) || MADE_MAP.test(text))) return [];
  if (!/tenant|user|org|workspace|account|company|owner|viewer|principal/i.test(text)) return [];
  return module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const around = functionsAround(home.module, form);
  if (around.length > MOST_NESTED) return [];
  return keptIn(home, form, around).flatMap(({ call, keys, value }) => {
    const given = expand(home, around, value);
    const [owner] = ownersIn(given, around);
    if (owner === undefined) return [];
    const asked = keys.flatMap((key) => expand(home, around, key));
    if (asked.some((one) => namesOwner(one, owner))) return [];
    const receiver = call.of.kind === 'field' ? textOf(home, call.of.of.span) : '';
    if (isComparedLater(home, form, receiver)) return [];
    return [
      {
        kind: 'cache-key-too-wide' as const,
        home,
        form,
        span: call.span,
        names: {
          KEY: cutText(keys.map(({ span }) => textOf(home, span)).join(', '), 60, '…'),
          OWNER: owner.said,
          CALL: textOf(home, call.of.span).replace(/\s+/g, '').slice(-60),
        },
      },
    ];
  });
}

function keptIn(home: Home, form: FunctionForm, around: readonly FunctionForm[]): Kept[] {
  const found: Kept[] = [];
  visitBody(form.body, (call) => {
    if (call.kind !== 'call' || found.length >= MOST_LOOKS) return;
    const name = calledName(call.of);
    const [first, second] = call.arguments.map(({ value }) => value);
    const last = call.arguments.at(-1)?.value;
    if (!first || !second) return;
    if (name === 'unstable_cache') {
      found.push({ call, keys: [second], value: first });
      return;
    }
    if (KEEPS.test(name) && isShared(home, call, around)) {
      const value = /^p?setex$/i.test(name) ? last : second;
      if (value && value !== first) found.push({ call, keys: [first], value });
    } else if (WRAPS.test(name)) {
      const value = call.arguments.find((one) => one.value.kind === 'function')?.value;
      if (value && value !== first)
        found.push({
          call,
          keys: call.arguments.map((one) => one.value).filter((one) => one.kind !== 'function'),
          value,
        });
    }
  });
  return found;
}

/** Others read it too: no collection of this call, or of this object, alone. */
function isShared(home: Home, { of }: Call, around: readonly FunctionForm[]): boolean {
  if (of.kind !== 'field') return false;
  const root = rootName(of.of);
  if (root === null || isLocal(root, around)) return false;
  const receiver = textOf(home, of.of.span);
  const last = of.of.kind === 'field' ? of.of.name : receiver;
  const isRead = home.text.includes(`${receiver}.get(`) || home.text.includes(`${receiver}?.get(`);
  if (!isRead) return false;
  if (SHARED.test(receiver)) return true;
  return new RegExp(String.raw`\b${escapeRegExp(last)}\b\s*(?::[^=\n]{0,80})?=\s*${MADE_MAP.source}`).test(home.text);
}

function isLocal(name: string, around: readonly FunctionForm[]): boolean {
  return around.some(
    (form) =>
      form.parameters.some((one) => one.name === name) ||
      (setsOf(form).get(name) ?? []).some(({ value, declares }) => declares && value.kind === 'call' && value.made),
  );
}

/** A value that stands in an expression: its names, `req.user.id` as one. */
interface Part {
  /** The names, outermost first. */
  path: readonly string[];
  said: string;
}

/** What a value is made of: its names, and those that the function made them of. */
function expand(home: Home, around: readonly FunctionForm[], from: Expression): Part[] {
  const parts: Part[] = [];
  const seen = new Set<string>();
  const note = (one: Expression): readonly string[] | null => {
    const path = pathOf(one);
    if (path && parts.length < MOST_PARTS) parts.push({ path, said: path.join('.') });
    return path;
  };
  const visit = (one: Expression, depth: number): void => {
    if (parts.length >= MOST_PARTS) return;
    const path = note(one);
    if (path) {
      const [root = ''] = path;
      if (depth < MOST_DEPTH && !seen.has(root)) {
        seen.add(root);
        for (const form of around)
          for (const { value, target } of setsOf(form).get(root) ?? [])
            if (target.kind === 'name') visit(value, depth + 1);
      }
      return;
    }
    if (one.kind === 'function') {
      const inner = home.module.functions[one.id];
      if (inner) visitBody(inner.body, note);
      return;
    }
    // What is called says nothing of the value.
    if (one.kind === 'call') {
      if (one.of.kind === 'field') visit(one.of.of, depth);
      for (const { value } of one.arguments) visit(value, depth);
    } else
      for (const part of one.kind === 'map' ? one.entries.map(({ value }) => value) : partsOf(one)) visit(part, depth);
  };
  visit(from, 0);
  return parts;
}

const MOST_PARTS = 200;
const MOST_DEPTH = 4;

/** `req.user.id`: its names; null: it is something else. */
function pathOf(one: Expression): string[] | null {
  if (one.kind === 'name') return [one.name];
  if (one.kind === 'cast') return pathOf(one.of);
  if (one.kind !== 'field') return null;
  const path = pathOf(one.of);
  return path && [...path, one.name];
}

/** Of those parts the ones that say who asks: `req.user.tenantId`, or a parameter `tenantId`. */
function ownersIn(parts: readonly Part[], around: readonly FunctionForm[]): Part[] {
  const parameters = new Set(around.flatMap((form) => form.parameters.map(({ name }) => name)));
  return parts.filter(({ path }) => {
    const [root = ''] = path;
    const last = path.at(-1) ?? '';
    if (path.length === 1) return OWNER.test(root) && /[iI][dD]$/.test(root) && isGiven(root, parameters, around);
    if (!REQUEST.test(root)) return false;
    const isCaller = path.slice(0, -1).some((name) => OF_CALLER.test(name));
    return isCaller ? last === 'id' || OWNER.test(last) : OWNER.test(last) && !/params|query|body/.test(path.join('.'));
  });
}

/** A parameter, or what was taken out of one, of the request or of the session. */
function isGiven(name: string, parameters: ReadonlySet<string>, around: readonly FunctionForm[]): boolean {
  if (parameters.has(name)) return true;
  return around.some((form) =>
    (setsOf(form).get(name) ?? []).some(({ value }) => {
      const [root] = pathOf(value) ?? [];
      return root !== undefined && (REQUEST.test(root) || root.startsWith('$'));
    }),
  );
}

/** The key holds the owner, or something whole that may. */
function namesOwner({ path, said }: Part, owner: Part): boolean {
  const [root = ''] = path;
  return said === 'this' || (path.length === 1 && root === owner.path[0]) || NAMES_OWNER.test(said);
}

/** `if (cached.userId !== userId)`: whoever it does not belong to is not given it. */
function isComparedLater(home: Home, form: FunctionForm, receiver: string): boolean {
  const text = textOf(home, form.span);
  const kept = new RegExp(
    String.raw`\b(?:const|let)\s+(\w+)[^=\n]{0,60}=\s*(?:await\s+)?(?:JSON\.parse\()?[^\n;]{0,40}${escapeRegExp(receiver)}\??\.get\(`,
  ).exec(text)?.[1];
  return (
    kept !== undefined &&
    new RegExp(String.raw`\b${kept}[!?]?\.(?:\w+\.)?\w*(?:user|tenant|owner|org|account)`, 'i').test(text)
  );
}
