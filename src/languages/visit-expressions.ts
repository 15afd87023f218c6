import type { Expression, Module, Statement, Target } from './form.ts';

/** Every expression of a file, those inside of others too. */
export function visitExpressions(module: Module, visit: (one: Expression) => void): void {
  for (const form of module.functions) {
    visitAll(form.decorators, visit);
    for (const parameter of form.parameters)
      visitAll([...parameter.decorators, ...optional(parameter.byDefault)], visit);
    visitBody(form.body, visit);
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

/** An expression and those inside of it, outermost first. Deeply nested ones are no deeper than the parser lets through. */
export function visitOne(one: Expression, visit: (one: Expression) => void): void {
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

/** The statements inside of one. */
export function blocksOf(one: Statement): readonly Statement[] {
  switch (one.kind) {
    case 'if':
      return [...one.yes, ...one.no];
    case 'switch':
      return [...one.cases.flatMap(({ body }) => body), ...(one.otherwise ?? [])];
    case 'try':
      return [...one.body, ...one.catches.flatMap(({ body }) => body), ...one.lastly];
    case 'loop':
    case 'block':
      return one.body;
    default:
      return [];
  }
}

/** Those statements, each block for itself: what ends one ends no other. */
export function listBlocks(one: Statement): (readonly Statement[])[] {
  if (one.kind === 'if') return [one.yes, one.no];
  if (one.kind === 'switch') return [...one.cases.map(({ body }) => body), one.otherwise ?? []];
  return [blocksOf(one)];
}

/** What a statement says itself, without those inside of it. */
export function partsOfStatement(one: Statement): readonly Expression[] {
  switch (one.kind) {
    case 'set':
      return [...partsOfTarget(one.target), one.value];
    case 'do':
      return [one.value];
    case 'return':
    case 'throw':
      return optional(one.value);
    case 'if':
      return [one.test];
    case 'switch':
      return [...optional(one.on), ...one.cases.flatMap(({ tests }) => tests)];
    case 'loop':
      return [...(one.target ? partsOfTarget(one.target) : []), ...optional(one.over), ...optional(one.test)];
    case 'block':
      return optional(one.holds);
    default:
      return [];
  }
}

/** Every expression of some statements, those inside of others too; not those of functions that are written in them. */
export function visitBody(all: readonly Statement[], visit: (one: Expression) => void): void {
  for (const one of all) {
    visitAll(partsOfStatement(one), visit);
    visitBody(blocksOf(one), visit);
  }
}
