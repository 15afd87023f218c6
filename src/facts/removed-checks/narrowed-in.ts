import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { ChangedLine, Edit } from '../fact-hit.ts';
import { type Gone, shown } from './gone.ts';
import { OWNER } from './subjects.ts';

/** `rows = rows.filter(`, or a link of a chain. */
const NARROWS = /^\s*(?:(\w+)\s*:?=\s*(?:await\s+)?\1)?\.(?:filter|where|andWhere|Where|filter_by|eq|And)\((.*)$/;
/** `organisation__users=user`, `'note.ownerId = :me'`: a column with what it is compared to. */
const COMPARED = /(?<![\w.])([A-Za-z][\w.]{1,80})["'`]?\s*(?:=(?!=)|,|==|:)\s*([^\n]{1,200})/g;
const WHOSE = new RegExp(`(?:^|[._]|[a-z](?=[A-Z]))(?:${OWNER}|member)s?(?:_?id)?(?:__[a-z]+)?$`, 'i');
/** Who asks, or what is his. */
const ASKER =
  /\b(?:\w*[uU]ser(?:\.\w+|_?[iI]d)?|me|viewer|actor|principal|(?:tenant|org|organi[sz]ation|workspace|team|owner|account)_?[iI]d|(?:self\.)?request\.user|c(?:tx|laims)\.\w+)\b/;

/** `.filter(created_by=self.request.user)` in the midst of a line, or over several. */
const OF_ASKER =
  /\.(?:filter|where|andWhere|Where|filter_by)\((?:[^;]{0,400}?[^\w.])?((?:self\.|info\.context\.|ctx\.)?(?:req(?:uest)?\.user|currentUser|current_user)\b(?:\.\w+)?)/;

/** `rows.for_user(request.user)`, `visibleTo(me)` */
function isGivenTo(asker: string, now: string): boolean {
  return new RegExp(
    `(?:for|visible|owned|scoped?|access\\w*|belong\\w*|by|mine|of)_?\\w*\\([^()\\n]*${escapeRegExp(asker)}`,
    'i',
  ).test(now);
}

/** `find({})`: whatever is there. */
const ALL_NOW = /(?:^[ \t]*|\(\s*|where\s*:\s*)\{\s*\}/m;
/** `{ 'meta.cardId': { $in: cards } }` */
const OF_DOCUMENT = /\{\s*['"]?[\w.$]+['"]?\s*:\s*(?:\{\s*\$?in\s*:\s*)?([\w$.]+)/;
const LINES_TO_ASKER = 40;

function emptiedQuery({ line, text }: ChangedLine, lines: readonly string[]): Gone[] {
  const code = codeOf(text);
  const [, value = ''] = OF_DOCUMENT.exec(code) ?? [];
  if (value === '' || !/^[a-z]/.test(value)) return [];
  const above = lines.slice(Math.max(0, line - LINES_TO_ASKER), line).join('\n');
  const isOfAsker = ASKER.test(code) || (new RegExp(`\\b${escapeRegExp(value)}\\s*=`).test(above) && ASKER.test(above));
  return isOfAsker ? [{ line, subject: 'caller', had: shown(code), name: value, isSure: true, isPart: true }] : [];
}

/** A condition of its own that left what is somebody's: without it, rows of others are found as well. */
export function narrowedIn({ removed, added }: Edit, lines: readonly string[]): Gone[] {
  const now = codeOfLines(added);
  const [, asker = ''] = OF_ASKER.exec(codeOfLines(removed)) ?? [];
  if (asker !== '' && added.length > 0 && !now.includes(asker)) {
    const { line = 0, text = '' } = removed.find((one) => one.text.includes(asker)) ?? {};
    return [{ line, subject: 'caller', had: shown(codeOf(text)), name: asker, isSure: true }];
  }
  const emptied = ALL_NOW.test(now) ? removed.filter(isShort).flatMap((one) => emptiedQuery(one, lines)) : [];
  if (emptied.length > 0) return emptied;
  return removed.filter(isShort).flatMap(({ line, text }): Gone[] => {
    const code = codeOf(text);
    const [, , given = ''] = NARROWS.exec(code) ?? [];
    const all = [...given.matchAll(COMPARED)].map(([, name = '', value = '']) => ({ name, value }));
    const whose = all.find(({ name, value }) => WHOSE.test(name) && ASKER.test(value));
    if (!whose || now.includes(whose.name) || isGivenTo(ASKER.exec(whose.value)?.[0] ?? '', now)) return [];
    const column = whose.name;
    return [{ line, subject: 'caller', had: shown(code), name: column, isSure: true }];
  });
}
