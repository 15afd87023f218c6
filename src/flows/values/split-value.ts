import type { Evaluated } from '../run/run.ts';
import {
  constantText,
  containerValue,
  EMPTY,
  opaqueValue,
  type Piece,
  taintsOf,
  UNKNOWN,
  type Value,
} from './value.ts';

const MOST_PARTS = 16;

/**
 * `('from\nto' + x).split('\n')`: a text whose beginning is constant, part by part. What is not constant may be split again, so what
 * stands behind its part may be any of it. Null: it is no such text.
 */
export function splitValue({ name, method, receiver, args }: Evaluated): Value | null {
  const isOfGo = name === 'strings.Split';
  if (!isOfGo && (method !== 'split' || !receiver || receiver.name !== null || args.list.length !== 1)) return null;
  const of = (isOfGo ? args.list[0] : receiver) ?? UNKNOWN;
  const by = constantText(args.list[isOfGo ? 1 : 0] ?? UNKNOWN);
  const [first] = of.pieces;
  if (!by || of.entries || first?.kind !== 'text' || !first.text.includes(by)) return null;
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
