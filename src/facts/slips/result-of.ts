import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import type { Call } from './call-chain.ts';

/** What a call of Go gives first: `type` is its name without package and pointer. */
interface Result {
  is: 'pointer' | 'value' | 'unknown';
  type: string | null;
  /** Beside an error it gives nil, somewhere in each function that may be meant. */
  failsNil: boolean;
}

interface Named {
  home: Home;
  form: FunctionForm;
}

const UNKNOWN: Result = { is: 'unknown', type: null, failsNil: false };
/** `return nil, err`, also with more between; not `return nil, nil`. */
const FAILS_NIL = /\breturn nil,[ \t]*(?:[^\n]*,[ \t]*)?(?!nil\b)[\w&.]/;

/** What the functions of the program that may be meant say of it, where they say the same. */
export function resultOf(home: Home, { of }: Call, program: readonly Home[]): Result {
  const written = home.text.slice(...of.span).replace(/\[[^]*\]$/, '');
  const [, owner] = /^(\w+)\.\w+$/.exec(written) ?? [];
  const imported = home.module.imports.some(({ local, module }) => local === owner || module.endsWith(`/${owner}`));
  const all = definitionsOf(program).get(calledName(of)) ?? [];
  const meant = all.filter(({ home: { module }, form: { receiver } }) => {
    if (imported) return receiver === null && module.package === owner;
    return written.includes('.') ? receiver !== null : receiver === null && module.package === home.module.package;
  });
  const results = meant.map((one) => firstResult(one, program));
  const [first = UNKNOWN] = results;
  return {
    is: results.every(({ is }) => is === first.is) ? first.is : 'unknown',
    type: results.every(({ type }) => type === first.type) ? first.type : null,
    failsNil: results.length > 0 && results.every(({ failsNil }) => failsNil),
  };
}

/** A method that looks whether it has its receiver, or an unseen `GetName()`, as protocol buffers have them for each field. */
export function asksForNil(type: string | null, name: string, isBare: boolean, program: readonly Home[]): boolean {
  const all = (definitionsOf(program).get(name) ?? []).filter(({ form }) => form.receiver !== null);
  const own = all.filter(({ form }) => form.receiver === type);
  const meant = own.length > 0 ? own : all;
  return meant.length === 0 ? isBare && /^Get[A-Z]/.test(name) : meant.every(beginsWithNil);
}

/** Each method of that name reads something of its receiver: on nil it panics. */
export function usesReceiver(type: string | null, name: string, program: readonly Home[]): boolean {
  const own = (definitionsOf(program).get(name) ?? []).filter(({ form }) => form.receiver === type && type !== null);
  return (
    own.length > 0 &&
    own.every(({ home, form }) => {
      const [receiver] = form.parameters;
      return receiver !== undefined && new RegExp(`\\b${receiver.name}\\.`).test(home.text.slice(...form.span));
    })
  );
}

function beginsWithNil({ home, form }: Named): boolean {
  const [first] = form.body;
  const [receiver] = form.parameters;
  if (first?.kind !== 'if' || !receiver) return false;
  const asked = new RegExp(`^if ${receiver.name} (!=|==) nil\\b([^\\n]*)`).exec(home.text.slice(...first.span));
  if (!asked) return false;
  const [, operator, more = ''] = asked;
  if (operator === '!=')
    return !more.includes('||') && first.no.length === 0 && !usesAfter(home, form, first, receiver.name);
  return !more.includes('&&') && first.yes.at(-1)?.kind === 'return';
}

/** `if x != nil { return x.id }; return x.other`: nothing was asked of the rest. */
function usesAfter(
  home: Home,
  { span }: FunctionForm,
  asked: { span: readonly [number, number] },
  name: string,
): boolean {
  return new RegExp(`\\b${name}\\.`).test(home.text.slice(asked.span[1], span[1]));
}

/** Functions of Go by their name. */
export const definitionsOf = memo(
  (program: readonly Home[]): ReadonlyMap<string, Named[]> =>
    Map.groupBy(
      program.flatMap((home) =>
        home.module.language === 'go' ? home.module.functions.map((form) => ({ home, form })) : [],
      ),
      ({ form }) => form.name,
    ),
);

/** Types leave pointers out: it is read from what is written between the name and the body. */
function firstResult({ home, form }: Named, program: readonly Home[]): Result {
  const [first] = form.body;
  const signature = home.text.slice(form.at[1], Math.min(first?.span[0] ?? form.span[1], form.span[1]));
  const [, pointer, owner, name] =
    /\)\s*\((?:\w+ )?(\*)?(?:(\w+)\.)?(\w+)\b(?!\.)(?:\[[^\n]*\])?\s*,[^()]*\)\s*\{\s*$/.exec(
      signature.replace(/\{[^]*$/, '{'),
    ) ?? [];
  if (name === undefined) return UNKNOWN;
  if (pointer !== undefined)
    return { is: 'pointer', type: name, failsNil: FAILS_NIL.test(home.text.slice(...form.span)) };
  const inside = owner ?? home.module.package;
  const declared = program
    .filter(({ module }) => module.language === 'go' && module.package === inside)
    .flatMap(({ module }) => module.types.filter((one) => one.name === name));
  const isValue = declared.length > 0 && declared.every(({ type }) => type.kind === 'record');
  return { is: isValue ? 'value' : 'unknown', type: name, failsNil: false };
}
