import type { Argument, Expression, FunctionForm, Module, Statement, Target, Type } from '../../src/languages/form.ts';

/** The form as text, the same for each language: what tests compare and people read. */
export function printModule(module: Module): string {
  const lines = [
    ...(module.package === null ? [] : [`package ${module.package}`]),
    ...module.imports.map(({ local, module: from, name }) => `import ${local} = ${from} ${name}`),
    ...module.exports.map(({ name, local, module: from }) => `export ${name} = ${local}${from ? ` of ${from}` : ''}`),
    ...module.types.map(
      ({ name, type, extends: bases, methods }) =>
        `type ${name}${bases.length > 0 ? ` extends ${bases.map(printType).join(', ')}` : ''} = ${printType(type)}${methods.length > 0 ? ` with ${methods.join(', ')}` : ''}`,
    ),
    ...module.classes.flatMap((one) => [
      `class ${one.name}${one.bases.length > 0 ? ` extends ${one.bases.map(printExpression).join(', ')}` : ''} has ${one.methods.map((id) => `f${id}`).join(' ')}${printDecorators(one.decorators)}`,
      ...one.fields.map(
        (field) =>
          `  ${field.static ? 'static ' : ''}${field.name}${printTyped(field.type)}${field.value ? ` = ${printExpression(field.value)}` : ''}${printDecorators(field.decorators)}`,
      ),
    ]),
    ...module.functions.flatMap((fn) => [printHead(fn), ...fn.body.flatMap((one) => printStatement(one, '  '))]),
  ];
  return `${lines.join('\n')}\n`;
}

function printDecorators(decorators: readonly Expression[]): string {
  return decorators.map((one) => ` @${printExpression(one)}`).join('');
}

function printTyped(type: Type | null): string {
  return type === null ? '' : `: ${printType(type)}`;
}

function printHead(fn: FunctionForm): string {
  const parameters = fn.parameters.map(
    (one) =>
      `${one.rest === 'list' ? '*' : one.rest === 'map' ? '**' : ''}${one.field ? '.' : ''}${one.name}${printTyped(one.type)}${one.byDefault ? ` = ${printExpression(one.byDefault)}` : ''}${printDecorators(one.decorators)}`,
  );
  const words = [fn.public && 'public', fn.async && 'async', fn.role].filter((word) => typeof word === 'string');
  const owner = fn.receiver ?? (fn.owner === null ? '' : `c${fn.owner}`);
  return `f${fn.id} ${words.join(' ')} ${owner ? `${owner}.` : ''}${fn.name}(${parameters.join(', ')})${printTyped(fn.returns)}${fn.parent ? ` in f${fn.parent}` : ''}${printDecorators(fn.decorators)}`;
}

function printType(type: Type): string {
  if (type.kind === 'named') return `${type.name}${type.of.length > 0 ? `<${type.of.map(printType).join(', ')}>` : ''}`;
  if (type.kind === 'list') return `[${type.of ? printType(type.of) : ''}]`;
  if (type.kind === 'map') return `{* ${type.of ? printType(type.of) : ''}}`;
  if (type.kind === 'record')
    return `{${Object.entries(type.fields)
      .map(([name, one]) => `${name}: ${printType(one)}`)
      .join(', ')}}`;
  if (type.kind === 'union') return type.of.map(printType).join(' | ');
  if (type.kind === 'text') return type.values ? type.values.map((one) => JSON.stringify(one)).join('|') : 'text';
  if (type.kind === 'function') return `=> ${type.returns ? printType(type.returns) : '?'}`;
  return 'plain';
}

