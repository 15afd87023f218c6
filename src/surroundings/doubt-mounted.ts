import type { FileAnalysis } from '../analysis/process/task.ts';
import type { RawFinding } from '../findings/finding.ts';
import { memo } from '../languages/memo.ts';
import { isTest } from '../scope/select.ts';
import { betweenBrackets } from '../text/closing-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import { namesGuard } from '../text/names-guard.ts';
import { dirOf, nameOf } from '../text/paths.ts';
import { editFindings, listFound } from './edit-findings.ts';
import { askOnce, type FindReaders } from './find-readers.ts';

const RULE = 'unguarded-route';
const MOST_ASKED = 1;
/** `parent.include_router(orders, prefix="/orders", dependencies=[Depends(get_current_user)])` */
const MOUNTS = /(?<!\w)(\w{1,100})\.include_router\(/g;
/** Comments and docstrings. */
const TOLD = /("{3}|'{3})[^]*?\1|(?<!\S)#[^\n]*/g;
/** So many of a file are looked at, and so much of each. */
const MOST_MOUNTS = 500;
const MOST_OF_ONE = 1000;
/** A router of a router of a router. */
const MOST_STEPS = 4;
const MOST_PARENTS = 10;

/**
 * Of FastAPI a parameter may be both: what keeps strangers out, and only the caller's row, which its siblings need. Where the router is
 * mounted behind a guard in another file, a route without the parameter is not open: a reader decides.
 */
export async function doubtMounted(
  analyses: readonly FileAnalysis[],
  find: FindReaders | null,
): Promise<readonly FileAnalysis[]> {
  const isAsked = ({ ruleId, path, confidence }: RawFinding): boolean =>
    ruleId === RULE && path.endsWith('.py') && confidence !== 'low';
  if (find === null || !analyses.flatMap(listFound).some(isAsked)) return analyses;
  const ask = askOnce(find, ['*.py'], MOST_ASKED);
  return await editFindings(analyses, isAsked, async (finding, path) => {
    const texts = await ask('include_router');
    const isBehind = mountersOf(texts ?? new Map()).some((one) => isMountedBehind(path, one));
    return isBehind ? { ...finding, confidence: 'low' } : finding;
  });
}

interface Mounter {
  path: string;
  text: string;
  mounts: Mount[];
}

/** Read once, however many routes are asked about. What a comment says mounts nothing. */
const mountersOf = memo((texts: ReadonlyMap<string, string>): Mounter[] =>
  [...texts].flatMap(([path, written]) => {
    const text = written.replace(TOLD, '');
    return isTest(path) ? [] : [{ path, text, mounts: mountsIn(text) }];
  }),
);

function isMountedBehind(path: string, { path: other, text, mounts }: Mounter): boolean {
  const names = other === path ? ['router'] : namesIn(text, path);
  let behind = new Set(names);
  for (let step = 0; step < MOST_STEPS && behind.size > 0; step++) {
    const own = mounts.filter(({ child }) => behind.has(child));
    const parents = new Set(own.map(({ parent }) => parent));
    if (own.some(({ rest }) => isGuarded(rest))) return true;
    if ([...parents].slice(0, MOST_PARENTS).some((parent) => isGuarded(madeOf(parent, text)))) return true;
    behind = parents;
  }
  return false;
}

interface Mount {
  parent: string;
  child: string;
  rest: string;
}

function mountsIn(text: string): Mount[] {
  const found: Mount[] = [];
  for (const { 0: call, 1: parent = '', index } of text.matchAll(MOUNTS)) {
    if (found.length === MOST_MOUNTS) break;
    const given = betweenBrackets(text, index + call.length - 1, MOST_OF_ONE) ?? '';
    const [child = ''] = /^[\w.]+/.exec(given.trimStart()) ?? [];
    found.push({ parent, child, rest: given });
  }
  return found;
}

/** What a file calls the router of another one: `from orders.views import router as orders`, `from . import orders`. */
function namesIn(text: string, path: string): string[] {
  const own = nameOf(path).replace(/\.py$/, '');
  const stem = escapeRegExp(own);
  const folder = escapeRegExp(nameOf(dirOf(path)));
  // By its folder, unless a file beside it mounts it.
  const from = new RegExp(
    `^[ \\t]*from\\s+(?:[\\w.]*\\b${folder}\\.|\\.)${stem}\\s+import\\s+(\\w+)(?:\\s+as\\s+(\\w+))?`,
    'gm',
  );
  const direct = [...text.matchAll(from)].map(([, name = '', as]) => as ?? name);
  const module = new RegExp(
    `^[ \\t]*from\\s+(?:[\\w.]*\\b${folder}|\\.)\\s+import\\s[^\\n]*(?<!\\w)${stem}(?!\\w)`,
    'm',
  );
  return module.test(text) ? [...direct, `${own}.router`] : direct;
}

function isGuarded(given: string): boolean {
  return /\bdependencies\s*=/.test(given) && (given.match(/\w+/g) ?? []).some((one) => namesGuard(one));
}

/** `APIRouter(prefix="/admin", dependencies=[Depends(require_admin)])`, by what it is called. */
function madeOf(name: string, text: string): string {
  const made = new RegExp(`^${escapeRegExp(name)}[ \\t]*=[ \\t]*\\w+\\(`, 'm').exec(text);
  return made ? (betweenBrackets(text, made.index + made[0].length - 1, MOST_OF_ONE) ?? '') : '';
}
