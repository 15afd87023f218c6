import type { FileAnalysis } from '../analysis/process/task.ts';
import type { RawFinding } from '../findings/finding.ts';
import { identifyCode } from '../findings/fingerprint.ts';
import { isTest } from '../scope/select.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { indentOf } from '../text/indent-of.ts';
import { isComment } from '../text/is-comment.ts';
import { lastPart } from '../text/last-part.ts';
import { dirOf } from '../text/paths.ts';
import { editFindings, listFound } from './edit-findings.ts';
import { type AskForName, askOnce, type FindReaders } from './find-readers.ts';
import { functionsAround } from './function-around.ts';

const RULE = 'predictable-token';
const GLOBS = ['*.go', '*.py', '*.ts', '*.js', '*.mts', '*.mjs'];
/** The shortest name that is searched for: shorter ones are common words. */
const LEAST_LETTERS = 6;
/** A helper of a helper of a helper. */
const MOST_STEPS = 3;
/** Names that are looked for in the program. */
const MOST_NAMES = 30;
/** Lines up to the one that begins a function. */
const MOST_LINES = 200;
const SECRET =
  /(?:^|_|[a-z])(?:[tT]oken|TOKEN|[sS]ecret|[pP]assword|[pP]asswd|[aA][pP][iI]_?[kK]ey|[aA]ccess_?[kK]ey|[sS]ession_?I?[dD]|(?:[rR]eset|[vV]erification|[iI]nvit(?:e|ation)|[rR]ecovery|[aA]ctivation|[lL]ogin)_?[cC]ode)$/;
const OPENS_NOTHING =
  /(?:fetch|cancel|render|page|next|continuation|max|num|count|mask|dummy|fake|mock|test|place_?holder|lock|fencing|cache|poll)_?(?:token|key|id)$/i;
/** It is to differ from others, and everybody may know it. */
const TELLS_APART =
  /(?:device|client|tx|txn|transaction|operation|job|task|batch|worker|alert|request|trace|span|message|node|element|component|instance|correlation|connection|temp|tmp|file|widget|row|log|error|event)_?(?:id|name)$/i;
/** It gives what it has drawn: `encrypt()` only uses it on its way. */
const MAKES = /rand|generat|uniq|nonce/i;
/** Data to try the program out with. */
const MADE_UP = /(?:demo|sample|example|seed|fixture|mock|fake|bench)/i;

interface Use {
  path: string;
  line: number;
  /** The name that is given what the function gives. */
  name: string;
}

/**
 * What is made with a predictable generator, by what the program does with it: a helper says nothing of that, its callers do. Some
 * caller keeps it under the name of a secret: it is certain. All keep it under names that only tell things apart: a reader decides.
 */
export async function weighMakers(
  analyses: readonly FileAnalysis[],
  find: FindReaders | null,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ ruleId, symbol }: RawFinding): boolean =>
    ruleId === RULE && lastPart(symbol).length >= LEAST_LETTERS;
  if (find === null || !analyses.some((one) => !isTest(one.path) && listFound(one).some(isAsked))) return analyses;
  const ask = askOnce(find, GLOBS, MOST_NAMES);
  const raised = new Set<string>();
  const weighed = await editFindings(analyses, isAsked, async (finding) => {
    if (isTest(finding.path)) return finding;
    const uses = await listUses(lastPart(finding.symbol), finding.path, ask, MOST_STEPS);
    if (uses === null || uses.length === 0) return finding;
    const secret = uses.find(({ name, path }) => SECRET.test(name) && !OPENS_NOTHING.test(name) && !MADE_UP.test(path));
    if (secret && finding.confidence === 'low') {
      if (!MAKES.test(lastPart(finding.symbol))) return finding;
      raised.add(identifyCode(finding));
      return raise(finding, secret);
    }
    // What its name says is doubted where all uses are known and harmless; where it says nothing, it takes none of a secret.
    const isHarmless = finding.severity === 'low' ? !secret : uses.every(({ name }) => TELLS_APART.test(name));
    return isHarmless ? { ...finding, confidence: 'low' } : finding;
  });
  if (raised.size === 0) return weighed;
  // Its callers were not asked of the base: that it is certain now is no news of a line that stood there before.
  return weighed.map((one) => ({
    ...one,
    before: one.before?.map((old) => (raised.has(old.identity) ? { ...old, grade: RAISED } : old)) ?? null,
  }));
}

const RAISED = 'high-high';

function raise(finding: RawFinding, { name, path, line }: Use): RawFinding {
  return {
    ...finding,
    severity: 'high',
    confidence: 'high',
    title: 'A secret value comes from a predictable generator',
    explanation: `\`${name}\` in \`${path.replaceAll('`', "'")}\`, line ${line}, is made of what this gives, and the next values of this generator can be computed from a few earlier ones, or from the time at which it was seeded: whoever receives a few of their own can guess another user's.`,
  };
}

/**
 * What the callers of a function of this file do with what it gives; only those that keep a secret, if it cannot be told of each of
 * them. null: nobody can be asked.
 */
