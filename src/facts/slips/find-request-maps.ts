import type { Home } from '../../flows/values/value.ts';
import type { Expression, FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { APART } from './find-shared-maps.ts';
import type { FoundSlip } from './slip.ts';

/** What a function that answers requests is given. */
const ANSWERS = new Set(['http.ResponseWriter', 'gin.Context', 'echo.Context', 'fiber.Ctx', 'fasthttp.RequestCtx']);

/** A map of the package, of what the handler belongs to, or of the function that made it, which requests write without a lock. */
export function findRequestMaps(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/\bmap\[/.test(home.text)) return [];
  return home.module.functions.filter(answers).flatMap((form) => writesOf(home, form));
}

function answers({ parameters }: FunctionForm): boolean {
  return parameters.some(({ type }) => type?.kind === 'named' && ANSWERS.has(type.name));
}

/** `defer s.guard()()`: it takes a lock, and gives what lets it go. */
const HELD = /\bdefer\s+[\w.]+\([^()\n]*\)\(\)/;

function writesOf(home: Home, form: FunctionForm): FoundSlip[] {
  const text = textOf(home, form.span);
  if (APART.test(text) || HELD.test(text)) return [];
  const found: FoundSlip[] = [];
  const asked = new Set<string>();
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'set' && one.target.kind === 'index' && found.length === 0) {
        const written = textOf(home, one.target.of.span);
        const name = asked.has(written) || asked.size >= MOST_ASKED ? null : sharedName(home, form, one.target.of);
        asked.add(written);
        if (name !== null)
          found.push({ kind: 'map-shared-by-requests', home, form, span: one.span, names: { NAME: name } });
      }
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return found;
}

/** Of one function: for each its text is searched. */
const MOST_ASKED = 50;

function sharedName(home: Home, form: FunctionForm, of: Expression): string | null {
  if (of.kind === 'name') {
    const { name } = of;
    if (isOwn(home, form.span, name) || form.parameters.some((one) => one.name === name)) return null;
    const outer = aroundOf(home, form);
    const made = new RegExp(`\\b${name}\\b\\s*:?=\\s*(?:make\\(\\s*map\\b|map\\[)|\\bvar\\s+${name}\\s+map\\[`);
    // Of the function that made the handler: before it.
    if (outer) return made.test(home.text.slice(outer.span[0], form.span[0])) ? name : null;
    return mapsOfPackage(home).has(name) ? name : null;
  }
  if (of.kind !== 'field' || of.of.kind !== 'name') return null;
  const receiver = of.of.name;
  const { text } = home;
  const outer = aroundOf(home, form) ?? form;
  const [, type] = new RegExp(`^func \\(\\s*${receiver}\\s+\\*?(\\w+)`).exec(text.slice(outer.span[0])) ?? [];
  if (type === undefined) return null;
  const [, fields] = new RegExp(`\\btype\\s+${type}\\s+struct\\s*\\{([^}]*)\\}`).exec(text) ?? [];
  return fields !== undefined &&
    new RegExp(`(?:^|[\\n;{,])\\s*(?:\\w+\\s*,\\s*)*${of.name}\\s+map\\[`).test(`\n${fields}`)
    ? `${receiver}.${of.name}`
    : null;
}

function aroundOf(home: Home, form: FunctionForm): FunctionForm | null {
  const outer = home.module.functions.filter(
    (one) => one !== form && one.id !== 0 && holds(one.span, form.span) && one.span[0] < form.span[0],
  );
  return outer.sort((a, b) => b.span[0] - a.span[0]).at(-1) ?? null;
}

function isOwn(home: Home, span: Span, name: string): boolean {
  return new RegExp(`\\b${name}\\b[^\\n=]*:=|\\bvar\\s+${name}\\b`).test(textOf(home, span));
}

/** Maps that are declared at the margin, or in a `var ( … )` of it. */
const mapsOfPackage = memo(({ text }: Home): ReadonlySet<string> => {
  const declared = /^(?:var\s+|[ \t])(\w+)\s*(?:map\[|(?:map\S*\s*)?=\s*(?:make\(\s*map\b|map\[))/gm;
  return new Set([...text.matchAll(declared)].map(([, name = '']) => name));
});
