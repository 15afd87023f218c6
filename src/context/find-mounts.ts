import { distance, type PathIndex, stemOf } from '../languages/path-index.ts';
import { resolveModule } from '../languages/resolve-module.ts';
import { indentOf } from '../text/indent-of.ts';
import { dirOf } from '../text/paths.ts';
import type { Candidate } from './candidate.ts';
import { enclosing, isFunction } from './enclosing.ts';
import { listBlockHeads } from './enclosing-blocks.ts';
import { endOfStatement } from './end-of-statement.ts';
import type { Looking } from './looking.ts';
import { isWorthwhile } from './open-files.ts';
import type { Source } from './source.ts';

/** Paths of files that hold handlers; for other paths, the outline tells. */
const HANDLERS =
  /(?:^|[/._-])(?:routes?|routers?|controllers?|handlers?|views?|viewsets?|resolvers?|api|urls)(?:[/._-]|$)/i;
const MOUNTERS = 'app main server router routes urls index api asgi wsgi application bootstrap http'.split(' ');
const IS_MOUNTER =
  /(?:^|[._-])(?:app|main|server|routers?|routes?|urls|index|api|modules?|asgi|wsgi|application|bootstrap|http|__init__)$/i;
/** Files in a folder of routes, one for each part of the service. */
const OF_ROUTES = /(?:^|\/)(?:urls|routes|routers)\/[^/]+$/i;
/** A line that mounts, or that stands before what is mounted: Express, Koa, Fastify, Nest, Hono, FastAPI, Flask, Django, chi, gin. */
const MOUNT =
  /\.(?:use|param|register|route|mount|with|group|handle|handlefunc|get|post|put|patch|delete|addhook|include_router|register_blueprint|add_middleware|before_request|add_url_rule|useglobal\w+)\s*(?:<[^>]*>)?\(|\bNestFactory\.create|\burlpatterns\b|\b(?:re_)?path\(/i;
/** What stands for all routes of its file or of the application. */
const FOR_ALL =
  /\.(?:use|param|addHook|before_request|Use|useGlobal\w+)\s*\(|\bAPP_(?:GUARD|PIPE|INTERCEPTOR|FILTER)\b|\bconsumer\b|\bAPIRouter\(.*dependencies/;
/** What is called further on something: of a chain, one line of it. */
const CHAINED = /^\s*\./;
const FIELD = /^\s*(?:\w+|(['"`])[^'"`]+\1)\s*:\s/;
const LONGEST_CHAIN = 60;
const GLOBAL = /\.useGlobal\w+\s*\(|\bAPP_(?:GUARD|PIPE|INTERCEPTOR|FILTER)\b/;
const MOST_GLOBAL = 4;
const REST_FRAMEWORK = /^REST_FRAMEWORK\s*=/;
const MOST_FILES = 14;
const MOST_HOPS = 3;
/** Files that one hop goes on from. */
const MOST_LEVEL = 24;
/** Handlers' files whose mounts are looked for. */
const MOST_OF_CHANGE = 6;
const WHOLE = 40;
const BEFORE = 25;
const AFTER = 6;
const GAP = 3;

/** What stands before changed handlers, these files as they are now: the lines that mount their files, with their middleware, and what guards all of a file. */
export async function findMounts(changed: readonly Source[], looking: Looking): Promise<Candidate[]> {
  const handlers = changed.filter(isHandlers).slice(0, MOST_OF_CHANGE);
  const candidates = handlers.flatMap((source) =>
    listForAll(source, 80, 'stands for all routes of the file').filter(({ startLine }) => isOfFile(source, startLine)),
  );
  const seen = new Set(handlers.map(({ path }) => path));
  let level: Mounted[] = handlers.map((source) => ({ source, handedOn: null, stems: listStems(source.path) }));
  for (let hop = 0; hop < MOST_HOPS && level.length > 0; hop++) {
    const next: Mounted[] = [];
    for (const { source, handedOn, stems } of level) {
      const paths = listMounters(looking.index, source.path, stems);
      for (const by of await looking.files.open('head', paths)) {
        const names = listNames(by, source, looking.index, handedOn);
        const mounts = names.length === 0 ? [] : findLines(by, names);
        if (names.length === 0) continue;
        candidates.push(...proposeMounts(by, mounts, source, 78 - hop * 4));
        // What hands on is followed for each that it hands on.
        const handsOn = isBarrel(by);
        const key = handsOn ? `${by.path} ${names.join()}` : by.path;
        if (seen.has(key) || next.length >= MOST_LEVEL) continue;
        seen.add(key);
        const before = listForAll(by, 74 - hop * 4, `stands before the routes of ${source.path}`);
        candidates.push(
          ...before.filter(({ startLine }) => isOfFile(by, startLine) || isBefore(by, startLine, mounts)),
        );
        next.push({ source: by, handedOn: handsOn ? new Set(names) : null, stems });
      }
    }
    level = next;
  }
  if (changed.some(isOfNest)) candidates.push(...(await findGlobals(changed, looking)));
  if (handlers.some(({ path }) => path.endsWith('.py'))) candidates.push(...(await findDefaults(looking)));
  return candidates;
}

/** `handedOn`: of what an index or a package hands on, what comes from the change; null: it is no such file. */
interface Mounted {
  source: Source;
  handedOn: ReadonlySet<string> | null;
  /** What its own file of routes may be called. */
  stems: readonly string[];
}

/** `views/estimate/base.py` or `views/estimate.py`, and its routes in `urls/estimate.py`. */
function listStems(path: string): string[] {
  return [stemOf(path), dirOf(path).replace(/^.*\//, '')].filter((stem) => stem !== '');
}

/** It declares nothing of its own: what it takes from the others of its folder is taken from it. */
function isBarrel({ path, outline }: Source): boolean {
  return /^(?:index|__init__)$/.test(stemOf(path)) && outline.declarations.every(({ kind }) => kind === 'value');
}

function isHandlers({ path, outline }: Source): boolean {
  if (/\.(?:sql|prisma)$/.test(path)) return false;
  return HANDLERS.test(path) || outline.declarations.some(({ kind }) => kind === 'route');
}

/** Its handlers are elsewhere (who only takes a logger has none), and what checks their bodies and callers stands for all of them. Source: docs.nestjs.com (pipes, guards). */
function isOfNest({ outline }: Source): boolean {
  return outline.imports.some(
    ({ from, names }) =>
      from === 'class-validator' || (from.startsWith('@nestjs/') && names.some(({ name }) => name !== 'Logger')),
  );
}

async function findGlobals(changed: readonly Source[], { index, files }: Looking): Promise<Candidate[]> {
  const [first] = changed.filter(isOfNest);
  if (!first) return [];
  const isScript = (path: string): boolean => /\.[cm]?[jt]s$/.test(path) && isWorthwhile(path);
  const paths = ['main', 'bootstrap', 'app.module']
    .flatMap((stem) => index.named(stem))
    .filter(isScript)
    .sort((a, b) => distance(first.path, a) - distance(first.path, b) || (a < b ? -1 : 1));
  const sources = await files.open('head', paths.slice(0, MOST_GLOBAL));
  return sources.flatMap((source) =>
    listForAll(source, 70, 'stands for all handlers of the application').filter(({ startLine, endLine }) =>
      source.lines.slice(startLine - 1, endLine).some((line) => GLOBAL.test(line)),
    ),
  );
}

/** Files that are called as those that mount others, the nearest first. */
function listMounters(index: PathIndex, path: string, stems: readonly string[]): string[] {
  const found = new Set(MOUNTERS.flatMap((stem) => index.named(stem)));
  for (let dir = dirOf(path); ; dir = dirOf(dir)) {
    for (const one of index.inside(dir)) if (IS_MOUNTER.test(stemOf(one))) found.add(one);
    if (dir === '') break;
  }
  for (const stem of stems) for (const one of index.named(stem)) if (OF_ROUTES.test(one)) found.add(one);
  const ending = (one: string): string => /\.(py|go)$/.exec(one)?.[1] ?? (/\.[cm]?[jt]sx?$/.test(one) ? 'script' : one);
  return [...found]
    .filter((one) => one !== path && ending(one) === ending(path) && isWorthwhile(one))
    .sort((a, b) => distance(path, a) - distance(path, b) || (a < b ? -1 : 1))
    .slice(0, MOST_FILES);
}

/** How a file calls what it takes from another. */
function listNames(by: Source, of: Source, index: PathIndex, handedOn: ReadonlySet<string> | null): string[] {
  const means = (from: string): boolean => resolveModule(index, by.path, from).includes(of.path);
  const taken = by.outline.imports.flatMap(({ from, names }) => {
    if (means(from) && !by.path.endsWith('.go'))
      return names
        .filter(({ name }) => handedOn === null || handedOn.has(name))
        .map(({ as }) => as)
        .filter((as) => as !== '*');
    const inner = names.filter(({ name }) => by.path.endsWith('.py') && means(joinModule(from, name)));
    return inner.map(({ as }) => as);
  });
  const isPackage =
    by.path.endsWith('.go') &&
    (dirOf(by.path) === dirOf(of.path) || by.outline.imports.some(({ from }) => means(from)));
  const own = isPackage
    ? of.outline.declarations.filter(({ kind }) => kind === 'function' || kind === 'method').map(({ name }) => name)
    : [];
  return [...new Set([...taken, ...own])].filter((name) => name.length > 1);
}

function joinModule(from: string, name: string): string {
  return from.endsWith('.') ? from + name : `${from}.${name}`;
}

/** Lines that name one of these and mount it, or stand in a list of routes. */
function findLines(source: Source, names: readonly string[]): number[] {
  const wanted = new Set(names);
  const isImport = (line: number): boolean =>
    source.outline.imports.some((one) => one.line <= line && line <= one.endLine);
  return source.lines.flatMap((text, at) => {
    const holds = (text.slice(0, 1000).match(/[\w$]+/g) ?? []).some((word) => wanted.has(word));
    const line = at + 1;
    if (!holds || isImport(line)) return [];
    return source.lines.slice(Math.max(0, at - GAP), line).some((near) => MOUNT.test(near)) ? [line] : [];
  });
}

/** One piece for each function that mounts: with the middleware that stands before it. */
function proposeMounts(by: Source, lines: readonly number[], of: Source, weight: number): Candidate[] {
  const byHolder = new Map<number, number>();
  for (const line of lines) {
    const holder = holderOf(by, line);
    if (!byHolder.has(holder?.startLine ?? 0)) byHolder.set(holder?.startLine ?? 0, line);
  }
  return [...byHolder.values()].map((line) => {
    const holder = holderOf(by, line);
    const isWhole = holder !== undefined && holder.endLine - holder.startLine < WHOLE;
    const isShort = holder === undefined && by.lines.length <= WHOLE;
    const afterImports = Math.max(0, ...by.outline.imports.map(({ endLine }) => endLine)) + 1;
    const near = by.lines.flatMap((text, at) =>
      MOUNT.test(text) && holderOf(by, at + 1)?.startLine === holder?.startLine ? [at + 1] : [],
    );
    const first = near.find((one) => one >= line - BEFORE) ?? line;
    const last = near.findLast((one) => one <= line + AFTER) ?? line;
    return {
      role: 'mount',
      source: by,
      startLine: isWhole ? holder.startLine : isShort ? Math.min(afterImports, line) : Math.min(first, line),
      endLine: isWhole
        ? holder.endLine
        : isShort
          ? by.lines.length
          : endOfStatement(by.lines, Math.max(last, line), AFTER),
      weight,
      because: `${of.path} is mounted in line ${line}, behind what stands before it`,
    };
  });
}

function holderOf(source: Source, line: number) {
  return enclosing(source.outline, line).findLast((one) => isFunction(one) && one.kind !== 'route');
}

/** Groups of Go's routers are blocks: what one of them uses stands for that one alone. */
function isOfFile({ path, outline, lines }: Source, line: number): boolean {
  if (!path.endsWith('.go')) return true;
  const holder = enclosing(outline, line).find((one) => isFunction(one) && one.kind !== 'route');
  return holder === undefined || indentOf(lines[line - 1] ?? '') <= indentOf(lines[holder.headEndLine - 1] ?? '') + 1;
}

function isBefore({ lines }: Source, line: number, mounts: readonly number[]): boolean {
  return mounts.some((mount) => listBlockHeads(lines, mount, 1).includes(line));
}

/** What stands for all routes of a file, near lines together. */
function listForAll(source: Source, weight: number, why: string): Candidate[] {
  const ranges: { startLine: number; endLine: number }[] = [];
  const isImport = (line: number): boolean =>
    source.outline.imports.some((one) => one.line <= line && line <= one.endLine);
  for (const [at, text] of source.lines.entries()) {
    if (!FOR_ALL.test(text) || isImport(at + 1) || /\{\s*\}$/.test(text)) continue;
    if (/\.use\s*\(/.test(text) && FIELD.test(source.lines[headOfChain(source.lines, at)] ?? '')) continue;
    // `provide: APP_GUARD` is a field: what is provided stands in the next one.
    const startLine = /^\s*provide\s*:/.test(text) && /\{\s*$/.test(source.lines[at - 1] ?? '') ? at : at + 1;
    const endLine = endOfStatement(source.lines, startLine, BEFORE);
    const last = ranges.at(-1);
    if (last && startLine - last.endLine <= GAP) last.endLine = Math.max(last.endLine, endLine);
    else ranges.push({ startLine, endLine });
  }
  return ranges.map((range) => ({ role: 'mount', source, ...range, weight, because: `it ${why}` }));
}

/** `cancel: procedure.use(…)` of a router of tRPC: what a chain begins with says whom it stands for. */
function headOfChain(lines: readonly string[], at: number): number {
  if (!CHAINED.test(lines[at] ?? '')) return at;
  const depth = indentOf(lines[at] ?? '');
  for (let above = at - 1; above >= 0 && at - above < LONGEST_CHAIN; above--) {
    const text = lines[above] ?? '';
    if (text.trim() !== '' && indentOf(text) < depth) return above;
  }
  return at;
}

/** Django's rules for all views. Source: django-rest-framework.org, Settings. */
async function findDefaults({ files, index }: Looking): Promise<Candidate[]> {
  const sources = await files.open('head', [...index.named('settings'), ...index.named('base')].sort().slice(0, 3));
  return sources.flatMap((source) => {
    const at = source.lines.findIndex((text) => REST_FRAMEWORK.test(text));
    const range = { startLine: at + 1, endLine: endOfStatement(source.lines, at + 1) };
    return at < 0 ? [] : [{ role: 'mount' as const, source, ...range, weight: 66, because: 'it stands for all views' }];
  });
}
