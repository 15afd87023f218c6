import type { FileAnalysis } from '../analysis/process/task.ts';
import type { SourceFile } from '../change/source-file.ts';
import type { RawFinding } from '../findings/finding.ts';
import { isTest } from '../scope/select.ts';
import { betweenBrackets } from '../text/closing-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { isComment } from '../text/is-comment.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { splitList } from '../text/split-list.ts';
import { editFindings, listFound } from './edit-findings.ts';
import { type AskForName, askOnce, type FindReaders } from './find-readers.ts';
import { type GoFunction, goFunctionAround } from './go-function.ts';

const RULES = new Set(['file-name-not-known', 'address-not-known', 'process-from-variable', 'program-not-known']);
/** How many callers above each other are looked at. */
const MOST_STEPS = 3;
/** How many assignments from name to name are followed within one function. */
const MOST_NAMES = 6;
/** Calls of one function that are looked at: of more a reader decides. */
const MOST_CALLS = 60;
/** Searches of one look. */
const MOST_ASKED = 40;
/** What is written there, or what whoever starts the program says. */
const OPERATOR =
  /(?:^|\.)(?:\w*[cC]onf(?:ig)?|cfg|C|\w*[oO]pts?|\w*[oO]ptions|\w*[sS]ettings?|\w*[fF]lags?)\.|^(?:os\.(?:Args|Getenv|LookupEnv|TempDir|Getwd|UserHomeDir|UserConfigDir|Executable|Hostname)|viper\.\w+|p?flag\.\w+)\b|(?:^|\.)[gG]et_?[eE]nv\w*$/;
/** What such a package opens is named by who runs the program: it reads configuration, or is its command line. */
const OPERATORS_PACKAGE = /^package (?:config(?:s|uration)?|conf|settings|cmd|cli|commands)$/m;
const WORD = /^(?:true|false|nil|string|byte|rune|len|append|int|\d\w*)$/;

/** A place of a file of Go. */
interface Place {
  path: string;
  lines: readonly string[];
  line: number;
}

/**
 * Without what a suspicion is about when the operator, or the program itself, chooses it: constants, arguments of the command line,
 * configuration and environment, also where all callers that can be seen give these. Of Go.
 */
export async function dropChosen(
  analyses: readonly FileAnalysis[],
  sources: readonly Pick<SourceFile, 'path' | 'text'>[],
  find: FindReaders | null,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ ruleId, path, confidence, trace }: RawFinding): boolean =>
    RULES.has(ruleId) && confidence === 'low' && trace.length === 0 && path.endsWith('.go');
  if (find === null || !analyses.flatMap(listFound).some(isAsked)) return analyses;
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const ask = askOnce(find, ['*.go'], MOST_ASKED);
  return await editFindings(analyses, isAsked, async (finding, path) => {
    const text = texts.get(path) ?? '';
    if (finding.ruleId === 'file-name-not-known' && OPERATORS_PACKAGE.test(text)) return null;
    const lines = text.split('\n');
    const place = { path, lines, line: finding.startLine };
    return (await isChosen(finding.snippet, place, ask, MOST_STEPS, new Set())) ? null : finding;
  });
}

/** All that an expression is made of is chosen by the operator or the program. */
async function isChosen(
  expression: string,
  place: Place,
  ask: AskForName,
  steps: number,
  seen: ReadonlySet<string>,
): Promise<boolean> {
  const code = expression.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/g, '""');
  if (/[{}]|<-|\bfunc\b/.test(code)) return false;
  for (const [whole, chain = ''] of code.matchAll(/(?<![\w.])([A-Za-z_]\w*(?:\.\w+)*)(?:\s*\()?/g)) {
    const root = chain.split('.')[0] ?? '';
    if (WORD.test(root) || OPERATOR.test(chain)) continue;
    // A method, or a field, of what is not known. A package's function gives what it makes of what it is given.
    if (chain.includes('.')) {
      if (isImported(place.lines, root)) continue;
      return false;
    }
    if (whole.endsWith('(')) return false;
    if (!seen.has(root) && !(await isNameChosen(root, place, ask, steps, seen))) return false;
  }
  return true;
}

function isImported(lines: readonly string[], root: string): boolean {
  const named = new RegExp(`^\\s*(?:import\\s+)?(?:${root}\\s+"[^"]+"|"(?:[^"]*/)?${root}(?:/v\\d+)?")\\s*(?://.*)?$`);
  return lines.some((one) => named.test(one));
}

