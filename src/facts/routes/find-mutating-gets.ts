import { lastPart } from '../../text/last-part.ts';
import { isWithin } from '../changes/pairs-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { Query } from '../facts.ts';
import { type Handled, handledByGet, linesAbove, queriesOf } from './handled-by.ts';

/** A path or a handler that says what it changes. */
const VERB =
  /(?:^|[/_.-]|(?<=[a-z])(?=[A-Z]))(?:delete|remove|destroy|cancel|revoke|archive|approve|reject|purge|disable|ban|unban|block|unblock|toggle|promote|demote|clear|erase|drop|update|set|save|mark|publish|unpublish|restore|close|complete)(?=$|[/_.:-]|[A-Z])/;
/** What is only a trace of a request, or kept for a while. */
const TRACE =
  /(?<![a-z])logs?(?![a-z])|Log|audit|visit|view|(?<![a-z])hits?(?![a-z])|seen|count|metric|session|cache|token|nonce|challenge|event|activit|stats|statistic|usage|track|histor|\blast_?|_at\b|(?<![a-z])read|expire|stale|temp|lock|heartbeat|online|presence|attempt|code|cookie|cart|queue|outbox|job/i;
/** Links that a mail or another site sends people to, and callers that can do nothing else than GET. */
const BY_LINK =
  /callback|oauth|oidc|sso|saml|log-?_?(?:in|out)|sign-?_?(?:in|out|up)|verif|confirm|activat|subscri|invit|accept|magic|hook|cron|job|track|pixel|click|redirect|health|setup|install|migrat|seed|sync|refresh|token|impersonat|test|debug|dev\b|short|\/r\/|:code|:slug|next|random/i;
/** It runs at times only. */
const AT_TIMES =
  /^\s*(?:\}\s*)?(?:if|else|elif|for|while|switch|case|catch|except|finally|unless|match|default|with suppress)\b|\b(?:if|\?\?=?|then|forEach|map)\s*\(?|=>\s*\{?\s*$|\bfunc\b|\bfunction\b/;
/** It asks for the method itself. */
const BY_METHOD =
  /\b(?:r|req|request|ctx|c|self\.request|this\.req)\.(?:Request\.)?[mM]ethod\b|is_submitted|validate_on_submit/;

/**
 * A handler that GET alone asks for writes to the database: its path or name says that it changes something, or it deletes or changes
 * a row by its key whatever happens.
 */
export const findMutatingGets: FindFacts = ({ routes, queries }, read) => {
  const writes = queries.filter((one) => isWrite(one) && !TRACE.test(`${one.tables.join()} ${one.function}`));
  if (writes.length === 0) return [];
  return handledByGet(routes).flatMap((handled) => {
    const { route, handler } = handled;
    const name = lastPart(route.handler.name);
    if (BY_LINK.test(route.path) || BY_LINK.test(name) || BY_METHOD.test(read(handler))) return [];
    const says = VERB.test(route.path) || (VERB.test(name) && name !== 'inline function');
    const [first] = queriesOf(handled, writes).filter(
      (one) => !isTrace(one, read) && (says || isAlways(one, handled, read)),
    );
    return first ? [hitOf(first, handled, read)] : [];
  });
};

function isWrite({ operation }: Query): boolean {
  return operation === 'insert' || operation === 'update' || operation === 'delete';
}

function isTrace(one: Query, read: ReadPlace): boolean {
  return TRACE.test(one.columns.join(' ')) || TRACE.test(read(one.place));
}

/** A row is deleted or changed by its key, in the handler itself and under no condition. */
function isAlways(one: Query, { handler }: Handled, read: ReadPlace): boolean {
  if (one.operation === 'insert' || !isWithin(one.place, handler) || one.place.startLine === handler.startLine)
    return false;
  const inner = { ...handler, startLine: handler.startLine + 1 };
  return !linesAbove(one.place, inner, read).some((line) => AT_TIMES.test(line));
}

/** Where it writes; where another file does that, the handler. */
function hitOf({ place, function: symbol }: Query, { route, handler }: Handled, read: ReadPlace): FactHit {
  const [first = ''] = read(place).split('\n');
  const [, call = symbol] = /([\w.$]+)\(/.exec(first) ?? [];
  return {
    place: place.path === route.place.path ? place : handler,
    symbol,
    suspected: true,
    values: { CALL: call },
  };
}
