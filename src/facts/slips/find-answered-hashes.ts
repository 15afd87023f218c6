import type { Home } from '../../flows/values/value.ts';
import { innermost } from '../../languages/enclosing.ts';
import type { ClassForm, Expression, FunctionForm, Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { returnsOf } from '../../languages/returns-of.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { MOST_LOOKS } from './limits.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** Source: fastapi.tiangolo.com/tutorial/response-model: what is returned is sent whole where no model says otherwise. */
const ROUTE =
  /^(?:\w{1,60}\.){0,5}\w{0,60}(?:router|app|api|routes)\w{0,60}\.(?:get|post|put|patch|delete|api_route)\(/i;
const SAYS_MODEL = /\bresponse_(?:model\w*|class)\s*=/;
const MODEL = /\bresponse_model\s*=\s*(?:\w+\[)?\s*([A-Z]\w*)/;
const SECRET =
  /^(?:(?:hashed|encrypted)_?(?:password|passwd|pw)|(?:password|passwd|pw)_?(?:hash|digest|salt)|hash_password|(?:totp|mfa|otp|two_factor)_secret|reset_token|password_reset_token|recovery_codes)$/i;
/** A column says that it is left out, or is shown as asterisks. */
const LEFT_OUT = /\bexclude\s*=\s*True\b|\bSecretStr\b|PrivateAttr/;
const DECIDES = /\b(?:model_serializer|field_serializer|__json__|def (?:dict|model_dump|to_dict)\b)/;
const DEEPEST = 3;
const MOST_BASES = 5;

/** FastAPI sends a row whole, or a model that has the hash of the password among its fields. */
export function findAnsweredHashes(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return homes
    .filter(({ module, text }) => module.language === 'python' && /\bfastapi\b/.test(text))
    .flatMap((home) =>
      innermost(home.module).flatMap((form) => {
        const route = form.decorators.find((one) => ROUTE.test(textOf(home, one.span)));
        return route ? inRoute(home, form, route, program) : [];
      }),
    );
}

function inRoute(home: Home, form: FunctionForm, route: Expression, program: readonly Home[]): FoundSlip[] {
  const written = textOf(home, route.span);
  const [, named] = MODEL.exec(written) ?? [];
  const declared = form.returns?.kind === 'list' ? form.returns.of : form.returns;
  if (named !== undefined || (declared && !SAYS_MODEL.test(written))) {
    const model = named ?? (declared?.kind === 'named' ? declared.name : '');
    const secret = /response_model_(?:ex|in)clude/.test(written) ? null : secretOf(model, program);
    return secret === null
      ? []
      : [slipOf(home, form, route.span, { NAME: `${form.name}()`, TYPE: model, FIELD: secret })];
  }
  if (form.returns || SAYS_MODEL.test(written)) return [];
  for (const value of returnsOf(form.body).slice(0, MOST_LOOKS)) {
    if (value.kind !== 'name') continue;
    const type = typeOf(home, form, value.name, program);
    const secret = type === null ? null : secretOf(type, program);
    if (type !== null && secret !== null && !mayBeEmptied(home, form, value))
      return [slipOf(home, form, value.span, { NAME: value.name, TYPE: type, FIELD: secret })];
  }
  return [];
}

function slipOf(home: Home, form: FunctionForm, span: Span, names: FoundSlip['names']): FoundSlip {
  return { kind: 'secret-field-sent', home, form, span, names };
}

/** The class of what a name stands for: `user: User`, `select(User)`, `User(…)`, `session.get(User, …)`. */
function typeOf(home: Home, form: FunctionForm, name: string, program: readonly Home[]): string | null {
  const given = form.parameters.find((one) => one.name === name);
  if (given) return typeWritten(textOf(home, given.span), program);
  const [set, other] =
    setsOf(form)
      .get(name)
      ?.filter(({ target }) => target.kind === 'name') ?? [];
  if (!set || other) return null;
  const [, model] =
    /^(?:await\s+)?(?:[\w.]+\(\s*)?(?:await\s+)?[\s\S]*?(?:\bselect\(\s*|\.get(?:_one)?\(\s*|\.query\(\s*)([A-Z]\w*)\s*[,)]/.exec(
      textOf(home, set.value.span),
    ) ?? [];
  const [, made] = /^([A-Z]\w*)\(/.exec(textOf(home, set.value.span)) ?? [];
  return made ?? model ?? null;
}

/** `user: User = Depends(…)`, `user: Annotated[User, Depends(…)]`, or a name for that: `CurrentUser`. */
function typeWritten(text: string, program: readonly Home[]): string | null {
  const [, name = ''] = /:\s*(?:Annotated\[\s*)?(?:\w+\.)*([A-Z]\w*)/.exec(text) ?? [];
  if (name === '') return null;
  return aliasesOf(program).get(name) ?? name;
}

const aliasesOf = memo((program: readonly Home[]): ReadonlyMap<string, string> => {
  const known = new Map<string, string>();
  for (const { module, text } of program)
    if (module.language === 'python' && text.includes('Annotated['))
      for (const [, name = '', type = ''] of text.matchAll(
        /^([A-Z]\w*)(?:\s*:\s*TypeAlias)?\s*=\s*Annotated\[\s*(?:\w+\.)*([A-Z]\w*)\s*,/gm,
      ))
        known.set(name, type);
  return known;
});

/** `del user.hashed_password`, `user.hashed_password = None`, `session.expunge(user)` and what it is given to by name. */
function mayBeEmptied(home: Home, form: FunctionForm, { span }: Expression): boolean {
  const text = home.text.slice(form.span[0], span[1]);
  if (/\bdel\s+\w+\.|\b(?:load_only|defer|with_only_columns)\(|\.\w*(?:hash|password)\w*\s*=\s*(?:None|"")/.test(text))
    return true;
  let isGiven = false;
  visitBody(form.body, (one) => {
    if (one.kind === 'call' && /(?:strip|hide|clean|sanitize|redact|scrub)/i.test(textOf(home, one.of.span)))
      isGiven = true;
  });
  return isGiven;
}

/** A field of the class, or of one that it extends, that nobody may see. Null: it has none, or the class is not seen. */
function secretOf(
  name: string,
  program: readonly Home[],
  deep = 0,
  asked: Set<string> = new Set<string>(),
): string | null {
  const found = classesOf(program).get(name);
  if (!found || deep > DEEPEST || asked.has(name)) return null;
  asked.add(name);
  const { home, form } = found;
  if (decidesItself(found)) return null;
  for (const field of form.fields)
    if (SECRET.test(field.name)) return LEFT_OUT.test(textOf(home, field.span)) ? null : field.name;
  for (const base of form.bases.slice(0, MOST_BASES)) {
    const secret = base.kind === 'name' ? secretOf(base.name, program, deep + 1, asked) : null;
    if (secret !== null) return secret;
  }
  return null;
}

interface Known {
  home: Home;
  form: ClassForm;
}

/** It says itself what is sent of it. Asked once: many classes may extend it. */
const decidesItself = memo(({ home, form }: Known): boolean => DECIDES.test(textOf(home, form.span)));

/** A name that two files give to a class says nothing. */
const classesOf = memo((program: readonly Home[]): ReadonlyMap<string, Known> => {
  const found = Map.groupBy(
    program.flatMap((home) =>
      home.module.language === 'python' ? home.module.classes.map((form) => ({ home, form })) : [],
    ),
    ({ form }) => form.name,
  );
  return new Map([...found].flatMap(([name, [one, other]]) => (one && !other ? [[name, one] as const] : [])));
});
