import { ownerName } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import { visitOne } from '../../languages/visit-expressions.ts';
import { lastPart } from '../../text/last-part.ts';
import type { Chain } from './call-chain.ts';
import { setsOf } from './sets-of.ts';

const VERBS =
  /^(?:a?get|find|fetch|load|look_?up|is|has|a?exists?|a?count|a?first|last|take|select|query|search|retrieve|check|a?create|insert|add|a?save|persist|bulk|new|update|delete|remove|list|read)(?=$|[A-Z_])/i;
const REST =
  /(?:_?by|_?for|_?with|_?or|_?if|_?in|_?from|_?to|_?and|_?of|_?on)(?=$|[A-Z_]).*$|_?(?:one|first|unique|many|all|row|rows|val|documents?|new|record|exists?|async|context|ctx|db|entity|or404)$/i;
const SUFFIX =
  /_?(?:repository|repo|service|services|stores?|dao|manager|mgr|models?|table|collection|queries|query|crud|controller|handler|usecase|impl|provider|client|api|view|viewset|serializer|resolver|mutation|entity|schema|cls|class)$/i;
/** Words that name no thing. */
const ANY =
  /^(?:|this|self|cls|objects|query|db|prisma|tx|trx|session|conn|pool|client|engine|orm|ctx|c|s|r|m|q|d|e|x|i|a|data|base|super|unscoped|manager|model|service|repository|repo|store|select|where|func|await|app|core|default|em|knex|state|statement|result|exist|existing|new|by|obj|instance|item|row|record|one)$/;

/** What a call is about, in every way that it says so: `prisma.user`, `getUserByEmail`, `select(User)`, `from users`. */
export function nounsOf(home: Home, form: FunctionForm, { calls, path }: Chain): Set<string> {
  const nouns = new Set<string>();
  const add = (name: string): void => {
    const noun = nounOf(name);
    if (noun !== null) nouns.add(noun);
  };
  const [root] = path;
  for (const name of path) add(name);
  if (root === 'this' || root === 'self' || root === 'cls' || path.length === 0 || root === form.parameters[0]?.name)
    if (path.length <= 1) add(ownerName(home, form));
  if (root !== undefined) for (const name of namesMadeOf(home, form, root)) add(name);
  // `Profile.objects.create(user=user)` makes no user.
  const isNamed = nouns.size > 0;
  for (const call of calls) {
    const own = nounOf(calledName(call.of).replace(VERBS, '').replace(REST, ''));
    if (own !== null && VERBS.test(calledName(call.of))) return new Set([own]);
    for (const { value } of isNamed ? [] : call.arguments) {
      visitOne(value, (one) => {
        if (one.kind === 'call' && one.of.kind === 'name' && /^(?:select|query)$/.test(one.of.name))
          addAll(one.arguments, add);
        if (one.kind === 'call' && /^[A-Z]/.test(calledName(one.of))) add(calledName(one.of));
        if (one.kind === 'map' && one.type?.kind === 'named') add(lastPart(one.type.name));
        if (one.kind === 'text') for (const table of tablesOf(one.value)) add(table);
      });
      if (value.kind === 'name') for (const name of namesMadeOf(home, form, value.name)) add(name);
    }
    if (/^(?:from|into|query|get|select|get_object_or_404|getRepository|insert)$/.test(calledName(call.of)))
      addAll(call.arguments, add);
  }
  return nouns;
}

function addAll(given: readonly { value: Expression }[], add: (name: string) => void): void {
  for (const { value } of given) if (value.kind === 'name' || value.kind === 'field') add(value.name);
}

function nounOf(name: string): string | null {
  const noun = name
    .replace(SUFFIX, '')
    .replace(SUFFIX, '')
    .replaceAll('_', '')
    .replace(/ies$/i, 'y')
    .replace(/(?<=\w\w)s$/i, '')
    .toLowerCase();
  return ANY.test(noun) || noun.length < 2 ? null : noun;
}

function tablesOf(text: string): string[] {
  return [...text.slice(0, 2000).matchAll(/\b(?:from|into|join)\s+["`[]?(?:\w+\.)?(\w+)/gi)].map(
    ([, name]) => name ?? '',
  );
}

const MOST_TEXT = 500;

/** The class that a name of this function was made of: `users = UserRepository(…)`, `var user User`. */
function namesMadeOf(home: Home, form: FunctionForm, name: string): string[] {
  const names: string[] = [];
  for (const one of setsOf(form).get(name) ?? []) {
    if (one.target.kind !== 'name') continue;
    const type = one.type?.kind === 'list' ? one.type.of : one.type;
    if (type?.kind === 'named') names.push(lastPart(type.name));
    if (one.value.kind === 'map' && one.value.type?.kind === 'named') names.push(lastPart(one.value.type.name));
    const text = home.text.slice(...one.value.span).slice(0, MOST_TEXT);
    const [, made] = /^(?:await\s+|new\s+|&)*(?:\w+\.)*([A-Z]\w+)[.({]/.exec(text) ?? [];
    if (made !== undefined) names.push(made);
  }
  for (const { name: own, type } of form.parameters)
    if (own === name && type?.kind === 'named') names.push(lastPart(type.name));
  return names;
}
