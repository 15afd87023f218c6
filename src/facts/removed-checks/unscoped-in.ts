import { codeOf } from '../../text/code-of.ts';
import { isShort } from '../changes/changed-code.ts';
import type { Edit } from '../fact-hit.ts';
import type { Gone } from './gone.ts';

/** A word of a name that says that not everybody gets everything: `get_visible_orders`, `listAccessibleBoards`. */
const LIMITED =
  /(?<=[a-z\d])(?:Filtered|Visible|Accessible|Permitted|Viewable|Readable|Editable|Authori[sz]ed|Explorable)(?=[A-Z]|$)|(?:_|^)(?:filtered|visible|accessible|permitted|viewable|readable|editable|authori[sz]ed|explorable)(?=_|$)/;
/** Also lists that people filter by what they look for are named like this. */
const ANY = /filtered/i;
const CALLS = /([A-Za-z_]\w*)\(/g;
/** What the caller may have: `policy.explorable_instances(self.request.user)`. */
const OF_CALLER =
  /^\s*(?:return\s+|\w+\s*=\s*)[\w.()]*?(\w+)\((?:[\w.=\s]+,\s*)?(?:\w+=)?(?:self\.)?(?:request\.user|user|current_user|viewer)\s*(?:,[^()\n]*)?\)\s*$/;
const ALL = /^\s*(?:return\s+|\w+\s*=\s*)[A-Z]\w*\.(?:objects|query)(?:\.all\(\))?\s*$/;

/** A pattern takes the square of the length. */
const LONGEST = 200;
/** Most lines of an edit that is compared line by line. */
const MOST_LINES = 12;

/** Rows that the caller may have before the change, and any rows now, got from the same place. */
export function unscopedIn({ removed, added }: Edit): Gone[] {
  if (removed.length > MOST_LINES || added.length > MOST_LINES) return [];
  const now = added.filter(isShort).map(({ text }) => codeOf(text).trim());
  return removed.filter(isShort).flatMap(({ line, text }): Gone[] => {
    const code = codeOf(text).trim();
    if (code.length > LONGEST) return [];
    const [, asked] = OF_CALLER.exec(code) ?? [];
    const isAll =
      asked !== undefined && now.filter((one) => one !== '').length === 1 && now.some((one) => ALL.test(one));
    if (isAll) return [goneAt(line, asked, true)];
    return [...code.matchAll(CALLS)].slice(0, 3).flatMap(([, name = '']) => {
      const [word = ''] = LIMITED.exec(name) ?? [];
      const plain = name.replace(LIMITED, '');
      const isAsked = now.some((one) => one.toLowerCase().includes(word.toLowerCase().replaceAll('_', '')));
      const isBare = word !== '' && plain.length > 2 && !isAsked && now.includes(code.replace(`${name}(`, `${plain}(`));
      return isBare ? [goneAt(line, name, !ANY.test(name))] : [];
    });
  });
}

function goneAt(line: number, name: string, isSure: boolean): Gone {
  return { line, subject: 'caller', had: `${name}(…)`, name, isSure, isPart: true };
}
