import type { Role } from '../../flows/data/fact-keys.ts';
import type { Closure } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';

/** What functions do themselves, and which ones they call: what is asked of them is answered when all has run. */
export interface FunctionNotes {
  status(form: FunctionForm, code: number): void;
  role(form: FunctionForm, role: Role): void;
  calls(caller: FunctionForm, closure: Closure): void;
  /** The program's functions that a function calls. */
  calleesOf(form: FunctionForm): readonly FunctionForm[];
  /** The functions that lead to it, and itself; of one that many call not all. */
  callersOf(form: FunctionForm): readonly FunctionForm[];
  /** Of these functions alone. */
  ownOf(forms: readonly FunctionForm[]): { statuses: readonly number[]; roles: ReadonlySet<Role> };
  /** Of these functions and all that they call. */
  of(forms: readonly FunctionForm[]): { statuses: readonly number[]; roles: ReadonlySet<Role> };
}

interface Notes {
  statuses: Set<number>;
  roles: Set<Role>;
  callees: Set<FunctionForm>;
  callers: Set<FunctionForm>;
}

const MOST_FUNCTIONS = 200;
const MOST_CALLERS = 20;

export function createFunctionNotes(): FunctionNotes {
  const all = new Map<FunctionForm, Notes>();
  const notesOf = (form: FunctionForm): Notes => {
    const known = all.get(form) ?? {
      statuses: new Set<number>(),
      roles: new Set<Role>(),
      callees: new Set<FunctionForm>(),
      callers: new Set<FunctionForm>(),
    };
    all.set(form, known);
    return known;
  };
  return {
    status: (form, code) => void notesOf(form).statuses.add(code),
    role: (form, role) => void notesOf(form).roles.add(role),
    calls(caller, { form }) {
      notesOf(caller).callees.add(form);
      notesOf(form).callers.add(caller);
    },
    calleesOf: (form) => [...(all.get(form)?.callees ?? [])],
    callersOf(form) {
      const seen = new Set([form]);
      for (const one of seen)
        for (const caller of all.get(one)?.callers ?? []) if (seen.size < MOST_CALLERS) seen.add(caller);
      return [...seen];
    },
    ownOf: (forms) => ({
      statuses: forms.flatMap((form) => [...(all.get(form)?.statuses ?? [])]),
      roles: new Set(forms.flatMap((form) => [...(all.get(form)?.roles ?? [])])),
    }),
    of(forms) {
      const statuses = new Set<number>();
      const roles = new Set<Role>();
      const seen = new Set(forms);
      for (const form of seen) {
        const notes = all.get(form);
        for (const code of notes?.statuses ?? []) statuses.add(code);
        for (const role of notes?.roles ?? []) roles.add(role);
        if (seen.size < MOST_FUNCTIONS) for (const callee of notes?.callees ?? []) seen.add(callee);
      }
      return { statuses: [...statuses].sort((a, b) => a - b), roles };
    },
  };
}
