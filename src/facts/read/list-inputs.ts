import { externalBases, findUpwards } from '../../flows/program/class-bases.ts';
import { resolveTypeName } from '../../flows/program/types.ts';
import type { Run } from '../../flows/run/run.ts';
import type { ClassRef, Closure, Home, Value } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, Field, Parameter, Span, Type, TypeForm } from '../../languages/form.ts';

/** The declared parts of a request that a handler takes: their names, and whether each is required. */
export type Inputs = Map<string, boolean>;

/** Parameters that do not come from callers. */
const GIVEN = /(?:Request|Response|Reply|BackgroundTasks|WebSocket|Session|SecurityScopes)$/;
const INJECTS = /^(?:Depends|Security|Inject)$/;
const OPTIONAL = /\bOptional\[|\|\s*None\b|\bNone\s*\||\bIsOptional\(|\bundefined\b/;
const SCHEMAS = /^(?:pydantic|sqlmodel|ninja)\b/;

/** Of the parameters of a handler that a decorator makes one. */
export function listParameters(run: Run, { form, home }: Closure, path: string): Inputs {
  const inputs: Inputs = new Map();
  for (const parameter of form.parameters) {
    const { name, type, rest, span } = parameter;
    const text = home.text.slice(...span);
    if (name === 'this' || rest !== null || isInjected(parameter) || (type?.kind === 'named' && GIVEN.test(type.name)))
      continue;
    const declared = type?.kind === 'named' ? resolveTypeName(run, home, type.name) : null;
    if (declared?.kind === 'class') {
      if (isBody(run, declared.class, parameter)) addClass(run, inputs, declared.class);
      continue;
    }
    if (home.module.language !== 'python' || !isPlain(type) || new RegExp(`\\{${name}[:}]`).test(path)) continue;
    inputs.set(name, isRequired(parameter.byDefault) && !OPTIONAL.test(text));
  }
  return inputs;
}

/** Of the struct that a body is read into: what a tag says must be there. */
export function listBound(run: Run, { type }: Value): Inputs {
  const inputs: Inputs = new Map();
  if (type?.type.kind === 'named') addStruct(run, inputs, type.home, type.type, 0);
  return inputs;
}

function addStruct(run: Run, inputs: Inputs, home: Home, type: Type, depth: number): void {
  const found = type.kind === 'named' && depth < 4 ? resolveTypeName(run, home, type.name) : null;
  if (found?.kind !== 'type') return;
  for (const base of found.form.extends) addStruct(run, inputs, found.home, base, depth + 1);
  for (const { name, tag } of tagsOf(found.home, found.form))
    inputs.set(name, /\b(?:binding|validate):"[^"]*\brequired\b/.test(tag));
}

/** `Total int \`json:"total" binding:"required"\`` */
function tagsOf(home: Home, { span }: TypeForm): { name: string; tag: string }[] {
  return [...home.text.slice(...span).matchAll(/^\s*(\w+)\s[^`\n]*`([^`\n]*)`/gm)].flatMap(
    ([, field = '', tag = '']) => {
      const [, said] = /\b(?:json|form|query):"([^",]*)/.exec(tag) ?? [];
      return said === '-' ? [] : [{ name: said || field, tag }];
    },
  );
}

function isInjected({ decorators, byDefault }: Parameter): boolean {
  return [...decorators, ...(byDefault ? [byDefault] : [])].some(
    (one) => one.kind === 'call' && INJECTS.test(calledName(one.of)),
  );
}

function isBody(run: Run, ref: ClassRef, { decorators }: Parameter): boolean {
  if (ref.home.module.language === 'python') return externalBases(run, ref).some((base) => SCHEMAS.test(base));
  return decorators.some(
    (one) => one.kind === 'call' && /^(?:Body|Query)$/.test(calledName(one.of)) && one.arguments.length === 0,
  );
}

function addClass(run: Run, inputs: Inputs, ref: ClassRef): void {
  findUpwards(run, ref, ({ home, form }) => {
    for (const field of form.fields) {
      if (field.static && home.module.language === 'typescript') continue;
      if (
        field.name.startsWith('_') ||
        inputs.has(field.name) ||
        (field.type === null && home.module.language === 'python')
      )
        continue;
      inputs.set(field.name, isNeeded(home, field));
    }
    return null;
  });
}

function isNeeded(home: Home, { name, value, span, decorators }: Field): boolean {
  const text = home.text.slice(...span);
  if (home.module.language === 'python') return isRequired(value) && !OPTIONAL.test(text);
  const said = decorators.map((one) => home.text.slice(...one.span)).join(' ');
  // A class whose fields nobody checks asks for nothing.
  const isChecked = /\b(?:Is(?!Optional)\w+|Length|Min\w*|Max\w*|Matches|ValidateNested)\(/.test(said);
  return isChecked && value === null && !OPTIONAL.test(said) && !new RegExp(`\\b${name}\\s*\\?`).test(text);
}

/** No default, or `Field(...)`, `Query(...)`. */
function isRequired(value: Expression | null): boolean {
  if (value === null) return true;
  if (value.kind !== 'call' || !/^(?:Field|Query|Body|Form|Header|Cookie|File|Path)$/.test(calledName(value.of)))
    return false;
  const [first] = value.arguments.filter(({ name }) => name === null);
  const isNamed = value.arguments.some(({ name }) => name === 'default' || name === 'default_factory');
  return !isNamed && (first === undefined || isEllipsis(first.value));
}

function isEllipsis({ kind, span }: { kind: string; span: Span }): boolean {
  return kind === 'other' && span[1] - span[0] === 3;
}

function isPlain(type: Type | null): boolean {
  return type !== null && (type.kind === 'plain' || type.kind === 'text' || (type.kind === 'list' && isPlain(type.of)));
}
