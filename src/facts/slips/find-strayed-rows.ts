import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** A row is asked for: the class of it, and its conditions. */
const LOOK = new RegExp(
  [
    String.raw`\b(?<model>[A-Z]\w*)\.(?:\w*objects)\.(?:a?get|filter|get_or_404)\((?<terms>[^()\n]{1,${MOST_BETWEEN}})\)`,
    String.raw`\bget_(?:object|list)_or_404\(\s*(?<model2>[A-Z]\w*)(?:\.\w*objects)?\s*,(?<terms2>[^()\n]{1,${MOST_BETWEEN}})\)`,
    String.raw`\b(?<model3>[A-Z]\w*)\.query\.filter_by\((?<terms3>[^()\n]{1,${MOST_BETWEEN}})\)`,
    String.raw`\.(?<model4>[a-z]\w*)\.(?:findUnique|findFirst|findUniqueOrThrow|findFirstOrThrow|update|updateMany|delete|deleteMany|findMany)\(\{\s*where:\s*\{(?<terms4>[^{}()]{1,${MOST_BETWEEN}})\}`,
    String.raw`\b(?<model5>[A-Z]\w*|\w+(?:Repo|Repository))\.(?:findOne|findOneBy|findOneOrFail|findOneByOrFail|destroy|update|delete|deleteOne|updateOne|findOneAndUpdate|findOneAndDelete)\(\s*(?:\{\s*where:\s*)?\{(?<terms5>[^{}()]{1,${MOST_BETWEEN}})\}`,
  ].join('|'),
  'g',
);
/** It names the row itself. */
const KEY = /^(?:id|_id|pk|uuid|guid)$/;
/** Whose it is asks another rule. */
const OF_CALLER =
  /^(?:(?:tenant|org|organi[sz]ation|workspace|company|account|team|owner|user|customer|author|created_?by)(?:_?(?:id|uuid|key))?|requested_?by)$/i;
/** What only narrows what is found. */
const STATE =
  /(?:^|_)(?:is|has|deleted|archived|active|status|state|type|kind|name|email|date|at|order|count|version|role)(?:_|$)|At$/i;
/** It works for all of them, with ids that the program made itself. */
const FOR_ALL =
  /(?:^|[/_-])(?:admin|tasks?|jobs?|workers?|cron|queues?|consumers?|scripts?|commands?|migrations?|seeds?)(?:[/_.-]|$)/i;
/** What somebody is asked for under: `project_id`, `projectId`, or the row itself. */
const PARENT = /(?:_(?:id|pk|uuid|slug)|Id|Slug|Uuid)$/;
const HANDLES = /\b(?:req(?:uest)?|ctx|input|params|kwargs)\b/;
const MOST_HOPS = 3;

interface Look {
  model: string;
  /** The value that each condition compares with, by its column. */
  terms: ReadonlyMap<string, string>;
  /** Of the key, as it is written. */
  key: string | null;
  at: number;
  form: FunctionForm;
}

/**
 * A row is looked up by its own key alone, in a function that was given what the row belongs to, while other lookups of the file ask for
 * that as well: who has the right over one parent reaches the rows of all others.
 */
export function findStrayedRows(homes: readonly Home[]): FoundSlip[] {
  return homes.flatMap((home) => (home.module.language === 'go' || FOR_ALL.test(home.path) ? [] : findIn(home)));
}

function findIn(home: Home): FoundSlip[] {
  const outer = home.module.functions.filter(
    (form) => form.id !== 0 && !FOR_ALL.test(form.name) && functionsAround(home.module, form).length === 1,
  );
  const looks = outer.flatMap((form) => looksOf(home, form));
  const parents = new Map(
    [...Map.groupBy(looks, ({ model }) => model)].map(([model, all]) => [model, parentsIn(home, all)]),
  );
  const byForm = Map.groupBy(looks, ({ form }) => form);
  const seen = new Set<number>();
  return looks.flatMap((one): FoundSlip[] => {
    if (one.key === null || one.terms.size !== 1 || seen.has(one.form.id)) return [];
    const parent = parentOf(home, one, parents.get(one.model) ?? [], byForm.get(one.form) ?? []);
    if (parent === null) return [];
    seen.add(one.form.id);
    return [
      {
        kind: 'row-without-parent',
        home,
        form: one.form,
        span: [one.at, one.at + 1],
        names: {
          MODEL: one.model,
          BY: one.key,
          PARENT: parent.column,
          VALUE: parent.value,
          SIBLING: [parent.at, parent.at],
        },
      },
    ];
  });
}

function looksOf(home: Home, form: FunctionForm): Look[] {
  const text = textOf(home, form.span);
  return [...text.matchAll(LOOK)].slice(0, MOST_LOOKS).flatMap((found): Look[] => {
    const groups = found.groups ?? {};
    const line = text.slice(text.lastIndexOf('\n', found.index) + 1).split('\n', 1)[0] ?? '';
    // Only whether it is there.
    if (line.trim() === found[0]) return [];
    const pick = (name: string): string | undefined =>
      ['', '2', '3', '4', '5'].map((end) => groups[`${name}${end}`]).find((one) => one !== undefined);
    const model = pick('model');
    const terms = termsOf(pick('terms') ?? '');
    if (model === undefined || terms === null) return [];
    const key = [...terms].find(([column]) => KEY.test(column))?.[1] ?? null;
    return [{ model, terms, key, at: form.span[0] + found.index, form }];
  });
}

