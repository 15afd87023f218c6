import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { codeOfLines } from '../changes/changed-code.ts';
import type { Edit } from '../fact-hit.ts';
import { type Gone, shown } from './gone.ts';

/** A whole request, by the names that frameworks give it. */
const REQUEST = String.raw`(?:self\.)?(?:req|request|ctx\.request|c\.req)\.(?:body|data|json(?:\(\))?|get_json\(\)|POST)`;
/** Names that often hold a whole request. */
const SENT = String.raw`(?:${REQUEST}|body|payload|dto)`;
/** All of it goes into something: `Object.assign(row, body)`, `{ ...req.body }`, `Order(**request.data)`. */
const WHOLE = new RegExp(
  String.raw`\bObject\.assign\(\s*[\w.]+\s*,\s*(${SENT})\s*\)|\{\s*\.\.\.(${SENT})\b|\*\*(${SENT})\b|\.(?:merge|create|build|update\w*|insert\w*|save|set)\((?:[\w.]+\s*,\s*)*(${SENT})\s*[,)]`,
);
/** It is kept: what is only sent on, shown or logged sets nothing here. */
const KEEPS =
  /\bObject\.assign\(|\b[A-Z]\w*\(\*\*|\bnew [A-Z]|\.(?:merge|create|build|update\w*|insert\w*|save|set|upsert\w*|replace\w*|findOneAnd\w+|findByIdAnd\w+|values)\w*\(|\bdata\s*:/;
/** A schema let through what it names. */
const SHAPED = /\b(?:parse|safeParse|validate\w*|pick|omit|whitelist|schema\w*|serializer\w*)\b/i;
/** So many fields at least make a list of those that may be taken. */
const FEWEST = 2;

/** Fields that were named one by one before the change, where whatever is sent is taken now. */
export function takenWhole({ removed, added }: Edit, lines: readonly string[], written: string): Gone[] {
  const now = codeOfLines(added);
  const [, ...groups] = WHOLE.exec(now) ?? [];
  const sent = groups.find((one) => one !== undefined);
  const old = codeOfLines(removed);
  if (sent === undefined || WHOLE.test(old) || SHAPED.test(now) || isShaped(sent, [...lines, ...written.split('\n')]))
    return [];
  const own = escapeRegExp(sent);
  const fields = new Set(
    [...old.matchAll(new RegExp(`(?<![\\w$.])${own}(?:\\??\\.|\\[["']|\\.get\\(["'])(\\w+)`, 'g'))].map(
      ([, field = '']) => field,
    ),
  );
  const isNamed = fields.size >= FEWEST || gaveFields(old, now, sent);
  const first = removed.find(({ text }) => text.includes(sent)) ?? removed.find(({ text }) => /\{/.test(text));
  if (!isNamed || !first) return [];
  const isSure = KEEPS.test(now) && (new RegExp(`^${REQUEST}$`).test(sent) || isRequest(sent, lines));
  return [{ line: first.line, subject: 'fields', had: shown(codeOf(first.text)), name: '', isSure }];
}

/** `update({ id, name })` that became `update(req.body)`. */
function gaveFields(old: string, now: string, sent: string): boolean {
  const [, call = ''] =
    new RegExp(`([\\w.]+)\\((?:[\\w.]+\\s*,\\s*)*(?:\\*\\*)?${escapeRegExp(sent)}\\s*[,)]`).exec(now) ?? [];
  return (
    call !== '' &&
    new RegExp(
      `${escapeRegExp(call)}\\((?:[\\w.]+\\s*,\\s*)*(?:\\{\\s*\\w+\\s*[,:][^{}]*,[^{}]*\\}|\\w+\\s*=[^,()]*,\\s*\\w+\\s*=)`,
    ).test(old)
  );
}

/** `const body = OrderIn.parse(req.body)` */
function isShaped(name: string, lines: readonly string[]): boolean {
  const given = new RegExp(`\\b${escapeRegExp(name)}\\b[^=\\n]{0,40}=(?!=)`);
  return lines.some((one) => given.test(one) && SHAPED.test(one));
}

/** `const body = req.body` */
function isRequest(name: string, lines: readonly string[]): boolean {
  const given = new RegExp(`\\b${escapeRegExp(name)}\\b[^=\\n]{0,40}=\\s*(?:await\\s+)?${REQUEST}`);
  return lines.some((one) => given.test(one));
}
