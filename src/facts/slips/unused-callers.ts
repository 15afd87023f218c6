import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** So many handlers of the same thing must compare who calls. */
const SIBLINGS = 2;
const CALLER = /^(?:caller|principal|identity|viewer|actor|me|user|current_\w{1,30})$/;
/** `@router.get("/orders/{order_id}/payment")`: the first thing that the path names. */
const BY_ID = /^@?\w+\.(?:get|post|put|patch|delete)\(\s*["'][^"'{]{0,200}\{(\w{1,60})\}/;
const WRITES = /\b(?:delete|commit|update|add)\s*\(/;
/** It may ask in another way, or is for others than the owner. */
const ASKS = /40[13]|[fF]orbidden|Denied|permission|\b_?(?:check|ensure|require|verify|authorize|assert|may|can)_\w+\(/;

interface Handler {
  form: FunctionForm;
  caller: string;
  id: string;
  body: string;
  start: number;
}

/**
 * A handler is given who calls and never looks, where the handlers beside it compare the caller with the row of the same id:
 * `caller: CallerDep` stands among its parameters, and the payment of an order is looked up by `order_id` alone.
 */
export function findUnusedCallers(home: Home): FoundSlip[] {
  if (!/@\w+\.(?:get|post|put|patch|delete)\(/.test(home.text)) return [];
  const all = home.module.functions.flatMap((form) => readHandler(home, form));
  const groups = Map.groupBy(all, ({ id, caller }) => `${id} ${caller}`);
  return [...groups.values()].flatMap((group): FoundSlip[] => {
    const unused = group.filter(({ body, caller }) => !new RegExp(`\\b${caller}\\b`).test(body));
    const comparing = group.filter(({ body, caller }) =>
      new RegExp(`[!=]=\\s*${caller}[.[]|\\b${caller}(?:\\.\\w+|\\["\\w+"\\])\\s*[!=]=`).test(body),
    );
    const [one] = unused;
    // Where several do not look, it is meant so.
    if (!one || unused.length > 1 || comparing.length < SIBLINGS || ASKS.test(one.body)) return [];
    const found = lookUp(one);
    if (!found) return [];
    const at = one.start + found.index;
    return [
      {
        kind: 'row-of-anybody',
        home,
        form: one.form,
        span: [at, at + 1],
        names: {
          MODEL: found[1] ?? found[2] ?? '',
          BY: one.id,
          DOES: WRITES.test(one.body) ? 'changes' : 'reads',
          COUNTING: '',
        },
      },
    ];
  });
}

function readHandler(home: Home, form: FunctionForm): Handler[] {
  const id = form.decorators.map(({ span }) => BY_ID.exec(textOf(home, span))?.[1]).find((one) => one !== undefined);
  const caller = form.parameters.find(({ name }) => CALLER.test(name))?.name;
  const start = form.body[0]?.span[0];
  if (id === undefined || caller === undefined || start === undefined) return [];
  return [{ form, caller, id, body: home.text.slice(start, form.span[1]), start }];
}

/** `select(Payment).where(Payment.order_id == order_id)`, `session.get(Payment, payment_id)`. */
function lookUp({ body, id }: Handler): RegExpExecArray | null {
  const by = escapeRegExp(id);
  return new RegExp(
    `(?:\\b(?:select|query|update|delete)\\(\\s*([A-Z]\\w{0,80})\\s*\\)[^;]{0,200}?==\\s*${by}\\b)|(?:\\.get\\(\\s*(?=[A-Z]\\w{0,80},\\s*${by}\\b)([A-Z]\\w{0,80}))`,
  ).exec(body);
}
