import type { Expression, Statement } from '../form.ts';
import { childOf, namedOf, spanOf } from '../syntax.ts';
import type { Syntax } from '../syntax-node.ts';
import { lowerDecorators } from './functions.ts';
import { hasWord, type Lowering, textOf } from './lowering.ts';
import { lowerExportNames } from './modules.ts';

/** What an `export` in a declaration's place exports: the names that it declares. */
function namesOf(c: Lowering, declaration: Syntax): string[] {
  if (/^(?:lexical|variable)_declaration$/.test(declaration.kind))
    return namedOf(declaration).flatMap((one) => {
      const name = childOf(one, 'name');
      return name ? namesInPattern(c, name) : [];
    });
  // `import A = B.C` has no field for its name.
  const name = childOf(declaration, 'name') ?? (declaration.kind === 'import_alias' ? namedOf(declaration)[0] : null);
  return name ? [textOf(c, name)] : [];
}

function namesInPattern(c: Lowering, node: Syntax): string[] {
  if (node.kind === 'identifier' || node.kind === 'shorthand_property_identifier_pattern') return [textOf(c, node)];
  const inner = childOf(node, 'value') ?? childOf(node, 'left');
  if (inner) return namesInPattern(c, inner);
  return node.kind.endsWith('pattern') ? namedOf(node).flatMap((one) => namesInPattern(c, one)) : [];
}

/** `$default`, or `$exports`: what has no name of its own in this file. */
function giveName(name: '$default' | '$exports', value: Expression, node: Syntax): Statement {
  const at = [node.start, node.start + 'export'.length] as const;
  return {
    kind: 'set',
    target: { kind: 'name', name, span: at },
    value,
    declares: true,
    append: false,
    type: null,
    span: spanOf(node),
  };
}

export function lowerExport(c: Lowering, node: Syntax): Statement[] {
  const isDefault = hasWord(node, 'default');
  const declaration = childOf(node, 'declaration');
  // In a namespace: other files ask for it by the namespace.
  if (c.scope.depth > 0) return declaration ? c.statements([withDecorators(node, declaration)]) : [];
  const value = childOf(node, 'value');
  if (declaration) {
    const [only] = namesOf(c, declaration);
    if (isDefault) c.exports.push({ name: 'default', local: only ?? '$default', module: null });
    else for (const name of namesOf(c, declaration)) c.exports.push({ name, local: name, module: null });
    if (isDefault && only === undefined) return [giveName('$default', lowerNameless(c, node, declaration), node)];
    return c.statements([withDecorators(node, declaration)]);
  }
  if (value && isDefault) {
    c.exports.push({ name: 'default', local: '$default', module: null });
    return [giveName('$default', c.named(value, '', spanOf(value)), node)];
  }
  if (hasWord(node, '=')) {
    c.exports.push({ name: '=', local: '$exports', module: null });
    return namedOf(node)
      .slice(0, 1)
      .map((one) => giveName('$exports', c.expression(one), node));
  }
  lowerExportNames(c, node);
  return [];
}

function lowerNameless(c: Lowering, node: Syntax, declaration: Syntax): Expression {
  const span = spanOf(declaration);
  return /class/.test(declaration.kind)
    ? { kind: 'class', id: c.class(declaration, '', lowerDecorators(c, node.children)), span }
    : { kind: 'function', id: c.function(declaration), span };
}

/** `@Controller() export class …`: the decorators stand before the `export`, and are the class's. */
function withDecorators(node: Syntax, declaration: Syntax): Syntax {
  const decorators = node.children.filter(({ kind }) => kind === 'decorator');
  return decorators.length === 0 ? declaration : { ...declaration, children: [...decorators, ...declaration.children] };
}
