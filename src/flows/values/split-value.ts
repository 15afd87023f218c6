import type { Language } from '../../languages/form.ts';
import type { Evaluated } from '../run/run.ts';
import type { Piece, Value } from './value.ts';
import { constantText, containerValue, EMPTY, listValue, opaqueValue, taintsOf, textValue, UNKNOWN } from './values.ts';

const MOST_PARTS = 16;

/**
 * `('from\nto' + x).split('\n')`: a text whose beginning is constant, part by part. What is not constant may be split again, so what
 * stands behind its part may be any of it. Null: it is no such text.
 */
export function splitValue({ name, method, receiver, args }: Evaluated, language: Language): Value | null {
  const isOfGo = name === 'strings.Split';
  if (!isOfGo && (receiver === null || receiver.name !== null || args.named.size > 0)) return null;
  const [, most] = args.list;
  // The second argument of JavaScript's `split` says how many parts there are at most, and what stands behind them is gone.
  const isOnce = language === 'python' && (method === 'partition' || (method === 'split' && most?.constant === 1));
  if (!isOfGo && !isOnce && (method !== 'split' || args.list.length !== 1)) return null;
  const of = (isOfGo ? args.list[0] : receiver) ?? UNKNOWN;
  const by = constantText(args.list[isOfGo ? 1 : 0] ?? UNKNOWN);
  const [first] = of.pieces;
  if (!by || of.entries || first?.kind !== 'text' || !first.text.includes(by)) return null;
  if (isOnce) return cutOnce(of, first.text, by, method === 'partition');
  const parts: Piece[][] = [[]];
  for (const piece of of.pieces) {
    if (piece.kind === 'hole') parts.at(-1)?.push(piece);
    else
      for (const [index, text] of piece.text.split(by).entries()) {
        if (index > 0) parts.push([]);
        if (text !== '') parts.at(-1)?.push({ kind: 'text', text });
      }
  }
  if (parts.length > MOST_PARTS) return null;
  const entries = new Map<string, Value>();
  for (const [index, pieces] of parts.entries()) {
    const isConstant = pieces.every(({ kind }) => kind === 'text');
    entries.set(String(index), { ...EMPTY, pieces, built: isConstant ? null : of.built });
    if (isConstant) continue;
    entries.set('*', opaqueValue('…', taintsOf(of)));
    break;
  }
  return containerValue(entries);
}

/** `('name=' + x).partition('=')`, `('name=' + x).split('=', 1)`: what stands behind the first is the rest. */
function cutOnce(of: Value, text: string, by: string, isPartition: boolean): Value {
  const at = text.indexOf(by);
  const rest = [...textValue(text.slice(at + by.length)).pieces, ...of.pieces.slice(1)];
  const before = textValue(text.slice(0, at));
  const after = { ...EMPTY, pieces: rest, built: rest.length > 1 ? of.built : null };
  return listValue(isPartition ? [before, textValue(by), after] : [before, after]);
}
