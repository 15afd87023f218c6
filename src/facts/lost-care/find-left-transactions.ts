import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { FactHit, FindFacts } from '../fact-hit.ts';
import { shown } from '../removed-checks/gone.ts';
import { changesOf, createLooks, firstOfEach, lostAt } from './changes-of.ts';

/** `fc.SetPrimary(`, `tx.order.update(`: what is called, without its last name. */
const CALL = /(?<![\w$.])([\w$]+(?:\.[\w$]+)*)\.([\w$]+)\(/g;
const MOST_CALLS = 20;

/**
 * What was called on a transaction is called on the client now that the transaction was begun on, with the same method and while it is
 * open: `fc, tx, err := WithTx(ctx, f.files)`, and `fc.Set(…)` that became `f.files.Set(…)`.
 */
export const findLeftTransactions: FindFacts = ({ transactions }, read, before) => {
  if (!before) return [];
  const told = transactions.flatMap(({ beside }) => beside.map(({ place }) => place));
  const looks = createLooks();
  return firstOfEach(
    changesOf(before, read).flatMap((change): FactHit[] => {
      const { edit, removed, put, now, was } = change;
      // `query-beside-transaction` says it at the call itself.
      if (
        edit.added.some(({ line }) =>
          told.some((one) => one.path === before.path && one.startLine <= line && line <= one.endLine),
        )
      )
        return [];
      const calls = [...put.matchAll(CALL)].slice(0, MOST_CALLS);
      return removed.flatMap(({ line, text }) => {
        const code = codeOf(text);
        const lost = [...code.matchAll(CALL)].slice(0, MOST_CALLS).find(([, on = '', method]) => {
          const [handle = '', ...rest] = on.split('.');
          const end = rest.map((one) => `.${one}`).join('');
          return calls.some(([, other = '', same]) => {
            const client = other.slice(0, other.length - end.length);
            return (
              same === method &&
              other !== on &&
              other === client + end &&
              looks(change) &&
              isBegunOn(client, handle, was) &&
              isBegunOn(client, handle, now) &&
              isUsed(handle, now)
            );
          });
        });
        return lost ? [lostAt(before, change, line, { HAD: shown(code) })] : [];
      });
    }),
  );
};

/** `tx := s.db.Begin()`, `fc, tx, err := WithTx(ctx, s.db)`, `db.transaction(async (tx) => {`, `with engine.begin() as conn:` */
function isBegunOn(client: string, handle: string, text: string): boolean {
  const [of, own] = [escapeRegExp(client), escapeRegExp(handle)];
  if (client === handle || /^(?:this|self|cls)$/.test(client)) return false;
  return [
    `(?<![\\w.])${own}\\s*(?:,\\s*\\w+\\s*)*:?=\\s*(?:await\\s+)?${of}\\.(?:[bB]egin\\w*|[tT]ransaction|[sS]tart\\w*|WithTx|Tx)\\(`,
    `(?<![\\w.])${own}\\s*(?:,\\s*\\w+\\s*)*:?=\\s*[\\w.]*(?:WithTx|WithTransaction|BeginTx|with_?[tT]x)\\([^()\\n]*(?<![\\w.])${of}\\s*[,)]`,
    `(?<![\\w.])${of}\\.\\$?(?:[tT]ransaction|RunInTx|RunInTransaction|WithTx|InTx|withTransaction|begin)\\((?:[^()\\n]*,\\s*)?(?:async\\s*)?(?:func\\s*)?\\(?\\s*(?:\\w*[cC]tx\\s+[\\w.]+\\s*,\\s*)?${own}(?![\\w.])`,
    `\\bwith\\s+${of}\\.(?:begin|transaction)\\([^()\\n]*\\)\\s+as\\s+${own}\\s*:`,
  ].some((one) => new RegExp(one).test(text));
}

/** Something else is done in it still. */
function isUsed(handle: string, now: string): boolean {
  const own = escapeRegExp(handle);
  return new RegExp(`(?<![\\w.])${own}\\.(?![cC]ommit|[rR]ollback)\\w+[.(]|[(,]\\s*${own}\\s*[,)]`).test(now);
}
