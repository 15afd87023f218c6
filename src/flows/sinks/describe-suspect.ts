import type { RawFinding } from '../../findings/finding.ts';
import type { Expression } from '../../languages/form.ts';
import { compiled } from '../data/compiled.ts';
import type { FlowClass } from '../data/flow-class.ts';
import type { Hit } from '../run/run.ts';
import type { Home, Taint } from '../values/value.ts';
import { describeHit, isSameHole } from './describe-hit.ts';
import { isMisplaced, listPasted } from './pasted.ts';

/** It lives in a browser, and asks for what the page asks for. Source: w3.org/TR/service-workers, "install" and "activate". */
const WORKER = /\bself\.addEventListener\(\s{0,20}["'](?:install|activate)["']/;

/** The finding for a parameter whose callers are not known; null if its class does not report these. */
export function describeSuspect(
  hit: Hit,
  { suspected, ...one }: FlowClass,
  homes: ReadonlyMap<string, Home>,
  asked: ReadonlySet<string>,
): RawFinding | null {
  if (!suspected?.languages.includes(hit.home.module.language) || !asked.has(hit.place.path)) return null;
  if (WORKER.test(hit.home.text)) return null;
  if (hit.ofSome || (suspected.built && !hit.value.built)) return null;
  const named = suspected.named === undefined ? null : compiled(suspected.named, 'i');
  if (named && !hit.holes.some(({ name }) => named.test(name))) return null;
  const misplaced = listPasted(hit.value).filter((pasted) => isMisplaced(pasted, suspected));
  const holes = hit.holes.filter(
    (hole) =>
      misplaced.some((pasted) => isSameHole(pasted.hole, hole)) &&
      !hole.taints.every((taint) => isGivenHere(taint, homes)),
  );
  if (holes.length === 0) return null;
  const { severity, title, explanation } = suspected;
  const of = { ...one, severity: { parameter: severity }, title, explanation, instead: {}, worst: undefined };
  const finding = describeHit({ ...hit, holes }, of, homes, asked)?.finding;
  if (!finding) return null;
  // What hurts whoever gives it himself, hurts nobody. The helpers of one folder get their values in the same way; a value where one
  // must be bound is a flaw of its own place.
  const once = suspected.after === undefined ? ({ once: 'folder' } as const) : {};
  return { ...finding, confidence: 'low', ...once, quietIn: ['browser', 'tool'] };
}

/** `limit = 50`: where nobody is known to give another one, it is a number. `['en', 'fr'].forEach((language) => …)`: who calls it stands there. */
function isGivenHere({ steps: [origin] }: Taint, homes: ReadonlyMap<string, Home>): boolean {
  const home = origin && homes.get(origin.path);
  for (const { parameters, span } of home?.module.functions ?? []) {
    const own = parameters.find((one) => one.span[0] === origin?.span[0] && one.span[1] === origin.span[1]);
    if (own)
      return isArithmetic(own.byDefault) || LITERALS.test(home?.text.slice(Math.max(0, span[0] - 400), span[0]) ?? '');
  }
  return false;
}

const ITEM = String.raw`(?:'[^'\n]{0,60}'|"[^"\n]{0,60}"|\d{1,10})`;
const LITERALS = new RegExp(
  String.raw`\[\s{0,20}${ITEM}(?:\s{0,20},\s{0,20}${ITEM})*(?:\s{0,20},)?\s{0,20}\]\s{0,20}\.(?:forEach|map|flatMap)\(\s{0,20}$`,
);

function isArithmetic(expression: Expression | null): boolean {
  return expression?.kind === 'binary' || (expression?.kind === 'value' && expression.value !== null);
}
