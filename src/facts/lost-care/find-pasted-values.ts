import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { Edit, FactHit, FactsBefore, FindFacts } from '../fact-hit.ts';
import { innermost } from '../read/places-around.ts';
import { firstOfEach } from './changes-of.ts';

/** A column with its operator, or a function of the database, before a placeholder: `name = $1`, `plainto_tsquery($%d)`. */
const BOUND =
  /(?<![\w.$])([A-Za-z_][\w.]*)\)?\s*(=|<>|!=|<=|>=|\bi?like\b|\bin\s*\(|\()\s*(?:\$\d+|\$%d|\$\$\{|%s|%\(\w+\)s|\?|:\w+\b|@\w+\b)/gi;
/** `Eq{"artist_id": value}` */
const MAPPED = /\b(?:Eq|NotEq|Like|ILike)\{\s*"([\w.]+)"\s*:/g;
const SPEAKS_SQL =
  /\b(?:select|insert|update|delete|where|and|or|from|set|having|join|in|values)\b|\b(?:Not)?Eq\{|\b(?:execute|query|raw|where|having|Exec|Sprintf)\w*\(/i;
/** A value comes into the text: `'%s'`, `'${`, `'{`, `'" +`; each behind a quote of the statement, as only text needs it. */
const PASTED = String.raw`(?:'|\\?")%?(?:%[sv]|\$\{|\{\w[\w.[\]"']*\}|["'\`]\s*(?:\+|\|\|)\s*[\w$(])`;
/** Something is put into the text. */
const PASTES = /Sprintf\(|["'`)]\s*%\s*[\w({]|\.format\(|\bf(?:"|'|""")|\$\{|["'`]\s*(?:\+|\|\|)|(?:\+|\|\|)\s*["'`]/;
const HARMLESS = /escape|quote_?(?:literal|ident)|placeholder|\bint\(|Number\(|parseInt|strconv|\.isoformat|\btest/i;
const MOST_NAMES = 20;
const MOST_EDITS = 200;
const NEAR = 8;

/** A value that was handed to the database beside the statement, and is written into its text now. */
export const findPastedValues: FindFacts = (_facts, _read, before) => {
  if (!before) return [];
  const seen = new Set<number>();
  return firstOfEach(
    before.edits.slice(0, MOST_EDITS).flatMap((edit, index, all) => {
      // What goes in one place and comes in the next one may be the same statement.
      const near = all.slice(Math.max(0, index - 1), index + 2).filter(({ at }) => Math.abs(at - edit.at) <= NEAR);
      return pastedIn(edit, codeOfLines(near.flatMap(({ removed }) => removed)), before, seen);
    }),
  );
};

function pastedIn(edit: Edit, old: string, before: FactsBefore, seen: Set<number>): FactHit[] {
  const put = codeOfLines(edit.added);
  if (!PASTES.test(put) || HARMLESS.test(put) || !SPEAKS_SQL.test(old)) return [];
  const names = [
    ...[...old.matchAll(BOUND)].map(([, name = '', by = '']) => ({ name, by })),
    ...[...old.matchAll(MAPPED)].map(([, name = '']) => ({ name, by: '=' })),
  ];
  return names.slice(0, MOST_NAMES).flatMap(({ name, by }): FactHit[] => {
    const last = escapeRegExp(lastPart(name));
    const pasted = new RegExp(
      `(?<![\\w$])${last}\\)?\\s*${escapeRegExp(by).replace(/\s+/g, '\\s*')}\\s*${PASTED}`,
      'i',
    );
    const at = edit.added.filter(isShort).find(({ text }) => pasted.test(text));
    if (!at || pasted.test(old) || seen.has(at.line)) return [];
    seen.add(at.line);
    return [
      {
        place: { path: before.path, startLine: at.line, endLine: at.line },
        symbol: innermost(before.functions.head, before.path, at.line)?.name ?? '',
        values: { NAME: name },
      },
    ];
  });
}
