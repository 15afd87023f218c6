import type { Import, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { cookedText } from './literals.ts';
import { bare, hasWord, type Lowering, textOf } from './lowering.ts';
import { keyText } from './objects.ts';
import { isPattern, lowerTarget, takeApart } from './patterns.ts';
import { lowerTyped } from './types.ts';

/** The protocol says nothing: `node:fs` is `fs`. */
export function moduleName(c: Lowering, text: Syntax): string {
  return cookedText(c, text).replace(/^node:/, '');
}

/** `require('x')`: the module; null for everything else. */
function requiredModule(c: Lowering, given: Syntax): string | null {
  const node = bare(given);
  const callee = node.kind === 'call_expression' ? childOf(node, 'function') : null;
  const given0 = childOf(node, 'arguments');
  if (!callee || !given0 || textOf(c, callee) !== 'require') return null;
  const [text] = namedOf(given0);
  return text?.kind === 'string' ? moduleName(c, text) : null;
}

/** What a declaration imports by `require`; null where it is something else, or takes more apart than names. */
function requiredNames(c: Lowering, name: Syntax, value: Syntax): Import[] | null {
  const node = bare(value);
  if (node.kind === 'member_expression' && name.kind === 'identifier') {
    const object = childOf(node, 'object');
    const from = object && requiredModule(c, object);
    const property = childOf(node, 'property');
    if (!from || !property) return null;
    return [{ local: textOf(c, name), module: from, name: textOf(c, property), span: spanOf(node) }];
  }
  const module = requiredModule(c, node);
  if (module === null) return null;
  if (name.kind === 'identifier') return [{ local: textOf(c, name), module, name: '*', span: spanOf(node) }];
  if (name.kind !== 'object_pattern') return null;
  const found: Import[] = [];
  for (const part of namedOf(name)) {
    const local = part.kind === 'pair_pattern' ? childOf(part, 'value') : part;
    const key = part.kind === 'pair_pattern' ? childOf(part, 'key') : part;
    if (!local || !key || !/^(?:identifier|shorthand_property_identifier_pattern)$/.test(local.kind)) return null;
    found.push({ local: textOf(c, local), module, name: keyText(c, key) ?? '', span: spanOf(part) });
  }
  return found;
}

function lowerDeclarator(c: Lowering, node: Syntax, isVar: boolean): Statement[] {
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  if (!name) return [];
  const required = value && requiredNames(c, name, value);
  if (required) {
    c.imports.push(...required);
    return [];
  }
  const isHoisted = isVar && c.scope.depth > 0;
  const onName = (local: string): void => {
    if (isHoisted) c.scope.hoisted.add(local);
  };
  const type = lowerTyped(c, node);
  if (isPattern(name))
    return value ? takeApart(c, name, c.expression(value), { declares: !isHoisted, onName }, type) : [];
  const target = lowerTarget(c, name);
  if (target?.kind !== 'name') return [];
  onName(target.name);
  // `var x` again, without a value, changes nothing.
  if (isHoisted && !value) return [];
  const span = spanOf(node);
  return [
    {
      kind: 'set',
      target,
      value: value ? c.named(value, target.name, spanOf(name), type) : { kind: 'value', value: null, span },
      declares: !isHoisted,
      append: false,
      type,
      span,
    },
  ];
}

export function lowerVariables(c: Lowering, node: Syntax): Statement[] {
  const isVar = hasWord(node, 'var');
  return namedOf(node).flatMap((one) => (one.kind === 'variable_declarator' ? lowerDeclarator(c, one, isVar) : []));
}