async function listUses(name: string, own: string, ask: AskForName, steps: number): Promise<Use[] | null> {
  const readers = await ask(name);
  if (!readers) return null;
  const uses: Use[] = [];
  const outer = new Map<string, string>();
  let isWhole = true;
  const called = new RegExp(`(?<![\\w$])${escapeRegExp(name)}\\(`);
  const defined = new RegExp(
    `(?:func|def|function|private|public|protected|static)\\b[^=]*(?<![\\w$.])${escapeRegExp(name)}\\(`,
  );
  const kept = new RegExp(`\\b(?:const|let|var)\\s+${escapeRegExp(name)}\\s*=\\s*(?:async\\s*)?(?:function\\b|\\()`);
  for (const [path, text] of readers) {
    if (isTest(path)) continue;
    const lines = text.split('\n');
    // It calls a function of its own by that name.
    if (path !== own && lines.some((line) => line.length <= MOST_LINE && (defined.test(line) || kept.test(line))))
      continue;
    // Another function may be called so: `generate` of a library.
    const isSame = speaksOf(path, text, own, name);
    for (const [index, line] of lines.entries()) {
      if (line.length > MOST_LINE || isComment(line) || !called.test(line) || defined.test(line)) continue;
      const target = targetOf(line, name);
      if (!isSame) isWhole = false;
      else if (target !== null) uses.push({ path, line: index + 1, name: withOwner(target, lines, index) });
      else {
        const around = /\breturn\b/.test(line) ? nameAround(lines, index) : null;
        if (around === null || around === name || around.length < LEAST_LETTERS || steps <= 1) isWhole = false;
        else if (MAKES_SECRET.test(around) && SECRET.test(around)) uses.push({ path, line: index + 1, name: around });
        else outer.set(around, path);
      }
    }
  }
  // A function that hands it on: what its callers do.
  for (const [around, path] of outer) {
    const more = await listUses(around, path, ask, steps - 1);
    if (more) uses.push(...more);
    else isWhole = false;
  }
  return isWhole ? uses : uses.filter(({ name: one }) => SECRET.test(one));
}

const MOST_LINE = 500;
const MAKES_SECRET = /^_?(?:generate|create|make|new|gen)/i;

/**
 * It is that file, one of its package of Go, or one that says its name, or its folder's, as what it imports is said. One that imports
 * the function by its name says from where.
 */
function speaksOf(path: string, text: string, own: string, name: string): boolean {
  if (path === own) return true;
  const folder = dirOf(own);
  const isGo = own.endsWith('.go');
  if (isGo && dirOf(path) === folder) return true;
  const stem = baseOf(own).replace(/\.[^.]*$/, '');
  const said = [...(isGo || /^(?:index|__init__)$/.test(stem) ? [] : [stem]), baseOf(folder)];
  const from = isGo ? null : importedFrom(text, name);
  if (from !== null) return said.includes(from);
  return said.some((one) => one !== '' && new RegExp(`(?<![\\w-])${escapeRegExp(one)}(?![\\w-])`).test(text));
}

/** `import { random } from '../lib/text.js'`, `from lib.text import random`: the last name of the module, `text`. */
function importedFrom(text: string, name: string): string | null {
  const said = escapeRegExp(name);
  const found =
    new RegExp(`\\bimport\\s*\\{[^{}]*(?<![\\w$])${said}(?![\\w$])[^{}]*\\}\\s*from\\s*['"]([^'"\\n]+)['"]`).exec(
      text,
    ) ?? new RegExp(`^\\s*from\\s+([\\w.]+)\\s+import\\s[^\\n]*(?<!\\w)${said}(?!\\w)`, 'm').exec(text);
  const module = found?.[1];
  if (module === undefined) return null;
  const last = baseOf(module);
  return /\.[cm]?[jt]s$/.test(last) ? last.replace(/\.[^.]*$/, '') : lastPart(last);
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `token := util.Random(20)`, `this.deviceId = 'a' + this.random(12)`, `secret: random(20)`: what it is given to. */
function targetOf(line: string, name: string): string | null {
  const before = line.slice(0, line.search(new RegExp(`(?<![\\w$])${escapeRegExp(name)}\\(`)));
  const found = /([\w.]+)['"]?(?:,\s*\w+)*(?:\s*:\s*[\w<>[\]|]+)?\s*(?::=|[^=!<>]=|:)(?!=)[^=]*$/.exec(before)?.[1];
  return found === undefined ? null : lastPart(found);
}

/** `i.Code = …` in a method of `Invitation`, or `Code: …` on a line of `Invitation{`: what it is a code of, its owner says. */
function withOwner(target: string, lines: readonly string[], index: number): string {
  if (!/^(?:code|key)$/i.test(target)) return target;
  const line = lines[index] ?? '';
  const owner = /^\s*\w+:/.test(line)
    ? /\b([A-Z]\w+)\{\s*$/.exec(
        lines.slice(Math.max(0, index - MOST_LINES), index).findLast((one) => indentOf(one) < indentOf(line)) ?? '',
      )?.[1]
    : receiverAround(lines, index);
  return owner === undefined ? target : `${owner}${target.charAt(0).toUpperCase()}${target.slice(1)}`;
}

/** The type of the method of Go around a line whose receiver is given something there. */
function receiverAround(lines: readonly string[], index: number): string | undefined {
  const [, given] = /(\w+)\.\w+\s*=/.exec(lines[index] ?? '') ?? [];
  const header = lines.slice(Math.max(0, index - MOST_LINES), index).findLast((one) => /^func\b/.test(one)) ?? '';
  const [, receiver, type] = /^func\s+\((\w+)\s+\*?(\w+)\)/.exec(header) ?? [];
  return receiver === given ? type : undefined;
}

/** The name of the function around a line; null: it has none, or begins too far above. */
function nameAround(lines: readonly string[], index: number): string | null {
  for (const { name } of functionsAround(lines, index, MOST_LINES)) if (name !== null) return name;
  return null;
}
