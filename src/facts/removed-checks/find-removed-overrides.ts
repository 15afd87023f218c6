import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { lastPart } from '../../text/last-part.ts';
import type { FactHit, FindFacts } from '../fact-hit.ts';
import { shown } from './gone.ts';

/** It does what the class that it extends does, and more. */
const EXTENDS = /\bsuper\(\s*[\w, ]*\)\.\w+\(|\bsuper\.\w+\(/;
/** `.filter(event=event)`, `.filter(team=self.request.team)`: by something that this request or this object is about. */
const NARROWS =
  /\.(?:filter|filter_by|exclude|where|andWhere)\(\s*(?:Q\()?["'`]?([\w.]+)["'`]?\s*(?:=|:|,|==)\s*(?:\{\s*)?((?:self|this|request|req|ctx|info)\.[\w.()[\]'"]+|\w+)/;

/** A method that narrowed what the class gives is gone, and the class is still there: what it extends gives all of it. */
export const findRemovedOverrides: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const { path, functions, removed, added } = before;
  const names = new Set(functions.head.filter(({ place }) => place.path === path).map(({ name }) => name));
  const gone = functions.base.filter(
    ({ name, place }) => place.path === path && name.includes('.') && !names.has(name),
  );
  if (gone.length === 0) return [];
  const now = read({ path, startLine: 1, endLine: Number.MAX_SAFE_INTEGER });
  const put = added.map(({ text }) => text).join('\n');
  return gone.flatMap(({ name, place }): FactHit[] => {
    const own = removed.filter(({ line }) => line >= place.startLine && line <= place.endLine);
    const text = own.map((one) => one.text).join('\n');
    const [owner, method] = [name.slice(0, name.lastIndexOf('.')), lastPart(name)];
    if (!EXTENDS.test(text) || !new RegExp(`\\bclass\\s+${escapeRegExp(owner)}\\b`).test(now)) return [];
    const line = own.find((one) => NARROWS.test(codeOf(one.text)));
    const [, column = '', value = ''] = (line && NARROWS.exec(codeOf(line.text))) ?? [];
    if (!line || /^(?:true|false|none|null|\d+)$/i.test(value)) return [];
    // It is narrowed elsewhere now.
    if (new RegExp(`\\b${escapeRegExp(column)}\\b`).test(put)) return [];
    return [
      {
        place: { path, startLine: line.line, endLine: line.line },
        side: 'LEFT',
        symbol: name,
        suspected: true,
        values: { METHOD: method, CLASS: owner, HAD: shown(codeOf(line.text)), COLUMN: column },
      },
    ];
  });
};
