import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm, Module, Span, Statement, Type } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { listBlocks, partsOf, partsOfStatement } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { flat, leaves } from './flat.ts';

/** A struct of Go with one lock, and the fields that it may be there for. */
export interface Guarded {
  home: Home;
  type: string;
  /** The name of the lock's field. */
  lock: string;
  maps: ReadonlySet<string>;
}

export interface Access {
  field: string;
  does: 'read' | 'write' | 'count';
  /** `no`: the lock is surely not held. Else the number of the time for which it is held; -1: it is not known. */
  held: 'no' | number;
  span: Span;
}

export interface Method {
  home: Home;
  form: FunctionForm;
  self: string;
  accesses: readonly Access[];
  /** Methods of the same value that it calls: whether it surely holds no lock there. */
  calls: readonly { name: string; held: Access['held'] }[];
  /** The name of the lock appears somewhere in it. */
  isLocking: boolean;
}

/** What is unknown of a lock behind a branch that changed it. */
const UNKNOWN = -1;
/** Of one function. */
const MOST = 300;

/** Structs of a file with one field that is a mutex, and fields that are maps. */
export const listGuarded = memo((home: Home): readonly Guarded[] => {
  if (home.module.language !== 'go' || !/\bsync\.(?:RW)?Mutex\b/.test(home.text)) return [];
  return home.module.types.flatMap(({ name, type }): Guarded[] => {
    if (type.kind !== 'record') return [];
    const fields = Object.entries(type.fields);
    const locks = fields.filter(([, one]) => isMutex(one));
    const [lock] = locks;
    const maps = fields.filter(([, one]) => one.kind === 'map').map(([field]) => field);
    if (!lock || locks.length > 1 || maps.length === 0) return [];
    return [{ home, type: name, lock: lock[0], maps: new Set(maps) }];
  });
});

function isMutex(type: Type): boolean {
  return type.kind === 'named' && /^sync\.(?:RW)?Mutex$/.test(type.name);
}

/** The methods of such a struct that a file holds, and what they do with its maps. */
export function methodsOf(guarded: Guarded, home: Home): Method[] {
  return (byReceiver(home.module).get(guarded.type) ?? [])
    .filter(({ parameters }) => parameters[0] !== undefined)
    .map((form) => readMethod(guarded, home, form));
}

const byReceiver = memo(({ functions }: Module) => Map.groupBy(functions, ({ receiver }) => receiver));

function readMethod({ lock, maps }: Guarded, home: Home, form: FunctionForm): Method {
  const self = form.parameters[0]?.name ?? '';
  const accesses: Access[] = [];
  const calls: { name: string; held: Access['held'] }[] = [];
  let times = 0;
  const look = (one: Expression, held: Access['held'], does: Access['does'] = 'read'): void => {
    if (accesses.length >= MOST) return;
    // What is written in a function of its own runs who knows when.
    if (one.kind === 'function') return;
    if (one.kind === 'field' && one.of.kind === 'name' && one.of.name === self && maps.has(one.name)) {
      accesses.push({ field: one.name, does, held, span: one.span });
      return;
    }
    if (one.kind === 'call') {
      const name = calledName(one.of);
      const [first, ...rest] = one.arguments;
      if (one.of.kind === 'field' && one.of.of.kind === 'name' && one.of.of.name === self) calls.push({ name, held });
      if (one.of.kind === 'name' && first && (name === 'delete' || name === 'len' || name === 'clear')) {
        look(first.value, held, name === 'len' ? 'count' : 'write');
        for (const { value } of rest) look(value, held);
        return;
      }
    }
    for (const part of partsOf(one)) look(part, held);
  };
  const visit = (written: readonly Statement[], before: Access['held']): Access['held'] => {
    let held = before;
    for (const one of flat(written)) {
      const step = stepOf(home, one, `${self}.${lock}`);
      if (step === 'lock') held = times++;
      if (step === 'unlock') held = 'no';
      if (step) continue;
      // It runs beside this, or at its end.
      if (one.kind === 'do' && one.when !== 'now') continue;
      if (one.kind === 'set' && one.target.kind === 'index') {
        look(one.target.of, held, 'write');
        look(one.target.by, held);
        look(one.value, held);
      } else if (one.kind === 'set' && one.target.kind === 'field') look(one.value, held);
      else for (const part of partsOfStatement(one)) look(part, held);
      let after: Access['held'] = held;
      for (const block of listBlocks(one)) {
        const end = visit(block, held);
        if (end !== held && !leaves(flat(block))) after = UNKNOWN;
      }
      held = after;
    }
    return held;
  };
  visit(form.body, 'no');
  return { home, form, self, accesses, calls, isLocking: textOf(home, form.span).includes(`.${lock}`) };
}

function stepOf(home: Home, one: Statement, lock: string): 'lock' | 'unlock' | null {
  if (one.kind !== 'do' || one.when !== 'now' || one.value.kind !== 'call' || one.value.of.kind !== 'field')
    return null;
  const { of, name } = one.value.of;
  if (!/^R?(?:Lock|Unlock)$/.test(name) || textOf(home, of.span) !== lock) return null;
  return name.endsWith('Unlock') ? 'unlock' : 'lock';
}
