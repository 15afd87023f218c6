import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression } from '../../languages/form.ts';
import { visitOne } from '../../languages/visit-expressions.ts';

export type Call = Extract<Expression, { kind: 'call' }>;

/** `User.objects.filter(email=e).first()`: the calls, the last one first, and the names before them. */
export interface Chain {
  calls: readonly Call[];
  path: readonly string[];
}

/** Null: it is no call, nor a part of what one gives. */
export function chainOf(value: Expression): Chain | null {
  const calls: Call[] = [];
  const path: string[] = [];
  let at: Expression = value;
  for (;;) {
    if (at.kind === 'await' || at.kind === 'cast' || at.kind === 'index') at = at.of;
    else if (at.kind === 'call') {
      calls.push(at);
      if (at.of.kind !== 'field') break;
      at = at.of.of;
    } else if (at.kind === 'field') {
      // Of a call's result no name says what it is called on.
      if (calls.length > 0) path.unshift(at.name);
      at = at.of;
    } else {
      if (at.kind === 'name') path.unshift(at.name);
      break;
    }
  }
  return calls.length === 0 ? null : { calls, path };
}

export function namesOf({ calls }: Chain): string[] {
  return calls.map(({ of }) => calledName(of));
}

/** Words that stand for no value of this call's own. */
const ANY =
  /^(?:this|self|cls|ctx|context|c|s|tx|trx|db|session|req|request|res|input|data|where|select|include|options|opts|params|body|args|kwargs|prisma|len|str|String|Boolean|eq|and|or|not|func|models?|Op|value|values|id|true|false|null|undefined|None|nil|err|error)$/;

/** The names and fields that are given to the calls of a chain: what it asks by, what it writes. */
export function givenTo({ calls }: Chain): Set<string> {
  const given = new Set<string>();
  for (const call of calls)
    for (const { name, value } of call.arguments) {
      if (name !== null) given.add(plain(name));
      visitOne(value, (one) => {
        if (one.kind === 'name' || one.kind === 'field') given.add(plain(one.name));
        if (one.kind === 'map')
          for (const { key } of one.entries)
            if (key?.kind === 'text' || key?.kind === 'name')
              given.add(plain(key.kind === 'text' ? key.value : key.name));
      });
    }
  return new Set([...given].filter((one) => one.length > 1 && !ANY.test(one)));
}

/** `user_id`, `userId`, `UserID`: the same. */
function plain(name: string): string {
  return ANY.test(name)
    ? name
    : name
        .replace(/__\w+$/, '')
        .replaceAll('_', '')
        .toLowerCase();
}

export function textOf(home: Home, [start, end]: readonly [number, number]): string {
  return home.text.slice(start, end);
}
