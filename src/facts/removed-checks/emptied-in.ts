import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { isShort } from '../changes/changed-code.ts';
import type { ChangedLine } from '../fact-hit.ts';
import { type Gone, shown } from './gone.ts';

/** `delete row.secret`, `row.secret = undefined`, `set(row.data, 'notes', undefined)`, `row.pop("secret")`, `del row["secret"]` */
const EMPTIES = [
  /^\s*delete\s+([\w$]+)(?:\??\.[\w$]+)*?(?:\??\.([\w$]+)|\[['"]([\w$]+)['"]\])(?:\s*;)?\s*$/,
  /^\s*([\w$]+)(?:\??\.[\w$]+)*?\.([\w$]+)\s*=\s*(?:undefined|null|None|nil|"")(?:\s*;)?\s*$/,
  /^\s*(?:\w+\.)?(?:set|unset)\(\s*([\w$]+)(?:[^\w$,][^,]*)?,\s*['"](?:[\w$]+\.)*([\w$]+)['"](?:\s*,\s*(?:undefined|null))?\s*\)(?:\s*;)?\s*$/,
  /^\s*(\w+)\.pop\(\s*["'](\w+)["']\s*(?:,\s*None\s*)?\)\s*$/,
  /^\s*del\s+(\w+)\[["'](\w+)["']\]\s*$/,
];
/** `name = name.replace(/[<>]/g, '')`, `text = strings.ReplaceAll(text, "<", "[")`, `data = DANGEROUS.sub('', data)` */
const REPLACES =
  /^\s*([\w$.]+)\s*:?=\s*(?:\1\.(?:replace\w*)\((.+)|strings\.(?:ReplaceAll|Replace)\(\s*\1\s*,\s*(.+)|re\.sub\((.+)\b\1\s*\)|([\w.]+)\.sub\(.+\b\1\s*\))(?:\s*;)?\s*$/;
const OF_MARKUP = /["'`/[][^"'`]{0,12}[<>]/;
const OF_PATH = /["'`]\.\.|\\\.\\\./;
const OF_LINES = /\\[rn]/;
const BAD = /dangerous|unsafe|illegal|forbidden|malicious|bad_?char/i;
/** What a token must say of itself. */
const CLAIMS =
  /\bWith(?:Audience|Issuer|ValidMethods|Subject|ExpirationRequired)\b|\b\w*(?:[wW]ith|[vV]erify|[cC]heck)_?(?:[aA]udience|[iI]ssuer)\w*\(|\b(?:audience|issuer)\s*[:=]\s*[\w.$]+[.\w]/;
const VERIFIES = /\bjwt\w*\.(?:\w+\.)?(?:Parse\w*|verify|decode)\(|\bjwtVerify\(|\bjwt_?decode\(/i;
/** Which rows a form offers, and takes. */
const OFFERED = /\.queryset\s*=\s*[\w.]+\.(?:filter|exclude|for_user|visible_to)\(\s*[^)]/;

/** Whole lines that took something out of what is given out, or out of what is let in. */
export function emptiedIn(removed: readonly ChangedLine[], lines: readonly string[]): Gone[] {
  return removed.filter(isShort).flatMap(({ line, text }): Gone[] => {
    const code = codeOf(text);
    const had = shown(code);
    if (CLAIMS.test(code))
      return [{ line, subject: 'caller', had, name: lastClaim(code), isSure: true, stays: VERIFIES }];
    if (OFFERED.test(code))
      return [
        { line, subject: 'caller', had, name: '.queryset', isSure: false, stays: /\bfields\b|\bForm\b|__init__/ },
      ];
    const [, of = '', ...groups] = EMPTIES.map((one) => one.exec(code)).find((one) => one !== null) ?? [];
    const field = groups.find((one) => one !== undefined);
    if (field !== undefined && !/^(?:this|self|module|process|window|exports)$/.test(of))
      return [{ line, subject: 'fields', had, name: field, isSure: false, stays: givenOut(of, line, lines) }];
    const [, , ...what] = REPLACES.exec(code) ?? [];
    const given = what.find((one) => one !== undefined);
    if (given === undefined) return [];
    if (OF_PATH.test(given)) return [{ line, subject: 'path', had, name: had, isSure: false }];
    const isClean = OF_MARKUP.test(given) || OF_LINES.test(given) || BAD.test(given);
    return isClean ? [{ line, subject: 'markup', had, name: had, isSure: OF_MARKUP.test(given) }] : [];
  });
}

function lastClaim(code: string): string {
  return CLAIMS.exec(code)?.[0].replace(/\W+$/, '') ?? '';
}

const LINES_TO_CALL = 8;

/** It leaves the function as an answer, and is not written back. */
function givenOut(name: string, line: number, lines: readonly string[]): RegExp {
  const of = escapeRegExp(name);
  const above = lines.slice(Math.max(0, line - LINES_TO_CALL), line - 1).join('\n');
  const [, call] = new RegExp(`\\b${of}\\s*=\\s*(?:await\\s+)?([\\w.$]+)\\(`).exec(above) ?? [];
  const itself = call === undefined ? '' : `|\\breturn\\s+(?:await\\s+)?${escapeRegExp(call)}\\(`;
  return new RegExp(
    `^(?![\\s\\S]*\\b${of}\\.(?:save|update|commit)\\()[\\s\\S]*(?:\\breturn\\s+(?:[\\w.]+\\(\\s*)?(?:\\{\\s*(?:\\.\\.\\.)?)?${of}(?:\\.data)?\\b(?!\\s*[.(=!<>])|\\b(?:json|send|jsonify|Response|JSON)\\((?:[\\w.]+\\s*,\\s*)?${of}\\b${itself})`,
  );
}
