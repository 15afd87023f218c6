import type { FileAnalysis } from '../analysis/process/task.ts';
import type { Change, ChangedFile } from '../change/change.ts';
import { squeeze } from '../findings/fingerprint.ts';
import { memo } from '../languages/memo.ts';
import { isTest } from '../scope/select.ts';
import { lastPart } from '../text/last-part.ts';
import { wordsOf } from '../text/words-of.ts';
import { editFindings } from './edit-findings.ts';

/**
 * A check that is gone from a file, and that the change wrote into another one (a middleware, a service), is only suspected. `texts`
 * are those of the change's files at its head, by path; one that is not there names no other file.
 */
export async function doubtMoved(
  analyses: readonly FileAnalysis[],
  { files }: Change,
  texts: ReadonlyMap<string, string>,
): Promise<FileAnalysis[]> {
  return await editFindings(
    analyses,
    ({ moved, keptBy }) => moved !== undefined || keptBy !== undefined,
    async ({ moved = [], keptBy, ...finding }, path) => {
      const gone = moved.map(squeeze);
      const keeps = keptBy === undefined ? null : KEEPS[keptBy];
      const isThere = files.some(
        (file) =>
          file.path !== path &&
          !isTest(file.path) &&
          (gone.some((one) => addedIn(file).includes(one)) ||
            (areTied(file.path, path, texts) &&
              keeps !== null &&
              hasNew(file, (written) => keeps(written, { symbol: finding.symbol, path })))),
      );
      return isThere ? { ...finding, confidence: 'low' } : finding;
    },
  );
}

/** What stands before handlers: `app.use('/orders', requireAdmin, router)`, `r.With(h.AdminOnly)`. */
const BEFORE_HANDLERS = /\.(?:use|with|group)\(|\b(?:dependencies|middleware\w*)\b/i;
/** What stands before one of them, on its line or on those above: it has to be the one that lost it, or a class that hands it on. */
const BEFORE_ONE = /\.(?:get|post|put|patch|delete|all|route|handle\w*)\(/i;
const DECORATOR = /^\s*@/;
const LINES_TO_DECORATED = 3;
const ADDRESS = /["'`]\/([^"'`]*)["'`]/;
const GUARD =
  /auth|admin|guard|require|role|perm(?:it|ission)|owner|log_?in|protect|only\b|Only|staff|member|access|policy/i;
const LIMIT = /limit|throttl|quota|max_?\w*(?:size|length)|slow_?down/i;
const TIME = /\b(?:\w*[tT]ime_?[oO]ut\w*|TIMEOUT\w*|deadline|AbortSignal\.timeout)\s*[:=(,]|\.Timeout\b/;

/** A line that the change wrote, and what stands below it. */
interface Written {
  text: string;
  below: string;
}

/** Where a line is gone: in which function of which file. */
interface Lost {
  symbol: string;
  path: string;
}

/** Whether a line of another file may do what one did that is gone. */
const KEEPS: Readonly<Record<'guard' | 'limit' | 'time', (written: Written, lost: Lost) => boolean>> = {
  guard: (written, lost) => GUARD.test(written.text) && isBefore(written, lost),
  limit: (written, lost) => LIMIT.test(written.text) && isBefore(written, lost),
  time: ({ text }) => TIME.test(text),
};

function isBefore({ text, below }: Written, { symbol, path }: Lost): boolean {
  const name = lastPart(symbol);
  if (DECORATOR.test(text)) return below.includes(name) || /\bclass\s/.test(below);
  if (BEFORE_ONE.test(text) && text.includes(name)) return true;
  if (!BEFORE_HANDLERS.test(text)) return false;
  // Where it is set up for some addresses, one of them has to be that of the file.
  const [, address] = ADDRESS.exec(text) ?? [];
  return address === undefined || speaksOf(text, path);
}

/** One of the two speaks of the other, or lies above it, as the file does that puts an App together. */
function areTied(one: string, other: string, texts: ReadonlyMap<string, string>): boolean {
  const above = one.slice(0, one.lastIndexOf('/') + 1);
  if (other.startsWith(above)) return true;
  return speaksOf(texts.get(one) ?? '', other) || speaksOf(texts.get(other) ?? '', one);
}

/** What many files are called: the folder tells what they are about. */
const ANY_FILE =
  /^(?:index|main|app|server|apis?|routers?|routes?|urls|views?|controllers?|handlers?|services?|modules?|__init__)$/;

/** Whether a text has a word of a file's name in it: `ordersRouter`, `./routes/order.js` of `src/orders/index.ts`. */
function speaksOf(text: string, path: string): boolean {
  const parts = path.replace(/\.\w+$/, '').split('/');
  const words = parts.map((part) => wordsOf(part).filter((word) => !ANY_FILE.test(word)));
  const telling = words.findLast((some) => some.length > 0) ?? [];
  const lower = text.toLowerCase();
  return telling.some((word) => lower.includes(word.replace(/s$/, '')));
}

/** Nobody writes a longer line by hand. */
const LONGEST_LINE = 500;

function hasNew({ hunks }: ChangedFile, isIt: (written: Written) => boolean): boolean {
  return (hunks ?? []).some(({ lines }) => {
    const head = lines.filter(({ kind }) => kind !== 'removed');
    return head.some(
      ({ kind, text }, index) =>
        kind === 'added' && text.length < LONGEST_LINE && isIt({ text, below: textsBelow(head, index) }),
    );
  });
}

function textsBelow(lines: readonly { text: string }[], index: number): string {
  const below = lines.slice(index + 1, index + 1 + LINES_TO_DECORATED);
  return below.map(({ text }) => text.slice(0, LONGEST_LINE)).join('\n');
}

/** The lines that a change wrote into a file, each without white space: every check that is gone is looked for in them. */
const addedIn = memo(({ hunks }: ChangedFile): string => {
  const added = (hunks ?? []).flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'added'));
  return added.map(({ text }) => squeeze(text)).join('\n');
});
