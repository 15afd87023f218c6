import { calledName } from '../../languages/called-name.ts';
import { readMade } from '../run/environment.ts';
import { fieldTaints } from '../run/fields.ts';
import { type Evaluated, type Frame, type Run, sourceOf } from '../run/run.ts';
import { withSafe } from '../values/map-taints.ts';
import { labelsOfMatch } from '../values/pattern-labels.ts';
import type { Piece, Value } from '../values/value.ts';
import { constantText, listValue, opaqueValue } from '../values/values.ts';
import { sourceOfRegexp } from './pattern.ts';

const FINDS = /^(?:search|match|fullmatch)$/;
/** Names of values that are put into a pattern and are no pattern themselves. */
const NAMES = /(?:name|type|slug|prefix|id)$/i;

/** What a match holds is what its pattern lets through. */
export function matched(run: Run, frame: Frame, one: Evaluated, result: Value): Value {
  const { method, call, receiver, args } = one;
  if (method === 'group' && frame.closure.home.module.language === 'python')
    return groupOfMatch(run, frame, one, result);
  if (method === 'findall') return allMatches(run, frame, one, result);
  if (!/^(?:FindString(?:Submatch)?|exec)$/.test(method) || call.of.kind !== 'field') return result;
  const pattern = sourceOfRegexp(frame, call.of.of, receiver);
  if (pattern === null) return result;
  // `/…/.exec(text)`: of the text, and not of the pattern.
  const [text] = args.list;
  const held =
    method === 'exec' && text
      ? opaqueValue(sourceOf(frame.closure.home, call.span), fieldTaints(text, 'exec()'))
      : result;
  const parts = labelsOfMatch(run, pattern);
  if (!parts) return held;
  if (method === 'FindString') return withSafe(held, parts[0] ?? 0);
  return { ...held, entries: listValue(parts.map((labels) => withSafe(held, labels))).entries };
}

/** `re.findall('[a-z]+', text)`: a list of what the pattern, or one of its groups, lets through. */
function allMatches(run: Run, frame: Frame, { call, receiver, args }: Evaluated, result: Value): Value {
  const [pattern, text] = args.list;
  const own = call.of.kind === 'field' ? sourceOfRegexp(frame, call.of.of, receiver) : null;
  const source = own ?? (pattern && text ? constantText(pattern) : null);
  const parts = source === null || source === '' ? null : labelsOfMatch(run, source);
  if (!parts) return result;
  const [whole = 0, ...groups] = parts;
  return withSafe(
    result,
    groups.reduce((a, b) => a & b, groups[0] ?? whole),
  );
}

/** `m = re.search('^(v[0-9]+)/', name)`, and `m.group(1)` of it: what it holds is what this part of the pattern lets through. */
function groupOfMatch(run: Run, frame: Frame, { call, args }: Evaluated, result: Value): Value {
  const of = call.of.kind === 'field' ? call.of.of : null;
  const found = of?.kind === 'name' ? readMade(frame.env, of.name) : of;
  if (found?.kind !== 'call' || !FINDS.test(calledName(found.of)) || found.arguments.length < 2) return result;
  const [pattern] = found.arguments;
  const index = args.list.length === 0 ? 0 : args.list[0]?.constant;
  if (!pattern || typeof index !== 'number') return result;
  const texts = run.evaluate({ ...frame, made: [] }, pattern.value).pieces.map(knownText);
  if (texts.length === 0 || texts.includes(null)) return result;
  const labels = labelsOfMatch(run, texts.join(''))?.[index];
  return labels === undefined ? result : withSafe(result, labels);
}

/** Null: it may be any text, with signs of a pattern. */
function knownText(piece: Piece): string | null {
  if (piece.kind === 'text') return piece.text;
  return piece.taints.length === 0 && NAMES.test(piece.name) ? 'x' : null;
}
