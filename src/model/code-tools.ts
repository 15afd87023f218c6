import { z } from 'zod';
import type { Agent } from '../agents/agent.ts';
import type { Declaration } from '../analysis/outline/outline.ts';
import type { Found, Side } from '../change/repository.ts';
import { enclosing, isFunction } from '../context/enclosing.ts';
import type { IndexedTree } from '../context/find-context.ts';
import { type Definition, findDefinition } from '../context/find-definition.ts';
import { takeStatements } from '../context/find-definitions.ts';
import { type Files, isWorthwhile, openFiles } from '../context/open-files.ts';
import type { Ports } from '../context/ports.ts';
import { ALL_LANGUAGES, SCHEMAS } from '../context/search-names.ts';
import type { Source } from '../context/source.ts';
import { distance } from '../languages/path-index.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { splitBraces } from '../text/split-braces.ts';
import type { ReadTool } from './claude/claude.ts';
import { Where } from './read-tools.ts';
import type { SentLines } from './sent-lines.ts';
import { showName } from './show-name.ts';

/** The most definitions that one call shows whole, and the most further places that it names. */
const MOST_SHOWN = 4;
const MOST_NAMED = 12;
/** The most lines of one definition. */
const MOST_LINES = 120;
/** Files that one call opens: they are outlined, which costs more than looking for a text. */
const MOST_OPENED = 24;
const MOST_FOUND = 400;
const MOST_FOUND_OF_FILE = 20;
const MOST_USES = 60;

const Name = z
  .string()
  .min(2)
  .max(200)
  .regex(/^[\w$.]+$/);
const DefinitionInput = z.object({
  name: Name.describe('As the code says it: `reserve`, `orders.reserve`, `Order`, a table.'),
  path: z.string().max(1000).optional().describe('The file that uses it: its imports tell which one is meant.'),
  side: Where,
});
const ReferencesInput = z.object({
  name: Name.describe('One name: a function, method, type, field, column or table.'),
  glob: z.string().max(200).optional(),
  side: Where,
});

interface Looking extends Ports {
  readTree: () => Promise<IndexedTree>;
  /** Changed files: what they hold comes first. */
  changed: readonly string[];
  sent: SentLines;
}

/**
 * Definition and References: by syntax instead of by text, over git objects of head and base. They belong to an agent that may
 * Read and Grep. One set of tools for one conversation.
 */
export function createCodeTools(agent: Pick<Agent, 'tools'>, looking: Looking): ReadTool[] {
  const { repository, readTree, changed, sent } = looking;
  const files = openFiles(looking);
  const own = new Set(changed);
  const near = (a: string, b: string, from: string | undefined): number =>
    Number(own.has(b)) - Number(own.has(a)) ||
    (from === undefined ? 0 : distance(from, a) - distance(from, b)) ||
    (a < b ? -1 : a > b ? 1 : 0);

  const tools: (ReadTool & { needs: string })[] = [
    {
      name: 'Definition',
      needs: 'Read',
      description: `The functions, methods, types, values or tables of this name, whole (at most ${MOST_SHOWN}, ${MOST_LINES} lines each), found by syntax.`,
      input: DefinitionInput,
      run: async (input) => {
        const { name: full, path, side } = DefinitionInput.parse(input);
        const [name, on] = splitName(full);
        const meant =
          path === undefined || side === 'base' ? null : await resolve(files, await readTree(), path, name, on);
        if (typeof meant === 'string') return meant;
        if (meant !== null) return show(meant, sent, []);
        const texts = [...listForms(name), name];
        const query = { texts, whole: true, most: MOST_FOUND, mostOfFile: MOST_FOUND_OF_FILE };
        const found = await repository.search(side, { ...query, globs: [...ALL_LANGUAGES, ...SCHEMAS] });
        const first = found.hits.filter(({ texts: which }) => which.some((at) => at < texts.length - 1));
        const paths = [...new Set([...sortPaths(first, near, path), ...sortPaths(found.hits, near, path)])];
        const sources = await files.open(side, paths.slice(0, MOST_OPENED));
        const all = sources.flatMap((source) => listDeclared(source, name, on));
        const notes = [
          ...describeClosed(paths.length - MOST_OPENED),
          ...(found.missing === null ? [] : [found.missing]),
          ...files.missing(),
        ];
        return all.length === 0 ? `No code of this repository defines it.${inBrackets(notes)}` : show(all, sent, notes);
      },
    },
    {
      name: 'References',
      needs: 'Grep',
      description: `Where code uses a name (calls, types, mentions), each with the function that it stands in; at most ${MOST_USES}, changed files first.`,
      input: ReferencesInput,
      run: async (input) => {
        const { name, glob, side } = ReferencesInput.parse(input);
        const query = { texts: [name], whole: true, most: MOST_FOUND, mostOfFile: MOST_FOUND_OF_FILE };
        const found = await repository.search(side, {
          ...query,
          globs: glob === undefined ? [...ALL_LANGUAGES, ...SCHEMAS] : splitBraces(glob),
        });
        const paths = sortPaths(found.hits, near, undefined);
        const sources = await files.open(side, paths.slice(0, MOST_OPENED));
        const uses = sources.flatMap((source) =>
          found.hits.filter((hit) => hit.path === source.path).flatMap(({ line }) => showUse(source, line, name)),
        );
        const opened = new Set(sources.map((source) => source.path));
        // That a hidden part of a line holds it is not told: it could be found out letter by letter.
        const closed = paths.filter((path) => !opened.has(path)).length;
        const notes = [
          ...(uses.length > MOST_USES ? [`${uses.length - MOST_USES} more`] : []),
          ...describeClosed(closed),
          ...(found.missing === null ? [] : [found.missing]),
        ];
        return `${uses.slice(0, MOST_USES).join('\n') || 'No code uses it.'}${inBrackets(notes)}`;
      },
    },
  ];
  return tools.filter(({ needs }) => agent.tools.some((tool) => tool === needs));
}

