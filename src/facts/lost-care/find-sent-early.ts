import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { codeOfLines } from '../changes/changed-code.ts';
import type { FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import type { Facts } from '../facts.ts';
import { shown } from '../removed-checks/gone.ts';
import { headOf } from './blocks.ts';
import { type Change, changesOf, createLooks, firstOfEach, lostAt } from './changes-of.ts';

/** What waits for the commit. */
const WAITS = /\bon_?[cC]ommit\(|\bOnCommit\(|\b\w*[aA]fter_?[cC]ommit\w*\(|\brunOnTransactionCommit\(/;
/** Where one of these stands, it waits in another way, or a table holds it until then. */
const KEPT = /on_?commit|after_?commit|OnTransactionCommit|outbox|delay_on_commit/i;
/** A job, a message or a mail. */
const SENDS =
  /(?<![\w$.])((?:[\w$]+\.)*(?:delay|apply_async|s?enqueue\w*|[sS]end\w*|[pP]ublish\w*|[eE]mit\w*|[dD]ispatch\w*|[nN]otify\w*|[pP]roduce\w*|[pP]ush\w*|Enqueue\w*|schedule_?[jJ]ob\w*)|(?:[\w$]+\.)*\w*[qQ]ueue\w*\.[aA]dd\w*|(?:[\w$]+\.)*\w*(?:jobs?|Jobs?|mailer|Mailer|producer|events)\.\w+)\(/g;
const OPENS =
  /\batomic\b|\b[tT]ransaction(?:al)?\(|@Transactional|\.[bB]egin\w*\(|RunInTx|InTransaction\(|WithTx\(|withTransaction\(/;

/** `transaction.on_commit(lambda: notify.delay(order.id))` that became `notify.delay(order.id)`. */
export const findSentEarly: FindFacts = (facts, read, before) => {
  if (!before) return [];
  const looks = createLooks();
  return firstOfEach(
    changesOf(before, read).flatMap((change): FactHit[] => {
      const { edit, removed, now, put } = change;
      const at = removed.find(({ text }) => WAITS.test(codeOf(text)) && !/^\s*(?:import|from)\b/.test(text));
      if (!at || KEPT.test(put) || !looks(change)) return [];
      const gone = codeOfLines(removed);
      const send = [...put.matchAll(SENDS)].map(([, name = '']) => name).find((name) => isNamedIn(gone, name));
      const line = edit.added.find(({ text }) => send !== undefined && text.includes(send))?.line;
      if (send === undefined || line === undefined || isTold(facts, before, line)) return [];
      const isInside = isIn(change, line);
      // After the block of the transaction it waits as well.
      if (!isInside && OPENS.test(now)) return [];
      return [lostAt(before, change, at.line, { HAD: shown(codeOf(at.text)), CALL: send }, !isInside)];
    }),
  );
};

function isNamedIn(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`).test(text);
}

/** `message-in-transaction` says it at the call itself. */
function isTold({ transactions }: Facts, { path }: FactsBefore, line: number): boolean {
  return transactions.some(({ inside }) =>
    inside.some(
      ({ does, place }) =>
        (does === 'message' || does === 'mail') &&
        place.path === path &&
        place.startLine <= line &&
        line <= place.endLine,
    ),
  );
}

/** The block of a transaction is around it, or one is opened for all of the function. */
function isIn({ places, lines: { head } }: Change, line: number): boolean {
  let above: number | null = line - places.head.startLine;
  if (above >= head.length) return false;
  while (above !== null && above > 0) {
    above = headOf(head, above);
    if (above !== null && OPENS.test(head[above] ?? '')) return true;
  }
  const decorators = head.slice(0, MOST_DECORATORS).filter((one) => /^\s*@/.test(one));
  return decorators.some((one) => OPENS.test(one));
}

const MOST_DECORATORS = 10;
