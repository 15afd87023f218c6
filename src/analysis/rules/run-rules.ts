import type { NapiConfig, SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import { touchesOf } from '../../diff/patch.ts';
import { clipSnippet, inlineCode } from '../../findings/evidence.ts';
import type { RawFinding, Suggestion } from '../../findings/finding.ts';
import type { Span } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { loadGrammars, readSyntax, spanOf, TooDeep } from '../../languages/syntax.ts';
import type { Syntax } from '../../languages/syntax-node.ts';
import { blankOut } from '../../text/blank-out.ts';
import { codeOf } from '../../text/code-of.ts';
import { describeRule } from '../describe.ts';
import { isFunction, nameSymbol, type RuleLanguage } from '../languages.ts';
import { lazy } from '../lazy.ts';
import { createNameResolver, type ResolveName } from '../names/resolve-name.ts';
import { withAsciiClasses } from './ascii-classes.ts';
import { asksOf } from './asks-of.ts';
import { type Aside, createTrees, decideAside, withoutRefusals } from './code-alone.ts';
import { compilePattern } from './compile-pattern.ts';
import { createHolds } from './create-holds.ts';
import { findExcuse, isExcusedUnread } from './find-excuse.ts';
import { fitRule, isTooDear, isTooDearUnread, type Near } from './fit-rule.ts';
import { createIsSwitched } from './is-switched.ts';
import { holdsNeeded, listNeeded, listNeededNames, type Needed } from './needed-words.ts';
import { replaceRange } from './replace-range.ts';
import type { AstDetection, Rule } from './rule.ts';
import { splitTied, type Tied } from './tied-name.ts';
import { compileTreeTest, indexTree, type Tree, type TreeTest } from './tree-test.ts';

export interface Compiled {
  rule: Rule;
  detection: AstDetection;
  config: NapiConfig;
  /** The same in two parts, where it ties a name to the function around. */
  tied: Tied | null;
  /** What a text must hold besides a keyword. */
  needed: () => Needed;
  /** What its tree must hold. */
  mayMatch: () => TreeTest;
  language: RuleLanguage;
  resolved: (readonly [string, RegExp])[][];
  guard: RegExp | null;
  checked: NapiConfig | null;
  file: NapiConfig | null;
  /** It reads the text of a function or a file, without this. */
  aside: Aside | null;
  /** In the file that it is to look at: it would take too long, and is left out. */
  isTooDear?: boolean;
}

/** The syntax rules of one language, ready to run. */
export function compileRules(rules: readonly Rule[], language: RuleLanguage): Compiled[] {
  return rules.flatMap((rule) => {
    const detections = 'ast' in rule.detect ? [rule.detect.ast[language] ?? []].flat() : [];
    return detections.map((detection) => compileDetection(rule, detection, language));
  });
}

/** When a file first has its words: of most rules none ever does, and to make them all was a tenth of the start of a process. */
function compileDetection(rule: Rule, detection: AstDetection, language: RuleLanguage): Compiled {
  const { constraints, utils, resolved = {}, unless = {} } = detection;
  const made = lazy(() => ({
    config: withAsciiClasses({
      rule: detection.rule,
      ...(constraints && { constraints }),
      ...(utils && { utils }),
    }) as unknown as NapiConfig,
    tied: utils ? null : splitTied(detection.rule, constraints),
    resolved: [resolved]
      .flat()
      .map((names) => Object.entries(names).map(([name, pattern]) => [name, compilePattern(pattern)] as const)),
    guard: unless.guard === undefined ? null : compilePattern(unless.guard),
    checked: unless.checked === undefined ? null : withAsciiClasses({ rule: unless.checked }),
    file: unless.file === undefined ? null : withAsciiClasses({ rule: unless.file }),
    aside: decideAside([detection.rule, constraints, utils, unless.checked]),
  }));
  return {
    rule,
    detection,
    language,
    needed: lazy(() => [
      ...listNeeded(detection.rule, utils),
      ...listNeededNames(detection.rule, [resolved].flat(), utils),
    ]),
    mayMatch: lazy(() => compileTreeTest(made().aside ? withoutRefusals(detection.rule) : detection.rule, utils)),
    get config() {
      return made().config;
    },
    get tied() {
      return made().tied;
    },
    get resolved() {
      return made().resolved;
    },
    get guard() {
      return made().guard;
    },
    get checked() {
      return made().checked;
    },
    get file() {
      return made().file;
    },
    get aside() {
      return made().aside;
    },
  };
}

/**
 * Which rules can say something of a file at all, by the words that they need: most files need no parsing. One that says nothing of
 * such a file would look through all of a library that was copied in, for seconds.
 */
export function pickRules(compiled: readonly Compiled[], file: SourceFile): Compiled[] {
  const { holds, holdsLowered } = createHolds(file.text);
  return compiled.filter(
    ({ detection, needed }) =>
      detection.keywords.some(holds) &&
      !isExcusedUnread(detection.unless ?? {}, file) &&
      holdsNeeded(needed(), holdsLowered),
  );
}

/** Characters: a larger file's second tree would take the memory that its matches need. */
const MOST_READ = 200_000;

/** What is to be asked of a file. */
export interface Picked {
  rules: readonly Compiled[];
  /** Where its comments are; null: that was not told. */
  comments: readonly Span[] | null;
}

/** Which of them may match in its tree: of most files none does. A tree with gaps, or none, tells nothing. */
export async function pickByTree(picked: readonly Compiled[], file: SourceFile, whole: () => SgNode): Promise<Picked> {
  const root = picked[0] && file.text.length <= MOST_READ && (await readTree(picked[0].language, file));
  if (!root) return { rules: picked.map((one) => weighUnread(one, file, whole)), comments: null };
  const tree = indexTree(root, file.text);
  // As it is read then: a comment is no part of it.
  const comments = (tree.byKind.get('comment') ?? []).map(spanOf);
  const bare = lazy(() =>
    comments.length === 0 ? tree : indexTree(withoutComments(root), blankOut(file.text, comments)),
  );
  const rules = picked
    .filter(({ mayMatch, aside }) => mayMatch()(aside ? bare() : tree))
    .map((one) => fitCompiled(one, one.aside ? bare() : tree));
  return { rules, comments };
}

function withoutComments(node: Syntax): Syntax {
  const children = node.children.filter(({ kind }) => kind !== 'comment').map(withoutComments);
  const isSame =
    children.length === node.children.length && children.every((one, index) => one === node.children[index]);
  return isSame ? node : { ...node, children };
}

function weighUnread(one: Compiled, { text }: SourceFile, whole: () => SgNode): Compiled {
  const { rule, utils = {} } = one.detection;
  if (one.tied) return one;
  const count = (near: Near): number => whole().findAll(withAsciiClasses({ ...near }) as unknown as NapiConfig).length;
  return { ...one, isTooDear: isTooDearUnread(rule, utils, text.length, count) };
}

function fitCompiled(one: Compiled, tree: Tree): Compiled {
  const { rule, utils: written = {}, constraints = {} } = one.detection;
  if (one.tied) return one;
  const utils = Object.fromEntries(
    Object.entries(written).map(([name, each]) => [name, fitRule(each, written, tree)] as const),
  );
  const fitted = fitRule(rule, utils, tree);
  // What a constraint speaks of must stand in the rule.
  const text = JSON.stringify([fitted, utils]);
  const kept = Object.entries(constraints).filter(([name]) => new RegExp(`\\$${name}(?!\\w)`).test(text));
  const config = withAsciiClasses({
    rule: fitted,
    ...(kept.length > 0 && { constraints: Object.fromEntries(kept) }),
    ...(Object.keys(utils).length > 0 && { utils }),
  });
  return { ...one, config: config as unknown as NapiConfig, isTooDear: isTooDear(fitted, utils, tree) };
}

/** Whether all of a file is code of its language, as far as its grammar goes. */
export async function isReadWhole(language: RuleLanguage, file: SourceFile): Promise<boolean> {
  return (await readTree(language, file)) !== null;
}

/** Null: it is not read without a gap. */
async function readTree(language: RuleLanguage, { kind, path, text }: SourceFile): Promise<Syntax | null> {
  const grammar =
    language !== 'typescript' ? language : kind === 'typescript' && !path.endsWith('.tsx') ? language : 'tsx';
  await loadGrammars([grammar]);
  try {
    const { root, errors } = readSyntax(grammar, text);
    return errors === 0 ? root : null;
  } catch (error) {
    if (error instanceof TooDeep) return null;
    throw error;
  }
}

/** Findings of a rule in a file: more than are shown (pick-findings.ts), so that it is said that there are more. */
const MOST = 300;
/** Matches that are looked at: of those on changed lines all that a file of ordinary size can hold. */
const MOST_MATCHES = 20_000;

/** The whole tree is made for rules that read comments, and for what excuses a match. */
export function runRules({ rules, comments }: Picked, whole: () => SgNode, file: SourceFile): RawFinding[] {
  const language = rules[0]?.language ?? 'typescript';
  const trees = createTrees(whole, file, language, comments);
  const resolved = {
    all: lazy(() => withResolver(trees.all(), language)),
    comments: lazy(() => withResolver(trees.comments(), language)),
    logs: lazy(() => withResolver(trees.logs(), language)),
  };
  // A place is told once by a rule, by its first detection that holds there.
  const places = new Map<Rule, Set<number>>();
  return rules.flatMap((one) => {
    const { rule, detection, config, tied } = one;
    const seen = places.get(rule) ?? new Set<number>();
    places.set(rule, seen);
    const { tree, resolve } = resolved[one.aside ?? 'all']();
    const found = tied ? tree.findAll(tied.near).filter((match) => tied.isLeft(match, tree)) : tree.findAll(config);
    const matches = pickMatches(found, file);
    if (matches.length === 0 || (one.file && tree.find(one.file))) return [];
    // Asked last: it reads the whole file, and most matches are of something else.
    const place = lazy(() => findExcuse(detection.unless ?? {}, file, whole, language));
    const isSwitched = createIsSwitched(one);
    return matches.flatMap((match) => {
      if (seen.size >= MOST || !isMeant(one, match, resolve, isSwitched) || place() === 'silent') return [];
      const node = (detection.at && match.getMatch(detection.at)) || match;
      if (seen.has(node.range().start.index)) return [];
      seen.add(node.range().start.index);
      const finding = describeMatch(rule, detection, match, node, file);
      return [place() === 'tool' ? { ...finding, beside: true as const } : finding];
    });
  });
}

interface Resolved {
  tree: SgNode;
  resolve: ResolveName;
}

function withResolver(tree: SgNode, language: RuleLanguage): Resolved {
  const resolver = lazy(() => createNameResolver(tree, language));
  return { tree, resolve: (node) => resolver()(node) };
}

/** Something that must hold of a match. */
export interface Check {
  what: string;
  holds: boolean;
}

/**
 * What ast-grep cannot say: the names stand for what the rule is about, and no condition of an operator is around it. One after the
 * other: who needs to know only whether all hold stops at the first that does not.
 */
export function* checkMatch(
  { resolved, guard, checked, language }: Compiled,
  match: SgNode,
  resolve: ResolveName,
  isSwitched: (node: SgNode) => boolean = createIsSwitched({ guard, checked, language }),
): Generator<Check> {
  const lists = resolved.flatMap((names) => {
    const asked = names.flatMap(([name, pattern]) => {
      const node = match.getMatch(name);
      return node ? [[node, pattern] as const] : [];
    });
    return resolved.length === 1 || asked.length === names.length ? [asked] : [];
  });
  const named = lists.some((asked) => asked.every(([node, pattern]) => pattern.test(resolve(node))));
  const names = lists.flat().map(([node]) => `${node.text()} stands for ${resolve(node)}`);
  if (!named || names.length > 0) yield { what: names.join(', ') || 'its names are those of the rule', holds: named };
  if (guard ?? checked)
    yield {
      what: 'no condition around it, or check in its function, makes up for it',
      holds: !isSwitched(match),
    };
}

function isMeant(one: Compiled, match: SgNode, resolve: ResolveName, isSwitched: (node: SgNode) => boolean): boolean {
  for (const { holds } of checkMatch(one, match, resolve, isSwitched)) if (!holds) return false;
  return true;
}

/** To describe a match takes longer than to find it. Of very many those on changed lines come first. */
function pickMatches(matches: SgNode[], { hunks }: SourceFile): SgNode[] {
  if (matches.length <= MOST) return matches;
  const touches = touchesOf(hunks ?? []);
  const isTouched = (match: SgNode): boolean => {
    const { start, end } = match.range();
    return touches({ startLine: start.line + 1, endLine: end.line + 1 });
  };
  const groups = Map.groupBy(matches, isTouched);
  return [...(groups.get(true) ?? []), ...(groups.get(false) ?? [])].slice(0, MOST_MATCHES);
}

function describeMatch(rule: Rule, detection: AstDetection, match: SgNode, node: SgNode, file: SourceFile): RawFinding {
  const { start, end } = node.range();
  const startLine = start.line + 1;
  const endLine = Math.max(startLine, end.column === 0 ? end.line : end.line + 1);
  // The tree may have blanks where the file has texts for a log.
  const written = (of: SgNode): string => file.text.slice(of.range().start.index, of.range().end.index);
  const values = readMetavariables(rule, detection, match, written);
  const {
    title = rule.title,
    severity = rule.severity,
    confidence = rule.confidence,
    explanation = rule.explanation,
    fix = rule.fix,
  } = detection;
  return {
    ...describeRule(
      { ...rule, title, severity, confidence, explanation, fix },
      file,
      { startLine, endLine, symbol: nameSymbol(node), snippet: clipSnippet(written(node)) },
      'rules',
      values,
    ),
    suggestion: replaceText(written(node), node, detection.replace, file.text),
    ...asksOf(detection.unless),
    ...(isCertain(detection, match, file) && { certain: true as const }),
  };
}

/** Lines on each side in which a function says what makes it certain: a long one does many things. */
const LINES_AROUND = 25;

function isCertain({ certain }: AstDetection, match: SgNode, file: SourceFile): boolean {
  if (certain === undefined || certain === true) return certain === true;
  const around = match.ancestors().findLast(isFunction)?.range();
  if (!around) return false;
  const at = match.range().start.line;
  const near = linesOf(file).slice(
    Math.max(around.start.line, at - LINES_AROUND),
    Math.min(around.end.line + 1, at + LINES_AROUND),
  );
  return compilePattern(certain).test(codeOf(near.join('\n')));
}

const linesOf = memo(({ text }: SourceFile) => text.split('\n'));

function readMetavariables(
  rule: Rule,
  detection: AstDetection,
  match: SgNode,
  written: (of: SgNode) => string,
): Record<string, string> {
  const { title, explanation, fix } = rule;
  const { title: ownTitle = '', explanation: ownExplanation = '', fix: ownFix = '' } = detection;
  const texts = [title, explanation, fix, ownTitle, ownExplanation, ownFix].join('\n');
  const values: Record<string, string> = { MATCH: inlineCode(written(match)) };
  for (const [, name = ''] of texts.matchAll(/\{\{(\w+)\}\}/g)) {
    // `{{LEFT}}` and `{{RIGHT}}` of what is compared are known without being named in the rule.
    const found = match.getMatch(name) ?? match.field(name.toLowerCase());
    if (found) values[name] = inlineCode(written(found).replace(/^!/, ''));
  }
  return values;
}

/** The whole lines of a node with its text changed, as GitHub wants a suggestion. */
function replaceText(own: string, node: SgNode, replace: AstDetection['replace'], text: string): Suggestion | null {
  const replaced = replace && own.replace(new RegExp(replace.find), replace.with);
  return replaced === undefined || replaced === own ? null : replaceRange(text, node.range(), replaced);
}