function printStatement(one: Statement, pad: string): string[] {
  const within = (body: readonly Statement[]): string[] => body.flatMap((each) => printStatement(each, `${pad}  `));
  if (one.kind === 'set')
    return [
      `${pad}${one.declares ? 'let ' : ''}${printTarget(one.target)}${printTyped(one.type)} ${one.append ? '+=' : '='} ${printExpression(one.value)}`,
    ];
  if (one.kind === 'do') return [`${pad}${one.when === 'now' ? '' : `${one.when} `}${printExpression(one.value)}`];
  if (one.kind === 'return' || one.kind === 'throw')
    return [`${pad}${one.kind}${one.value ? ` ${printExpression(one.value)}` : ''}`];
  if (one.kind === 'leave') return [`${pad}leave`];
  if (one.kind === 'if')
    return [
      `${pad}if ${printExpression(one.test)}`,
      ...within(one.yes),
      ...(one.no.length > 0 ? [`${pad}else`, ...within(one.no)] : []),
    ];
  if (one.kind === 'switch')
    return [
      `${pad}switch ${one.on ? printExpression(one.on) : ''}`,
      ...one.cases.flatMap(({ tests, body }) => [
        `${pad}case ${tests.map(printExpression).join(', ')}`,
        ...within(body),
      ]),
      ...(one.otherwise ? [`${pad}otherwise`, ...within(one.otherwise)] : []),
    ];
  if (one.kind === 'loop')
    return [
      one.over
        ? `${pad}for ${one.target ? printTarget(one.target) : '_'} of ${one.gives} ${printExpression(one.over)}`
        : `${pad}while ${one.test ? printExpression(one.test) : ''}`,
      ...within(one.body),
    ];
  if (one.kind === 'try')
    return [
      `${pad}try`,
      ...within(one.body),
      ...one.catches.flatMap(({ name, types, body }) => [
        `${pad}catch ${name ?? ''} ${types.map(printExpression).join(', ')}`.trimEnd(),
        ...within(body),
      ]),
      ...(one.lastly.length > 0 ? [`${pad}finally`, ...within(one.lastly)] : []),
    ];
  return [`${pad}block${one.holds ? ` with ${printExpression(one.holds)}` : ''}`, ...within(one.body)];
}

function printTarget(target: Target): string {
  if (target.kind === 'name') return target.name;
  if (target.kind === 'field') return `${printExpression(target.of)}.${target.name}`;
  return `${printExpression(target.of)}[${printExpression(target.by)}]`;
}

function printArguments(given: readonly Argument[]): string {
  return given.map(({ name, value }) => `${name === null ? '' : `${name}=`}${printExpression(value)}`).join(', ');
}

export function printExpression(one: Expression): string {
  const all = (list: readonly Expression[]): string => list.map(printExpression).join(', ');
  switch (one.kind) {
    case 'text':
      return JSON.stringify(one.value);
    case 'value':
      return String(one.value);
    case 'pattern':
      return `/${one.source}/${one.flags}`;
    case 'name':
      return one.name;
    case 'field':
      return `${printExpression(one.of)}.${one.name}`;
    case 'index':
      return `${printExpression(one.of)}[${printExpression(one.by)}]`;
    case 'slice':
      return `${printExpression(one.of)}[${all(one.parts)}:]`;
    case 'call':
      return `${one.made ? 'new ' : ''}${printExpression(one.of)}(${printArguments(one.arguments)})`;
    case 'tagged':
      return `${printExpression(one.tag)}\`${all(one.parts)}\``;
    case 'concat':
      return `concat(${all(one.parts)})`;
    case 'format':
      return `format(${printExpression(one.template)}; ${printArguments(one.values)})`;
    case 'list':
      return `[${all(one.items)}]`;
    case 'map':
      return `${one.type ? printType(one.type) : ''}{${one.entries.map(({ key, value }) => (key ? `${printExpression(key)}: ${printExpression(value)}` : `...${printExpression(value)}`)).join(', ')}}`;
    case 'choice':
      return `(${one.test ? printExpression(one.test) : 'either'} ? ${printExpression(one.yes)} : ${printExpression(one.no)})`;
    case 'binary':
      return `(${printExpression(one.left)} ${one.operator} ${printExpression(one.right)})`;
    case 'unary':
      return `${one.operator}(${printExpression(one.of)})`;
    case 'function':
      return `f${one.id}`;
    case 'class':
      return `c${one.id}`;
    case 'await':
      return `await ${printExpression(one.of)}`;
    case 'set':
      return `(${printTarget(one.target)} ${one.append ? '+=' : ':='} ${printExpression(one.value)})`;
    case 'cast':
      return `(${printExpression(one.of)} as ${one.type ? printType(one.type) : '?'})`;
    case 'spread':
      return `...${printExpression(one.of)}`;
    case 'each':
      return `each(${one.key ? `${printExpression(one.key)}: ` : ''}${printExpression(one.result)} for ${printTarget(one.target)} of ${printExpression(one.over)}${one.where.map((test) => ` if ${printExpression(test)}`).join('')})`;
    case 'other':
      return `other(${all(one.parts)})`;
  }
}
