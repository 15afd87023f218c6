import type { Declaration, Outline } from '../analysis/outline/outline.ts';

/** The declarations around a line, outermost first. A table counts as itself, not as the code that declares it. */
export function enclosing({ declarations }: Outline, line: number): Declaration[] {
  return declarations.filter(
    ({ startLine, endLine, kind }) => kind !== 'table' && startLine <= line && line <= endLine,
  );
}

export function isFunction({ kind }: Declaration): boolean {
  return kind === 'function' || kind === 'method' || kind === 'route';
}