/** `pk=pk, project_id=project_id` and `id, projectId: input.projectId`. Null: they are not all known. */
function termsOf(written: string): Map<string, string> | null {
  const terms = new Map<string, string>();
  for (const part of written.split(',')) {
    if (part.trim() === '') continue;
    const [, column, value] = /^\s*(\w+)(?:\s*[:=]\s*(\S[^\n]*?))?\s*$/.exec(part) ?? [];
    if (column === undefined) return null;
    // `workspace__slug`, `id__in`: the column is the first name.
    terms.set(column.replace(/__.*/s, ''), value ?? column);
  }
  return terms.size === 0 ? null : terms;
}

/** What rows of a class are asked for under, beside their key. */
interface Parent {
  column: string;
  value: string;
  at: number;
}

function parentsIn(home: Home, looks: readonly Look[]): Parent[] {
  const parents = new Map<string, Parent>();
  for (const { terms, at } of looks)
    for (const [column, written] of terms.size < 2 ? [] : terms) {
      if (KEY.test(column) || OF_CALLER.test(column) || STATE.test(column)) continue;
      const value = lastOf(written);
      const isParent =
        PARENT.test(column) || PARENT.test(value) || (value === column && home.module.language === 'python');
      const key = `${column} ${value}`;
      if (isParent && !parents.has(key) && parents.size < MOST_LOOKS) parents.set(key, { column, value, at });
    }
  return [...parents.values()];
}

/** What a sibling asks for as well, and this function knows. */
function parentOf(home: Home, one: Look, parents: readonly Parent[], beside: readonly Look[]): Parent | null {
  if (parents.length === 0) return null;
  const text = textOf(home, one.form.span);
  const given = namesGiven(home, one.form, text);
  const key = lastOf(one.key ?? '');
  if (!isGiven(one.key ?? '', given, text)) return null;
  for (const parent of parents) {
    const { column, value } = parent;
    if (!given.has(value) || key === value) continue;
    // Both in one function, and the same row: it was asked for with its parent before.
    if (asksElsewhere(one, beside, column) || comparesWith(text, column, value)) continue;
    if (areTogether(bodyOf(home, one.form).replace(LOOK, ' '), key, value)) continue;
    return parent;
  }
  return null;
}

/** `req.params.projectId` and `projectId` are one. */
function lastOf(value: string): string {
  return /(\w+)\W*$/.exec(value)?.[1] ?? value;
}

/** The names of what a function was given, or reads from the request. */
function namesGiven({ module }: Home, form: FunctionForm, text: string): Set<string> {
  const names = form.parameters
    .map(({ name }) => name)
    .filter((name) => !/^(?:self|cls|this|req|request|res|next|ctx|db)$/.test(name));
  if (module.language === 'python') return new Set(names);
  for (const [, parts = ''] of text.slice(0, MOST_BETWEEN * 4).matchAll(/\{([^{}]{1,300})\}\s*(?:=|:\s*\w)/g))
    names.push(...parts.split(',').map((part) => lastOf(part)));
  for (const [, name = ''] of text.matchAll(/\b(?:params|body|query|input)\.(\w+)/g)) names.push(name);
  return new Set(names);
}

/** Its value comes from what was given: through a few names of the function. */
function isGiven(value: string, given: ReadonlySet<string>, text: string): boolean {
  let name = value;
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    if (given.has(name) || HANDLES.test(name)) return true;
    if (!/^\w+$/.test(name)) return given.has(lastOf(name)) && /\b(?:params|body|query|input)\./.test(name);
    const [, made = ''] =
      new RegExp(`(?:^|\\n)[ \\t]*(?:const |let )?${escapeRegExp(name)}\\s*=\\s*([^\\n]+)`).exec(text) ?? [];
    if (/\b(?:self\.)?request\.|\breq\.|\binput\.|\bkwargs\b/.test(made)) return true;
    const [, from] = /\bin (\w+)\]?\s*$/.exec(made) ?? [];
    if (from === undefined) return false;
    name = from;
  }
  return false;
}

/** The same row was asked for with its parent, in the same function. */
function asksElsewhere(one: Look, beside: readonly Look[], column: string): boolean {
  return beside.some(
    ({ model, key, terms }) => model === one.model && key === one.key && terms.size > 1 && terms.has(column),
  );
}

/** The row's own parent is looked at: `issue.project_id != project_id`. */
function comparesWith(text: string, column: string, name: string): boolean {
  const plain = column.replace(/_?[iI]d$/, '');
  const own = `\\.${escapeRegExp(plain)}(?:_id|Id|_slug|\\.\\w+)?`;
  const named = `\\b${escapeRegExp(name)}(?:\\.\\w+)?`;
  return new RegExp(
    `${own}\\s*(?:[!=]==?|is|not in|in)\\s*|(?:[!=]==?|\\bis)\\s*(?:str\\()?\\w+${own}\\b|${named}\\s*[!=]==?\\s*\\w+${own}`,
  ).test(text);
}

/** Something is given both, the key and the parent: it may look whether they belong together. */
function areTogether(text: string, key: string, parent: string): boolean {
  const [one, other] = [key, parent].map((name) => `\\b${escapeRegExp(name)}\\b`);
  const between = `[^()]{0,${MOST_BETWEEN}}`;
  return new RegExp(`\\(${between}(?:${one}${between}${other}|${other}${between}${one})`).test(text);
}

function bodyOf(home: Home, form: FunctionForm): string {
  return home.text.slice(form.body[0]?.span[0] ?? form.span[0], form.span[1]);
}
