import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm, Span, Statement } from '../../languages/form.ts';
import { holds } from '../../languages/holds.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf, visitBody } from '../../languages/visit-expressions.ts';
import { type Call, textOf } from './call-chain.ts';
import { isRow } from './find-checked-then-changed.ts';
import { HELD, markedAt } from './find-spent-flags.ts';
import { leaves } from './flat.ts';
import { MOST_LOOKS } from './limits.ts';
import { createSaysIn } from './says-in.ts';
import type { FoundSlip } from './slip.ts';

/** `order.paid`, `payment.refunded_at`, `invoice.status === "paid"`. */
const ASKED =
  /\b(?<row>[A-Za-z_]\w*)(?:\[0\])?\??\.(?:(?<flag>(?:is|was|Is|Was)?_?(?:[pP]aid|[cC]harged|[cC]aptured|[sS]ettled|[rR]efunded|[cC]redited|[bB]illed|[pP]aid_?[oO]ut)(?:_?(?:at|on|At|On))?)\b|(?<state>(?:payment_?)?(?:[sS]tatus|[sS]tate)|paymentStatus|PaymentStatus)\b[^\n]{0,40}?(?:paid|PAID|Paid|pending|PENDING|Pending|unpaid|captured|refunded|REFUNDED|charged))/;
/** It moves money, by its name. */
const CHARGES =
  /^_?(?:charge|capture|refund|pay_?out|payout|disburse|(?:create|make|send|execute|process|submit)_?(?:charge|payment|refund|transfer|payout|pay_?out)|transfer_?(?:funds|money))(?:$|_\w*|[A-Z]\w*)$/i;
/** What belongs to a service of payments: `stripe.paymentIntents.create`, `gateway.transaction.sale`. */
const OF_SERVICE =
  /(?:stripe|Stripe|braintree|paypal|adyen|razorpay|mollie|gateway)\w*\.(?:\w+\.)*(?:create|capture|sale|refund|New|Capture)\w*$|^(?:charge|paymentintent|refund|transfer|payout)\.New$/;
/** Sent by the code itself. */
const SENDS = /(?:^|\.)(?:post|Post|PostForm|fetch)$/;
const PAYS = /(?:\/|\b)(?:charges?|payments?|refunds?|transfers?|payouts?|withdrawals?)\b/;
/** The other side, or something here, knows the same charge again. */
const KEYED = /idempot|dedup|\bSETNX\b|setnx|\bnx\b|singleflight|compare_?and/i;
const isHeld = createSaysIn(HELD);
const isKeyed = createSaysIn(KEYED);
const ALONE = /cron|migrat|seed|script|backfill|\bcli\b|reconcil|import|fixture/i;

/** `if not order.paid: charge(order); order.paid = True`: two requests at once both find it unpaid, and both charge. */
export function findChargedTwice(home: Home): FoundSlip[] {
  if (!ASKED.test(home.text) || ALONE.test(home.path)) return [];
  return home.module.functions.flatMap((form) => (form.id === 0 || ALONE.test(form.name) ? [] : findIn(home, form)));
}

interface Asked {
  row: string;
  flag: string;
  span: Span;
  isLeft: boolean;
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const asked = askedIn(home, form);
  if (asked.length === 0) return [];
  const outer = functionsAround(home.module, form).at(-1) ?? form;
  if (isHeld(home, outer) || isKeyed(home, outer)) return [];
  const charges = chargesIn(home, form);
  for (const one of asked) {
    const charge = charges.find(({ span }) => holds(one.span, span) || (one.isLeft && span[0] >= one.span[1]));
    if (!charge) continue;
    const before = markedAt(home, form, one.span[0] + 1, one.row, one.flag);
    const set = markedAt(home, form, charge.span[1], one.row, one.flag);
    // It was claimed before.
    if (!set || !before || before.at < charge.span[0]) continue;
    return [
      {
        kind: 'charged-twice',
        home,
        form,
        span: charge.span,
        names: {
          FLAG: `${one.row}.${one.flag}`,
          CALL: textOf(home, charge.of.span).replace(/\s+/g, '').slice(-60),
          LINE: one.span,
          SET: [set.at, set.at + 1],
        },
      },
    ];
  }
  return [];
}

function askedIn(home: Home, form: FunctionForm): Asked[] {
  const found: Asked[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'if' && found.length < MOST_LOOKS) {
        const groups = ASKED.exec(textOf(home, one.test.span).slice(0, 300))?.groups;
        const row = groups?.row;
        const flag = groups?.flag ?? groups?.state;
        if (row !== undefined && flag !== undefined && isRow(home, form, row))
          found.push({ row, flag, span: one.span, isLeft: leaves(one.yes) });
      }
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return found;
}

function chargesIn(home: Home, form: FunctionForm): Call[] {
  const found: Call[] = [];
  visitBody(form.body, (one) => {
    if (one.kind !== 'call' || found.length >= MOST_LOOKS) return;
    const written = textOf(home, one.of.span).replace(/\s+/g, '').slice(-80);
    const [first] = one.arguments;
    const isSent =
      SENDS.test(written) && first !== undefined && PAYS.test(textOf(home, first.value.span).slice(0, 200));
    if ((isSent || OF_SERVICE.test(written) || CHARGES.test(calledName(one.of))) && !isKeyedBelow(home, one))
      found.push(one);
  });
  return found;
}

/** The function stands here, and sends a key. */
function isKeyedBelow(home: Home, { of }: Call): boolean {
  return keyedIn(home).has(calledName(of));
}

const keyedIn = memo(
  (home: Home): ReadonlySet<string> =>
    new Set(home.module.functions.filter(({ span }) => KEYED.test(textOf(home, span))).map(({ name }) => name)),
);
