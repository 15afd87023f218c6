import type { Expression, Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { nameAt } from './names.ts';
import { capture, type Match, testOf } from './patterns.ts';
import { firstPart, makeName, partsOf, type Scope, within } from './scope.ts';

/** A `switch`; what its patterns capture is set where the body of the case begins. */
export function lowerMatch(node: Syntax, scope: Scope): Statement[] {
  const subjects = node.children
    .filter(({ field }) => field === 'subject')
    .map((one) => scope.file.expression(one, scope));
  const [first] = subjects;
  const value: Expression =
    first && subjects.length === 1 ? first : { kind: 'list', items: subjects, span: first?.span ?? spanOf(node) };
  const name = value.kind === 'name' ? null : makeName(scope);
  const on = name === null ? value : nameAt(name, value.span);
  const cases: { tests: Expression[]; body: Statement[] }[] = [];
  let otherwise: Statement[] | null = null;
  const body = childOf(node, 'body');
  for (const clause of body?.children ?? []) {
    if (clause.kind !== 'case_clause') continue;
    const { tests, always, body: lowered } = lowerCase(clause, on, within(scope));
    if (always) otherwise = lowered;
    else cases.push({ tests, body: lowered });
  }
  const span = spanOf(node);
  const chosen: Statement = { kind: 'switch', on, cases, otherwise, span };
  if (name === null) return [chosen];
  const target = { kind: 'name', name, span: value.span } as const;
  return [{ kind: 'set', target, value, declares: true, append: false, type: null, span: value.span }, chosen];
}

function lowerCase(
  clause: Syntax,
  on: Expression,
  scope: Scope,
): { tests: Expression[]; always: boolean; body: Statement[] } {
  const patterns = partsOf(clause).filter(({ kind }) => kind === 'case_pattern');
  const [only] = patterns;
  const match: Match =
    only && patterns.length === 1
      ? capture(only, on, scope)
      : patterns.reduce<Match>(
          (all, one, index) => {
            const by: Expression = { kind: 'value', value: index, span: spanOf(one) };
            const part = capture(one, { kind: 'index', of: on, by, span: spanOf(one) }, scope);
            return { tests: [...all.tests, testOf(part, one)], sets: [...all.sets, ...part.sets], always: false };
          },
          { tests: [], sets: [], always: false },
        );
  const guard = childOf(clause, 'guard');
  const condition = guard && firstPart(guard);
  const consequence = childOf(clause, 'consequence');
  const test = condition ? scope.file.test(condition, scope) : null;
  const inner = consequence ? scope.file.statements(consequence, scope) : [];
  const guarded: Statement[] =
    test && guard ? [{ kind: 'if', test, yes: inner, no: [], span: [guard.start, clause.end] }] : inner;
  const tests: Expression[] =
    patterns.length > 1
      ? [{ kind: 'list', items: match.tests, span: [patterns[0]?.start ?? 0, patterns.at(-1)?.end ?? 0] }]
      : match.tests;
  return { tests, always: match.always && !guard, body: [...match.sets, ...guarded] };
}
