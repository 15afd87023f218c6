import type { Declaration, Outline } from '../analysis/outline/outline.ts';

/** What a line stands in, from the outside in. A table stands for itself, not for what declares it. */
export function enclosing({ declarations }: Outline, line: number): Declaration[] {
  return declarations.filter(
    ({ startLine, endLine, kind }) => kind !== 'table' && startLine <= line && line <= endLine,
  );
}

export function isFunction({ kind }: Declaration): boolean {
  return kind === 'function' || kind === 'method' || kind === 'route';
}
