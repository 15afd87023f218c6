import type { SgNode } from '@ast-grep/napi';
import { plainText } from './dialect.ts';
import type { Evaluation } from './evaluation.ts';
import type { Level } from './value.ts';

const MAX_TEXT = 300;

/** Request input (`tainted`), or what starts the program (`unknown`), by the path that an expression spells; else null. */
export function findOrigin(run: Evaluation, node: SgNode): Level | null {
  const kind = String(node.kind());
  if (!/member|attribute|selector|call|subscript|index/.test(kind)) return null;
  const callee = kind.includes('call') ? node.field('function') : null;
  const text = callee ? `${plainText(callee)}(` : plainText(node);
  // A call inside of a path may have made something else of it: it is evaluated step by step.
  if (text.length > MAX_TEXT || text.slice(0, -1).includes('(')) return null;
  return matchOrigin(run, text, node.range().start.index);
}

/** The same for a path that the code does not spell in one piece: `const { query } = req`. */
export function matchOrigin(run: Evaluation, text: string, position: number): Level | null {
  const { sources, outside = [], sourceTypes = {}, strictTypes } = run.flow;
  const path = text.replace(/^(this|self)\./, '');
  const root = /^[A-Za-z_$][\w$]*/.exec(path)?.[0] ?? '';
  const starts = (list: readonly string[], spelled: string): boolean =>
    list.some((source) => startsWithPath(spelled, source));
  if (starts(outside, path)) return 'unknown';
  // Types are looked up last: few paths would be sources under any name.
  const names = [...new Set(Object.values(sourceTypes))];
  const possible = names.filter((name) => starts(sources, `${name}${path.slice(root.length)}`));
  const spelled = starts(sources, path);
  if (possible.length === 0) return spelled ? 'tainted' : null;
  const type = readTypeOf(run, root, position);
  const known = type === null ? undefined : sourceTypes[type];
  if (known !== undefined) return possible.includes(known) ? 'tainted' : null;
  // `c` of another declared type is not the framework's context, whatever its methods are called.
  return spelled && !(strictTypes && type !== null) ? 'tainted' : null;
}

/** `c.Query(` is that call and no other; after `req.query` the name must end, and no method follows. */
function startsWithPath(path: string, source: string): boolean {
  if (source.endsWith('(') || path.endsWith('(')) return path === source;
  return path.startsWith(source) && !/^\w/.test(path.slice(source.length));
}

/** The type that a parameter or variable is declared with; null where none is. */
function readTypeOf(run: Evaluation, name: string, position: number): string | null {
  if (name === '') return null;
  const found = run
    .index()
    .definitionsOf(name, position)
    .filter((one) => one.scopeStart <= position && position <= one.scopeEnd)
    .at(-1);
  if (!found) return null;
  if (found.kind === 'import') return found.imported !== '*' && found.imported !== name ? found.imported : null;
  return found.type;
}