/** By the imports of the file that uses it. Null: they do not tell. */
async function resolve(
  files: Files,
  { index }: IndexedTree,
  path: string,
  name: string,
  on: string | null,
): Promise<Definition[] | string | null> {
  const [source] = await files.open('head', [path]);
  if (!source) return null;
  const use = source.outline.uses.find((one) => one.name === name && (on === null || one.on === on)) ?? {
    name,
    on,
    line: 0,
  };
  const container = enclosing(source.outline, use.line).findLast(({ kind }) => kind === 'class')?.name ?? null;
  const resolution = await findDefinition(files, index, source, use, container);
  if (resolution.kind === 'found') return resolution.definitions;
  if (resolution.kind === 'unknown') return null;
  const first = (use.on ?? name).split('.')[0];
  const from = source.outline.imports.find(({ names }) => names.some(({ as }) => as === first || as === name))?.from;
  return `It comes from outside of this repository${from === undefined ? '' : `: ${showName(from)}`}.`;
}

function splitName(full: string): [string, string | null] {
  const at = full.lastIndexOf('.');
  return at <= 0 ? [full.replaceAll('.', ''), null] : [full.slice(at + 1), full.slice(0, at)];
}

/** Words that stand before a name where it is declared, in the languages that are outlined. */
function listForms(name: string): string[] {
  const words = [
    'def',
    'class',
    'func',
    'type',
    'interface',
    'enum',
    'function',
    'const',
    'let',
    'var',
    'model',
    'table',
  ];
  return words.map((word) => `${word} ${name}`);
}

function listDeclared(source: Source, name: string, on: string | null): Definition[] {
  const holder = on?.split('.').at(-1)?.toLowerCase();
  const all = source.outline.declarations.filter((one) =>
    one.kind === 'table' ? one.name.toLowerCase() === name.toLowerCase() : one.name === name,
  );
  const own = all.filter(({ container }) => holder !== undefined && container?.toLowerCase() === holder);
  return (own.length > 0 ? own : all).map((declaration) => ({ source, declaration }));
}

function sortPaths(
  hits: Found['hits'],
  near: (a: string, b: string, from: string | undefined) => number,
  from: string | undefined,
): string[] {
  return [...new Set(hits.map(({ path }) => path))].filter(isWorthwhile).sort((a, b) => near(a, b, from));
}

function show(all: readonly Definition[], sent: SentLines, notes: readonly string[]): string {
  const parts = all.slice(0, MOST_SHOWN).map(({ source, declaration }) => {
    const lines = source.lines.map((line) => escapeInvisible(line.replace(/\r$/, '')));
    const file = { side: source.side, path: source.path, lines };
    // With the constants that hold its SQL.
    const shown = takeStatements(source, declaration).map(({ startLine, endLine }) => {
      const last = Math.min(endLine, startLine + MOST_LINES - 1);
      const more = last < endLine ? `\n(its lines ${last + 1} to ${endLine} are not shown: Read them)` : '';
      return `${sent.show(file, startLine, last)}${more}`;
    });
    return [describe(source, declaration), ...shown].join('\n');
  });
  const rest = all.slice(MOST_SHOWN);
  const others = rest.slice(0, MOST_NAMED).map(({ source, declaration }) => `also ${describe(source, declaration)}`);
  const more = rest.length > MOST_NAMED ? [`and ${rest.length - MOST_NAMED} more`] : [];
  return `${[...parts, ...others, ...more].join('\n\n')}${inBrackets(notes)}`;
}

function describe(
  { path, side }: { path: string; side: Side },
  { name, kind, container, startLine, endLine }: Declaration,
): string {
  const holder = container === null ? '' : ` of ${showName(container)}`;
  return `${showName(path)}${side === 'base' ? ' (base)' : ''} lines ${startLine}–${endLine}: ${kind} ${showName(name)}${holder}`;
}

/** One line of it, if what may be shown of that line holds the name. */
function showUse(source: Source, line: number, name: string): string[] {
  const text = escapeInvisible(source.lines[line - 1] ?? '').trim();
  if (!text.includes(name)) return [];
  const declared = source.outline.declarations.find(
    (one) => one.name === name && one.startLine <= line && line <= one.headEndLine,
  );
  const around = enclosing(source.outline, line).findLast(isFunction);
  const use = source.outline.uses.find((one) => one.name === name && one.line === line);
  const how = declared ? 'defined' : (use?.as ?? 'mentioned');
  const where = around && around !== declared ? ` in ${showName(around.name)}` : '';
  return [`${showName(source.path)}:${line} ${how}${where} | ${cutText(text, 240)}`];
}

function describeClosed(files: number): string[] {
  return files <= 0 ? [] : [`${files} more files hold the name and were not opened`];
}

function inBrackets(notes: readonly string[]): string {
  return notes.length === 0 ? '' : `\n(${notes.join('; ')})`;
}