async function isNameChosen(
  name: string,
  place: Place,
  ask: AskForName,
  steps: number,
  seen: ReadonlySet<string>,
): Promise<boolean> {
  if (seen.size >= MOST_NAMES) return false;
  const own = goFunctionAround(place.lines, place.line);
  if (!own) return false;
  // The rest of a command line (cobra, urfave/cli): `func(cmd *cobra.Command, args []string)`.
  if (name === 'args' && /func\([^()]*\bargs \[\]string\)/.test(own.text)) return true;
  // A flag of the command line is written into it: `flag.StringVar(&name, "name", …)`.
  const text = own.text.replace(new RegExp(`\\bflag\\.\\w+Var\\(&${name}\\b`, 'g'), '');
  if (new RegExp(`func\\([^()]*\\b${name}\\b|&${name}\\b`).test(text)) return false;
  const given = givenTo(name, own.text);
  if (text !== own.text && given?.length === 0) return true;
  const index = own.parameters.indexOf(name);
  if (given === null || (given.length === 0 && index < 0)) return isFixed(name, place.lines) && given?.length === 0;
  for (const one of given) if (!(await isChosen(one, place, ask, steps, new Set([...seen, name])))) return false;
  return index < 0 || (steps > 0 && (await areCallersSafe(own, index, place, ask, steps - 1)));
}

/** What a name is given in a function; null: in a way that is not understood. */
function givenTo(name: string, text: string): string[] | null {
  const found: string[] = [];
  const gives = new RegExp(`(?<![\\w.])${name}(?:\\s*,\\s*\\w+)*\\s*(?:string\\s*)?:?=(?!=)\\s*(?:range\\s+)?`, 'g');
  for (const { index, 0: head } of text.matchAll(gives)) {
    const from = index + head.length;
    const first = text.slice(from).split('\n', 1)[0] ?? '';
    // A condition goes on behind what is given: `if v := f(); v != ""`.
    const value = (/^[^;{]*/.exec(first)?.[0] ?? '').trim();
    if (value === '' || /[([,+]$/.test(value)) return null;
    found.push(value);
  }
  // `_, name := …`, `for _, name := range …`: of all that the call gives.
  const later = new RegExp(`(?:\\w+\\s*,\\s*)+${name}\\s*(?:,\\s*\\w+\\s*)*:?=(?!=)\\s*(?:range\\s+)?([^\\n;{]+)`, 'g');
  for (const [, value = ''] of text.matchAll(later)) found.push(value.trim());
  return found;
}

/** A constant of the file, or a flag of it. */
function isFixed(name: string, lines: readonly string[]): boolean {
  const fixed = new RegExp(
    `^(?:const |var |\\t)${name}\\s*(?:string\\s*)?=\\s*(?:"[^"]*"|\`[^\`]*\`|p?flag\\.String\\(.*)\\s*(?://.*)?$`,
  );
  return lines.some((one) => fixed.test(one));
}

async function areCallersSafe(
  own: GoFunction,
  index: number,
  { path }: Place,
  ask: AskForName,
  steps: number,
): Promise<boolean> {
  const readers = await ask(own.name);
  if (!readers) return false;
  const owner = /^package (\w+)/m.exec(readers.get(path) ?? '')?.[1] ?? nameOf(dirOf(path));
  let calls = 0;
  for (const [reader, text] of readers) {
    if (isTest(reader)) continue;
    const lines = text.split('\n');
    const isBeside = dirOf(reader) === dirOf(path);
    for (const { at, line, isCall } of listNamed(text, own, isBeside ? null : owner)) {
      if (isComment(lines[line - 1] ?? '')) continue;
      const given = isCall ? betweenBrackets(text, at) : null;
      const argument = given === null ? undefined : splitList(given)[index]?.text;
      if (argument === undefined) return false;
      calls += 1;
      if (calls > MOST_CALLS) return false;
      if (!(await isChosen(argument, { path: reader, lines, line }, ask, steps, new Set()))) return false;
    }
  }
  return calls > 0;
}

interface Named {
  /** Where its bracket opens. */
  at: number;
  line: number;
  isCall: boolean;
}

/** Where a function is named: beside it as it is, elsewhere behind its package; a method behind anything. */
function* listNamed(text: string, { name, isMethod }: GoFunction, owner: string | null): Generator<Named> {
  const before = isMethod ? '\\.' : owner === null ? '(?<![\\w.])' : `(?<![\\w.])${escapeRegExp(owner)}\\.`;
  let [line, counted] = [1, 0];
  for (const { index, 0: head } of text.matchAll(new RegExp(`${before}${escapeRegExp(name)}\\b(?!\\s*:)`, 'g'))) {
    const start = text.lastIndexOf('\n', index) + 1;
    if (/^func\s+(?:\([^()]*\)\s*)?$/.test(text.slice(start, index))) continue;
    const at = index + head.length;
    line += text.slice(counted, at).split('\n').length - 1;
    counted = at;
    yield { at, line, isCall: text.charAt(at) === '(' };
  }
}
