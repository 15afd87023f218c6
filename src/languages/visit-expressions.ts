import type { Expression, Module, Statement, Target } from './form.ts';

/** Every expression of a file, those inside of others too. */
export function visitExpressions(module: Module, visit: (one: Expression) => void): void {
  for (const form of module.functions) {
    visitAll(form.decorators, visit);
    for (const parameter of form.parameters)
      visitAll([...parameter.decorators, ...optional(parameter.byDefault)], visit);
    visitStatements(form.body, visit);
  }
  for (const form of module.classes) {
    visitAll([...form.bases, ...form.decorators], visit);
    for (const field of form.fields) visitAll([...field.decorators, ...optional(field.value)], visit);
  }
}

function optional(one: Expression | null): Expression[] {
  return one ? [one] : [];
}

function visitAll(all: readonly Expression[], visit: (one: Expression) => void): void {
  for (const one of all) visitOne(one, visit);
}

/** Deeply nested ones are no deeper than the parser lets through. */
function visitOne(one: Expression, visit: (one: Expression) => void): void {
  visit(one);
  visitAll(partsOf(one), visit);
}

export function partsOf(one: Expression): readonly Expression[] {
  switch (one.kind) {
    case 'field':
    case 'unary':
    case 'await':
    case 'cast':
    case 'spread':
      return [one.of];
    case 'index':
      return [one.of, one.by];
    case 'slice':
      return [one.of, ...one.parts];
    case 'call':
      return [one.of, ...one.arguments.map(({ value }) => value)];
    case 'tagged':
      return [one.tag, ...one.parts];
    case 'concat':
    case 'other':
      return one.parts;
    case 'format':
      return [one.template, ...one.values.map(({ value }) => value)];
    case 'list':
      return one.items;
    case 'map':
      return one.entries.flatMap(({ key, value }) => [...optional(key), value]);
    case 'choice':
      return [...optional(one.test), one.yes, one.no];
    case 'binary':
      return [one.left, one.right];
    case 'set':
      return [...partsOfTarget(one.target), one.value];
    case 'each':
      return [...partsOfTarget(one.target), one.over, ...one.where, ...optional(one.key), one.result];
    default:
      return [];
  }
}

function partsOfTarget(target: Target): Expression[] {
  if (target.kind === 'name') return [];
  return target.kind === 'field' ? [target.of] : [target.of, target.by];
}

function visitStatements(all: readonly Statement[], visit: (one: Expression) => void): void {
  for (const one of all) {
    switch (one.kind) {
      case 'set':
        visitAll([...partsOfTarget(one.target), one.value], visit);
        break;
      case 'do':
        visitOne(one.value, visit);
        break;
      case 'return':
      case 'throw':
        visitAll(optional(one.value), visit);
        break;
      case 'if':
        visitOne(one.test, visit);
        visitStatements([...one.yes, ...one.no], visit);
        break;
      case 'switch':
        visitAll(optional(one.on), visit);
        for (const { tests, body } of one.cases) {
          visitAll(tests, visit);
          visitStatements(body, visit);
        }
        visitStatements(one.otherwise ?? [], visit);
        break;
      case 'loop':
        visitAll(
          [...(one.target ? partsOfTarget(one.target) : []), ...optional(one.over), ...optional(one.test)],
          visit,
        );
        visitStatements(one.body, visit);
        break;
      case 'try':
        visitStatements([...one.body, ...one.catches.flatMap(({ body }) => body), ...one.lastly], visit);
        break;
      case 'block':
        visitAll(optional(one.holds), visit);
        visitStatements(one.body, visit);
        break;
      case 'leave':
        break;
    }
  }
}
