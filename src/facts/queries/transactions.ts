import { decoratorName } from '../../flows/run/symbolic.ts';
import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { find, type Look } from '../read/look.ts';
import { ofFunction, type Transaction } from './find-transactions.ts';

/** Functions and blocks whose queries are in one transaction. */
export interface Transactions {
  note(look: Look): void;
  /** A statement that begins one stands in this function. */
  begin(form: FunctionForm): void;
  /** Whether a call, which these functions have led to, is in one. */
  has(home: Home, span: Span, open: readonly FunctionForm[]): boolean;
  list(): readonly Transaction[];
}

export function createTransactions(): Transactions {
  const forms = new Set<FunctionForm>();
  const blocks = new Map<Home, Span[]>();
  const seen = new Set<FunctionForm>();
  const all = new Map<string, Transaction>();
  const keep = (one: Transaction): void => void all.set(keyOf(one), one);
  return {
    note(look) {
      const { one, frame, run, models } = look;
      const { home, form } = frame.closure;
      if (!models.transaction.has) return;
      if (!seen.has(form)) {
        seen.add(form);
        for (const decorator of form.decorators) {
          const name = decoratorName(run, frame.closure, decorator);
          if (name === null || !models.transaction(name)) continue;
          forms.add(form);
          keep({ home, form, span: form.span, client: '', handle: null, begins: decorator.span, undone: [] });
        }
      }
      if (!find(look, models.transaction)) return;
      const given = [...one.args.list, ...one.args.named.values()].flatMap((value) => value.functions);
      for (const closure of given) {
        forms.add(closure.form);
        if (closure.home === home) keep(ofFunction(home, closure.form, one.call));
      }
      const block = given.length > 0 ? null : blockOf(form.body, one.call.span);
      if (!block) return;
      blocks.set(home, [...(blocks.get(home) ?? []), block]);
      keep({ home, form, span: block, client: '', handle: null, begins: one.call.span, undone: [] });
    },
    begin: (form) => void forms.add(form),
    has: (home, span, open) =>
      open.some((form) => forms.has(form)) ||
      (blocks.get(home) ?? []).some(([start, end]) => start <= span[0] && span[1] <= end),
    list: () => [...all.values()],
  };
}

export function keyOf({ home, span }: Pick<Transaction, 'home' | 'span'>): string {
  return `${home.path}:${span[0]}-${span[1]}`;
}

/** The block that holds what this call opens: `with transaction.atomic():`. */
function blockOf(statements: readonly Statement[], span: Span): Span | null {
  for (const one of statements) {
    if (one.span[0] > span[0] || one.span[1] < span[1]) continue;
    // What it opens stands in front of its own lines, or is kept in a name before it.
    if (one.kind === 'block' && one.holds && !one.body.some((line) => holds(line.span, span))) return one.span;
    const inner = blockOf(blocksOf(one), span);
    if (inner) return inner;
  }
  return null;
}
