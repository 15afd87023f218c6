import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Span, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** A field of a struct that is a map, beside a lock, or a map that is its own lock. */
interface Field {
  type: string;
  name: string;
  is: 'map' | 'sync.Map';
}

/** So many other methods write it under the lock. */
const SIBLINGS = 2;
/** It runs before anybody else has the value, or is called by who holds the lock. */
const BEFORE =
  /^(?:New|new|Init|init|Open|open|Load|load|Start|start|set[uU]p|Set[uU]p|Close|close|Unmarshal)|Locked$|Unsafe$|NoLock$|^with/;
/** The most fields of a file. */
const MOST = 60;

/** A map that others reach at the same time is put in its place by an assignment without the lock. */
export function findReplacedMaps(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/\bsync\.(?:RW)?M(?:utex|ap)\b/.test(home.text)) return [];
  const all = Map.groupBy(home.module.functions, ({ receiver }) => receiver);
  const locks = memo((form: FunctionForm) => isLocked(home, form));
  const asked = memo((form: FunctionForm) => isAsked(home, form));
  const callers = memo((methods: readonly FunctionForm[]) => listCallers(home, methods));
  return listFields(home.text).flatMap((field) => {
    const methods = all.get(field.type) ?? [];
    const locking = methods.filter((form) => locks(form) && names(home, form, field));
    if (field.is === 'map' && locking.length < SIBLINGS) return [];
    if (field.is === 'sync.Map' && !methods.some((form) => names(home, form, field))) return [];
    return methods.flatMap((form): FoundSlip[] => {
      if (BEFORE.test(form.name) || locks(form)) return [];
      const span = replacedIn(home, form, field);
      if (!span || asked(form) || isCalledByOthers(callers(methods), form)) return [];
      return [
        {
          kind: 'map-replaced',
          home,
          form,
          span,
          suspected: true,
          names: {
            NAME: `${form.parameters[0]?.name}.${field.name}`,
            WHERE:
              field.is === 'map' ? `\`${locking[0]?.name}\` and others hold a lock for it` : 'others use it meanwhile',
          },
        },
      ];
    });
  });
}

function listFields(text: string): Field[] {
  const found: Field[] = [];
  let from = 0;
  for (const { 1: type = '', 0: head, index } of text.matchAll(/^type\s{1,20}(\w+)\s{1,20}struct\s{0,20}\{/gm)) {
    if (index < from) continue;
    const start = index + head.length;
    from = text.indexOf('}', start);
    if (from < 0) break;
    const body = text.slice(start, from);
    const isGuarded = /\bsync\.(?:RW)?Mutex\b/.test(body);
    for (const { 1: name = '', 2: is = '' } of body.matchAll(/(?:^|[;\n])[ \t]*(\w+)[ \t]+(map\[|sync\.Map\b)/g))
      if (found.length < MOST && (is === 'sync.Map' || isGuarded))
        found.push({ type, name, is: is === 'sync.Map' ? is : 'map' });
  }
  return found;
}

function isLocked(home: Home, form: FunctionForm): boolean {
  return /\.R?Lock\(|\.Do\(/.test(textOf(home, form.span));
}

/** Its comment says that the lock is held. */
function isAsked(home: Home, form: FunctionForm): boolean {
  const above = home.written.slice(Math.max(0, form.span[0] - 400), form.span[0]);
  const comment = /(?:^[ \t]*\/\/[^\n]*\n)+$/m.exec(above)?.[0] ?? '';
  return /lock|mutex|\bmu\b|concurren|hold/i.test(comment);
}

function names(home: Home, form: FunctionForm, { name }: Field): boolean {
  const receiver = form.parameters[0]?.name;
  return receiver !== undefined && new RegExp(`\\b${receiver}\\.${name}\\b`).test(textOf(home, form.span));
}

/** `h.rooms = …` of the method itself. */
function replacedIn(home: Home, form: FunctionForm, { name }: Field): Span | null {
  let found: Span | null = null;
  const visit = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (
        one.kind === 'set' &&
        one.target.kind === 'field' &&
        one.target.name === name &&
        one.target.of.kind === 'name' &&
        one.target.of.name === form.parameters[0]?.name
      )
        found ??= one.span;
      visit(blocksOf(one));
    }
  };
  visit(form.body);
  return found;
}

/** Whoever calls it holds the lock, or is called by one that does. */
function isCalledByOthers(callers: ReadonlyMap<string, ReadonlySet<string>>, { name }: FunctionForm): boolean {
  const by = callers.get(name);
  return by !== undefined && (by.size > 1 || !by.has(name));
}

/** What is called in methods, with the names of those that call it: each text is read once. */
function listCallers(home: Home, methods: readonly FunctionForm[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, span } of methods)
    for (const [, called = ''] of textOf(home, span).matchAll(/\.(\w+)\(/g)) {
      const known = found.get(called);
      if (known) known.add(name);
      else found.set(called, new Set([name]));
    }
  return found;
}
