import type { Expression, Statement } from '../form.ts';
import { spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { isStarred, partOf } from './assign.ts';
import { firstPart, isPart, partsOf, type Scope, textOf } from './scope.ts';

/** What a pattern of a `case` asks, and what it sets. */
export interface Match {
  tests: Expression[];
  sets: Statement[];
  /** It fits everything: `_`, or a name. */
  always: boolean;
}

/** The pattern as one expression. */
export function testOf({ tests }: Match, node: Syntax): Expression {
  return tests.length === 1 && tests[0] ? tests[0] : { kind: 'other', parts: tests, span: spanOf(node) };
}

/**
 * @param of what is compared with it
 */
export function capture(node: Syntax, of: Expression, scope: Scope): Match {
  switch (node.kind) {
    case 'case_pattern': {
      const all = captureSigned(node, of, scope);
      return all[0] ?? { tests: [], sets: [], always: true };
    }
    case 'dotted_name':
    case 'identifier':
      return captureName(node, of, scope);
    case 'union_pattern':
      return join(captureSigned(node, of, scope));
    case 'as_pattern': {
      const [inner, name] = partsOf(node);
      const match: Match = inner ? capture(inner, of, scope) : { tests: [], sets: [], always: true };
      return name ? { ...match, sets: [...match.sets, set(name, of, scope)] } : match;
    }
    case 'tuple_pattern': {
      // Without a comma they are only parentheses.
      const inner = node.children.some(({ kind }) => kind === ',') ? null : firstPart(node);
      return inner ? capture(inner, of, scope) : captureItems(node, of, scope);
    }
    case 'list_pattern':
      return captureItems(node, of, scope);
    case 'dict_pattern':
      return captureMap(node, of, scope);
    case 'class_pattern':
      return captureClass(node, of, scope);
    case 'splat_pattern': {
      const name = firstPart(node);
      return { tests: [], sets: name ? [set(name, of, scope)] : [], always: true };
    }
    default:
      return { tests: [scope.file.expression(node, scope)], sets: [], always: false };
  }
}

/** The minus of a number stands beside it. */
function captureSigned(node: Syntax, of: Expression, scope: Scope): Match[] {
  const result: Match[] = [];
  let negative = false;
  for (const child of node.children) {
    if (child.kind === '-') negative = true;
    else if (isPart(child)) {
      const match = capture(child, of, scope);
      result.push(negative ? { ...match, tests: match.tests.map(negate) } : match);
      negative = false;
    }
  }
  return result;
}

function negate(of: Expression): Expression {
  if (of.kind === 'value' && typeof of.value === 'number') return { ...of, value: -of.value };
  return { kind: 'unary', operator: '-', of, span: of.span };
}

function join(all: readonly Match[]): Match {
  return {
    tests: all.flatMap(({ tests }) => tests),
    sets: all.flatMap(({ sets }) => sets),
    always: all.some(({ always }) => always),
  };
}

function set(name: Syntax, value: Expression, scope: Scope): Statement {
  const target = { kind: 'name', name: textOf(name, scope), span: spanOf(name) } as const;
  return { kind: 'set', target, value, declares: false, append: false, type: null, span: spanOf(name) };
}

/** A name is set; a name with a dot is a constant. */
function captureName(node: Syntax, of: Expression, scope: Scope): Match {
  const parts = partsOf(node);
  const [first, ...rest] = parts.length > 0 ? parts : [node];
  if (!first) return { tests: [], sets: [], always: true };
  if (rest.length === 0)
    return { tests: [], sets: textOf(first, scope) === '_' ? [] : [set(first, of, scope)], always: true };
  return { tests: [constantOf(first, rest, scope)], sets: [], always: false };
}

function constantOf(first: Syntax, rest: readonly Syntax[], scope: Scope): Expression {
  return rest.reduce<Expression>(
    (inner, part) => ({ kind: 'field', of: inner, name: textOf(part, scope), span: [first.start, part.end] }),
    scope.file.expression(first, scope),
  );
}

function captureItems(node: Syntax, of: Expression, scope: Scope): Match {
  const parts = partsOf(node).map((one) => (one.kind === 'case_pattern' ? (firstPart(one) ?? one) : one));
  const star = parts.findIndex(isStarred);
  const all = parts.map((one, index) => capture(one, partOf(parts, index, star, of), scope));
  const items = all.flatMap(({ tests }) => tests);
  // Only where each item is asked for, it is compared with a list.
  const whole = all.every(({ tests }) => tests.length === 1);
  const test: Expression = whole
    ? { kind: 'list', items, span: spanOf(node) }
    : { kind: 'other', parts: items, span: spanOf(node) };
  return { ...join(all), tests: [test], always: false };
}

function captureMap(node: Syntax, of: Expression, scope: Scope): Match {
  const tests: Expression[] = [];
  const sets: Statement[] = [];
  let key: Expression | null = null;
  for (const part of partsOf(node)) {
    if (part.field === 'key') key = scope.file.expression(part, scope);
    else if (part.field === 'value' && key) {
      const match = capture(part, { kind: 'index', of, by: key, span: spanOf(part) }, scope);
      tests.push(key, ...match.tests);
      sets.push(...match.sets);
    } else sets.push(...capture(part, of, scope).sets);
  }
  return { tests: [{ kind: 'other', parts: tests, span: spanOf(node) }], sets, always: false };
}

const BUILT_IN = /^(?:bool|bytearray|bytes|dict|float|frozenset|int|list|set|str|tuple)$/;

/** `P(x=1, y=b)`: the fields of an instance. What stands without a name is the value itself for `str(x)`, else some part of it. */
function captureClass(node: Syntax, of: Expression, scope: Scope): Match {
  const [head, ...patterns] = partsOf(node);
  if (!head) return { tests: [], sets: [], always: false };
  const [first = head, ...rest] = partsOf(head);
  const tests = [constantOf(first, rest, scope)];
  const sets: Statement[] = [];
  const builtIn = BUILT_IN.test(textOf(head, scope));
  for (const pattern of patterns) {
    const inner = firstPart(pattern) ?? pattern;
    const named = inner.kind === 'keyword_pattern' ? partsOf(inner) : null;
    const span = spanOf(inner);
    const part: Expression = named?.[0]
      ? { kind: 'field', of, name: textOf(named[0], scope), span }
      : builtIn
        ? of
        : { kind: 'other', parts: [of], span };
    const match = capture(named?.[1] ?? pattern, part, scope);
    tests.push(...match.tests);
    sets.push(...match.sets);
  }
  return {
    tests: tests.length === 1 ? tests : [{ kind: 'other', parts: tests, span: spanOf(node) }],
    sets,
    always: false,
  };
}
