import { memo } from '../../languages/memo.ts';
import type { Shape } from './shape.ts';
import type { Value } from './value.ts';
import { constantText } from './values.ts';

/** Two values with the same key give the same results. */
export function keyOf(value: Value, depth = 3): string {
  const pieces = value.pieces
    .map((piece) =>
      piece.kind === 'text'
        ? JSON.stringify(piece.text)
        : `${piece.fixed ? '#' : '?'}${piece.texts ? JSON.stringify(piece.texts) : ''}${piece.taints.map((taint) => `${taint.key}/${taint.safe}`).join(',')}`,
    )
    .join('+');
  const entries = value.entries
    ? depth === 0
      ? '{}'
      : `{${[...value.entries].map(([key, one]) => `${key}:${keyOf(one, depth - 1)}`).join(',')}}`
    : '';
  const keys = value.keys && depth > 0 ? `[${keyOf(value.keys, depth - 1)}]` : '';
  const type = `${value.type ? `:${keyOfType(value.type)}` : ''}${value.shape ? keyOfShape(value.shape) : ''}`;
  return `${pieces}${value.name ?? ''}${value.functions.map((one) => one.key).join(',')}${value.of ? `@${value.of.class.key}${value.of.instance ? '' : '!'}` : ''}${entries}${keys}${type}${value.constant ?? ''}${value.otherwise === undefined ? '' : `|${JSON.stringify(value.otherwise)}`}`;
}

/** Types are read once, so that each has one text. */
const keyOfType = memo(({ type, home }: NonNullable<Value['type']>): string => `${home.path}${JSON.stringify(type)}`);

function keyOfShape({ labels, fields }: Shape): string {
  return `<${labels}${[...(fields ?? [])].map(([key, one]) => `${key}${keyOfShape(one)}`).join(',')}>`;
}

/** `"a"` or `0` as a key; null: it is not known. */
export function constantKey(by: Value): string | null {
  if (typeof by.constant === 'number') return String(by.constant);
  const text = constantText(by);
  return text === '' ? null : text;
}

/** Stands for a value in the text of a statement. */
export const HOLE = '\uE000';

export function skeletonOf({ pieces }: Value): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : HOLE)).join('');
}
