import type { SgNode } from '@ast-grep/napi';
import { isFunction } from '../languages.ts';
import { type Dialect, named, plainText } from './dialect.ts';

const LEAVES = /\b(return|throw|raise|continue|break|panic|abort|sys\.exit|process\.exit|log\.Fatalf?|reject)\b/;

/**
 * Whether a name was compared with a fixed list before it is used: inside `if (ALLOWED.has(x))`, or after
 * `if (!ALLOWED.has(x)) return …`.
 */
export function isGuarded(dialect: Dialect, use: SgNode, name: string): boolean {
  let inner = use;
  for (let at = use.parent(); at; at = at.parent()) {
    if (at.kind() === 'if_statement' && guardHolds(dialect, at, inner, name)) return true;
    if (dialect.blockKinds.has(String(at.kind())) || /block|statement_list|module|program/.test(String(at.kind()))) {
      for (const statement of at.children()) {
        if (statement.range().start.index >= inner.range().start.index) break;
        if (statement.kind() === 'if_statement' && forbidsEarly(dialect, statement, name)) return true;
        if (/switch/.test(String(statement.kind())) && switchesOn(statement, name)) return true;
      }
    }
    if (isFunction(at)) {
      const outer = dialect.readParameters(at).includes(name);
      if (outer) return false;
    }
    inner = at;
  }
  return false;
}

function readCondition(statement: SgNode): string {
  const setup = statement.field('initializer');
  const condition = statement.field('condition');
  return `${setup ? `${plainText(setup)};` : ''}${condition ? plainText(condition) : ''}`.replace(/^\((.*)\)$/, '$1');
}

function guardHolds(dialect: Dialect, statement: SgNode, inner: SgNode, name: string): boolean {
  const body = statement.field('consequence');
  const inBody = body !== null && body.range().start.index === inner.range().start.index;
  return inBody && dialect.readGuard(readCondition(statement), name) === 'allows';
}

function forbidsEarly(dialect: Dialect, statement: SgNode, name: string): boolean {
  const body = statement.field('consequence');
  if (!body || !LEAVES.test(body.text())) return false;
  return readCondition(statement)
    .split(/\|\|/)
    .some((condition) => dialect.readGuard(condition, name) === 'forbids');
}

/** `switch x { case "a", "b": default: return }`: past it, x is one of the cases. */
function switchesOn(statement: SgNode, name: string): boolean {
  const value = statement.field('value');
  if (!value || plainText(value).replace(/^\((.*)\)$/, '$1') !== name) return false;
  const otherwise = statement.findAll({
    rule: { any: [{ kind: 'default_case' }, { kind: 'switch_default' }] },
  })[0];
  return (
    otherwise !== undefined &&
    LEAVES.test(
      named(otherwise)
        .map((node) => node.text())
        .join('\n') || otherwise.text(),
    )
  );
}
