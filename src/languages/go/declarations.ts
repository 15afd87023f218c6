import type { Statement } from '../form.ts';
import { childOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { isBlank, listOf, lowerSets, setOrDo } from './assignments.ts';
import { setNode } from './nodes.ts';
import { type Scope, textOf } from './scope.ts';
import { zeroOf } from './type-expressions.ts';
import { lowerType } from './types.ts';

/** `var x T = v`, `var ( … )`. */
export function lowerVariables(node: Syntax, scope: Scope): Statement[] {
  return node.children.flatMap((spec) => {
    if (spec.kind === 'var_spec_list') return lowerVariables(spec, scope);
    return spec.kind === 'var_spec' ? lowerVariable(spec, scope) : [];
  });
}

function lowerVariable(spec: Syntax, scope: Scope): Statement[] {
  const names = namesOf(spec);
  const written = childOf(spec, 'type');
  const values = listOf(childOf(spec, 'value'));
  const how = { declares: true, type: lowerType(written, scope) };
  for (const name of names) scope.file.values.add(textOf(name, scope.file));
  if (written?.kind === 'channel_type') for (const name of names) scope.channels.add(textOf(name, scope.file));
  if (values.length > 0) return lowerSets(names, values, spec, how, scope);
  return names.flatMap((name) => {
    const span = spanOf(name);
    if (isBlank(name, scope)) return [];
    return setNode(
      { kind: 'name', name: textOf(name, scope.file), span },
      isEmbedded(spec, scope) ? { kind: 'other', parts: [], span } : zeroOf(written, span, scope),
      spanOf(spec),
      how,
    );
  });
}

/** `//go:embed page.html` above it: the compiler gives it what is in the file. */
function isEmbedded(spec: Syntax, { file }: Scope): boolean {
  return /\n?\/\/go:embed [^\n]*\n\s*(?:var\s+)?$/.test(file.text.slice(Math.max(0, spec.start - 300), spec.start));
}

/** `const ( A = iota; B )`: a specification without a value repeats the one before it. */
export function lowerConstants(node: Syntax, scope: Scope): Statement[] {
  let repeated: { written: Syntax | null; values: Syntax[] } = { written: null, values: [] };
  const specs = node.children.filter((spec) => spec.kind === 'const_spec');
  return specs.flatMap((spec, iota) => {
    const values = listOf(childOf(spec, 'value'));
    if (values.length > 0) repeated = { written: childOf(spec, 'type'), values };
    const how = { declares: true, type: lowerType(repeated.written, scope) };
    const names = namesOf(spec);
    for (const name of names) scope.file.values.add(textOf(name, scope.file));
    // A name that is blank may stand for a value that is left out.
    const given = repeated.values.slice(0, names.length);
    const size = (given.at(-1)?.end ?? 0) - (given[0]?.start ?? 0);
    if (values.length === 0 && size > MOST_REPEATED)
      return names.map((name) => setOrDo(name, { kind: 'other', parts: [], span: spanOf(name) }, spec, how, scope));
    const before = scope.iota;
    scope.iota = iota;
    const statements = lowerSets(names.slice(0, given.length), given, spec, how, scope);
    scope.iota = before;
    return statements.map((one) => (one.kind === 'set' ? { ...one, constant: true as const } : one));
  });
}

/** Characters. A thousand names that each repeat a long value would make a large file larger without end. */
const MOST_REPEATED = 300;

export function namesOf(spec: Syntax): Syntax[] {
  return spec.children.filter((child) => child.field === 'name' && child.named);
}
