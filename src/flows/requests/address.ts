import type { Severity } from '../../findings/finding.ts';
import { functionAt } from '../../languages/enclosing.ts';
import type { Hit } from '../run/run.ts';
import { saidNames } from '../uses/said-names.ts';
import type { Home, Taint } from '../values/value.ts';

/** Values that say who asks: a session, a user, the claims of a token. */
const KNOWN =
  /session|principal|claims|(?:current|get|fetch|load|require|auth\w{0,20})_?(?:user|account|login|member)|\buser(?:_?id|name)?\b|account|\bauth(?!or)|login|permission|\btoken/i;

/** Kinds of values in which a whole address is one field. */
const SETTING = /^(?:the (?:body of the )?request|the arguments of the query)$/;

/**
 * What it means that somebody outside names the server that is called. Who sends the beginning of an address sends a setting (of a
 * webhook, of a feed): to call it is what the handler is for, and what is left is where it must not lead. Where a user is known as
 * well, that is for the users of the service alone.
 */
export function severityOfAddress(
  severity: Severity,
  { kind, value }: Pick<Hit, 'kind' | 'value'>,
  { says, steps }: Taint,
  from: Home,
): Severity {
  if (kind !== 'url' || severity !== 'high' || from.module.language === 'python') return severity;
  const isSetting = value.pieces[0]?.kind === 'hole';
  const isSent = value.pieces.length === 1 && SETTING.test(says);
  const form = steps[0] ? functionAt(from.module, steps[0].span) : null;
  const isForUsers = form !== null && form.id !== 0 && KNOWN.test(saidNames(from, form.span));
  if (isForUsers) return isSetting ? 'low' : 'medium';
  return isSent ? 'medium' : severity;
}
