import type { SgNode } from '@ast-grep/napi';
import { type Dialect, named, plainText } from './dialect.ts';
import { findRegion, type Region } from './regions.ts';

const LEAVES =
  /^(?:return|throw|raise|continue|break|await\s+reply|(?:\w+\.)?(?:panic|abort|exit|reject|fail|redirect|notFound|Fatal\w*|Goexit|Exit))\b/;
/** As much of a statement as says whether it leaves. */
const HEAD = 80;
const NAME = /[A-Za-z_$][\w$]*/g;

export interface Guard {
  condition: string;
  /** Every name in the condition. */
  names: readonly string[];
  start: number;
  end: number;
  /** Where the condition holds: the body of the `if`. */
  bodyStart: number;
  bodyEnd: number;
  /** Where it is known not to hold after an early exit: the rest of the block around it. */
  blockEnd: number;
  leaves(): boolean;
  /** Names that the body gives another value. */
  sets(): readonly string[];
  /** A `switch` on this value whose default leaves: past it the value is one of the cases. */
  switchOn: string | null;
}

/** Every `if` and `switch` of a file. */
export function findGuardNodes(root: SgNode, dialect: Dialect): SgNode[] {
  return root.findAll({ rule: { any: dialect.guardKinds.map((kind) => ({ kind })) } });
}

export function readGuardNode(node: SgNode, dialect: Dialect, blocks: readonly Region[]): Guard {
  const { start, end } = node.range();
  const isIf = node.kind() === 'if_statement';
  const body = isIf ? node.field('consequence') : null;
  const bodyRange = body?.range();
  const value = isIf ? null : node.field('value');
  const switchOn = value ? plainText(value).replace(/^\((.*)\)$/, '$1') : null;
  return {
    condition: isIf ? readCondition(node) : (switchOn ?? ''),
    names: [...new Set(readSubject(node).match(NAME))],
    start: start.index,
    end: end.index,
    bodyStart: bodyRange?.start.index ?? -1,
    bodyEnd: bodyRange?.end.index ?? -1,
    blockEnd: findRegion(blocks, start.index, end.index)?.end ?? Number.POSITIVE_INFINITY,
    leaves: () => (body ? leavesAtEnd(body) : leavesByDefault(node, dialect)),
    sets: () => (body ? listSet(body) : []),
    switchOn,
  };
}

/** The condition as written, for the names in it: without white space `x not in` would be one word. */
function readSubject(node: SgNode): string {
  return ['initializer', 'condition', 'value'].map((field) => node.field(field)?.text() ?? '').join(' ');
}

function readCondition(statement: SgNode): string {
  const setup = statement.field('initializer');
  const condition = statement.field('condition');
  return `${setup ? `${plainText(setup)};` : ''}${condition ? plainText(condition) : ''}`.replace(/^\((.*)\)$/, '$1');
}

function leavesByDefault(statement: SgNode, dialect: Dialect): boolean {
  const otherwise =
    dialect.defaultCaseKind === null ? null : statement.find({ rule: { kind: dialect.defaultCaseKind } });
  if (!otherwise) return false;
  return leavesAtEnd(otherwise);
}

/** The last statement of a body decides; what a function inside of it does says nothing. */
function leavesAtEnd(body: SgNode): boolean {
  const last = named(body).at(-1);
  if (LEAVES.test(body.text().slice(0, HEAD))) return true;
  if (!last) return false;
  const kind = String(last.kind());
  if (/^(?:block|statement_block|statement_list|switch_default|default_case)$/.test(kind)) return leavesAtEnd(last);
  return LEAVES.test(last.text().slice(0, HEAD));
}

/** `if sort not in ALLOWED: sort = 'id'`. */
function listSet(body: SgNode): string[] {
  const statements = named(body).flatMap((child) => (child.kind() === 'statement_list' ? named(child) : [child]));
  return (statements.length === 0 ? [body] : [body, ...statements]).flatMap(
    (one) => /^([A-Za-z_$][\w$]*)\s*=(?!=)/.exec(one.text().slice(0, HEAD))?.[1] ?? [],
  );
}

/**
 * Whether a name was compared with a fixed list before it is used: inside `if (ALLOWED.has(x))`, or after
 * `if (!ALLOWED.has(x)) return …`.
 *
 * @param position start of the use
 * @param since where the name was declared; an `if` before that was about another one
 */
export function isGuarded(
  dialect: Dialect,
  guards: readonly Guard[],
  name: string,
  position: number,
  since: number,
): boolean {
  return guards.some((guard) => {
    if (guard.start < since || guard.start > position) return false;
    if (guard.bodyStart <= position && position < guard.bodyEnd)
      return dialect.readGuard(guard.condition, name) === 'allows';
    if (guard.end > position || guard.blockEnd < position) return false;
    const excludes =
      guard.switchOn !== null
        ? guard.switchOn === name
        : guard.condition.split('||').some((condition) => dialect.readGuard(condition, name) === 'forbids');
    return excludes && (guard.leaves() || guard.sets().includes(name));
  });
}
