import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { codeOfLines } from '../changes/changed-code.ts';
import type { FactHit, FactsBefore, FindFacts, ReadPlace } from '../fact-hit.ts';
import { writesIn } from '../read/writes-in.ts';
import { shown } from '../removed-checks/gone.ts';
import { type Change, changesOf, createLooks, lostAt } from './changes-of.ts';

/** A kind of care that a function took in one line. */
export interface Care {
  /** Of a line that is gone. Its first group, if it has one: what it was done for. */
  had: RegExp;
  /** Where one of these stands in the function now, it is done in another way. */
  has: RegExp;
  /** What must still be done there. `of`: the first group of `had`. */
  stays: (change: Change, of: string) => boolean;
  /** What only a reader can decide. */
  suspected?: boolean;
  /** What makes it sure all the same. `code`: the line that is gone. */
  sure?: (change: Change, of: string, code: string) => boolean;
  /** It may be done further out now, such as by the client of all calls. */
  elsewhere?: (change: Change, before: FactsBefore, read: ReadPlace) => 'surely' | 'perhaps' | null;
}

const CLOSE = String.raw`(?:[cC]lose(?:Idle\w*|All)?|[rR]elease|[dD]estroy|[dD]isconnect|[eE]nd|[qQ]uit|[sS]top|[tT]erminate|[uU]nsubscribe|[cC]leanup|[rR]ollback|aclose)`;
const OPENS = String.raw`(?:[oO]pen\w*|[cC]reate\w*|[cC]onnect\w*|[nN]ew\w*|[dD]ial\w*|[aA]cquire|(?<=[pP]ool\.)getConnection|[bB]egin\w*|transaction|[qQ]uery\w*|[lL]isten|[sS]ubscribe|[wW]atch|Do|Get|Post|find|[tT]emp\w*)`;

export const RELEASES: readonly Care[] = [
  {
    had: new RegExp(String.raw`(?<![\w$.])([\w$]+(?:\.Body)?)\??\.${CLOSE}\(`),
    has: /\bwith\b|\busing\b|\bfinally\b|contextlib|closing\(|pipeline\(|t\.Cleanup|ExitStack/,
    stays: ({ now, written }, of) => {
      const name = escapeRegExp(of.replace(/\.Body$/, ''));
      const isOpened = new RegExp(
        String.raw`(?<![\w$.])${name}(?:\s*,\s*\w+)?\s*:?=[^=\n][^\n]*\b${OPENS}\(|\b${OPENS}\([^\n]*\)\s*\.then\(\s*\(?\s*${name}\b`,
      ).test(now);
      const goes = new RegExp(
        String.raw`(?<![\w$.])${name}(?:\.Body)?\??\.(?:promise\(\)\.)?${CLOSE}\(|\breturn\b[^\n]*(?<![\w$.])${name}(?![\w$.(])|=\s*&?${name}\s*[;,)]?\s*$|\b(?:close|release|cleanup|dispose|Close|Drain)\w*\(\s*${name}\b|\b\w*(?:Reader|Writer|Client|Closer|Scanner|Conn\w*)\(\s*${name}\b[^\n]*\{`,
        'm',
      );
      return (
        isOpened &&
        !goes.test(now) &&
        !new RegExp(`\\busing\\s+${name}\\s*=`).test(now) &&
        !new RegExp(`\\b${name}\\b[^\\n]*${CLOSE}|${CLOSE}[^\\n]*\\b${name}\\b`).test(written)
      );
    },
  },
  {
    had: /\bclear(?:Timeout|Interval)\(\s*([\w$.]+)|\b(cancel)\(\)|\.(?:off|removeListener|removeEventListener)\(\s*['"](\w+)/,
    has: /\bclear(?:Timeout|Interval)\(|\bcancel\(\)|\.once\(|AbortSignal\.timeout|\.(?:off|removeListener|removeEventListener)\(|\.stop\(|return\s+cancel|,\s*cancel\b/,
    stays: ({ now }) =>
      /\bset(?:Timeout|Interval)\(|context\.With(?:Cancel|Timeout|Deadline)\(|\.(?:on|addListener|addEventListener)\(/.test(
        now,
      ),
    suspected: true,
  },
  {
    had: /^\s*(?:await\s+|defer\s+)?(?:[\w$]+\.)?_*(?:release|clean_?up|dispose|unlink|(?:remove|delete|clear)_?(?:temp|tmp))\w*\(\s*([A-Za-z_$][\w$]*)\s*[,)]/i,
    has: /(?<![\w$])_*(?:release|clean_?up|dispose|unlink|(?:remove|delete|clear)_?(?:temp|tmp))\w*\(|\bfinally\b|\bwith\b/i,
    stays: ({ now }, of) => new RegExp(`(?<![\\w$.])${escapeRegExp(of)}(?![\\w$])`).test(now.replace(/^[^\n]*\n/, '')),
    suspected: true,
  },
  {
    had: new RegExp(String.raw`^\s*(?:async\s+)?with\s+((?:\w+\.)*\w*${OPENS})\([^\n]*\bas\s+\w+\s*:`),
    has: /\bwith\b|closing\(|\.close\(|enter_context|\bfinally\b/,
    stays: ({ put }, of) => put.includes(`${of}(`),
    suspected: true,
  },
];

export const COMMITS: readonly Care[] = [
  {
    had: /(?<![\w$.])((?:[\w$]+\.)*[\w$]*(?:session|db|tx|trx|conn|connection|em|manager|queryRunner|entityManager|cursor|database|transaction)\w*)\??\.(?:commit(?:Transaction)?|flush)\(/i,
    has: /commit|flush|\bautocommit|\.save\(|\batomic\b|\bbegin\(|transaction\(|with_session|in_?tx|withTx/i,
    stays: ({ now, was, written }) =>
      !/commit|flush/i.test(written) &&
      (writesIn(now).size > 0 || /^\s*(?!self\.|this\.)[a-z]\w*\.\w+\s*=[^=]/m.test(now)) &&
      /\b(?:session|db|tx|trx|conn|em|queryRunner|cursor|database|transaction)/i.test(was),
    suspected: true,
  },
];

/** After a write that failed, in the block that copes with it, or at the end of every path. */
export const ROLLBACKS: readonly Care[] = [
  {
    had: /^\s*defer\s+(?:func\(\)\s*\{\s*)?(?:_\s*=\s*)?((?:\w+\.)*\w+)\.Rollback\(/,
    // Where the context of `BeginTx` ends, the transaction does.
    has: /\bdefer\b[^\n]*(?:Rollback|finish|end|close|cancel)/i,
    stays: ({ now }, of) => {
      const object = escapeRegExp(of);
      const commits = new RegExp(`(?<![\\w.])${object}\\.Commit\\(`).test(now);
      const began = now.slice(Math.max(0, now.search(/\.Begin\w*\(/)));
      return commits && count(began, /\breturn\b/) > count(began, /\.Rollback\(/);
    },
    suspected: true,
    sure: ({ now }, of) => leavesOpen(now, escapeRegExp(of)),
  },
  {
    had: /^\s*(?!defer\b)(?:await\s+|_\s*=\s*|if\s+\w+\s*:=\s*)?((?:[\w$]+\??\.)*[\w$]*(?:session|db|tx|trx|txn|conn|connection|em|queryRunner|transaction|client)\w*)\??\.(?:rollback(?:Transaction)?|Rollback)\(/i,
    has: /rollback|begin_nested|savepoint|\batomic\b|\bwith\b[^\n]*\b(?:begin|session|transaction)|in_?tx|withTx/i,
    stays: ({ now, was }, of) => {
      const object = escapeRegExp(of.replaceAll('?', ''));
      const copes = /^\s*except\b|\bcatch\b|\berr\s*!=\s*nil/m;
      return copes.test(was) && copes.test(now) && new RegExp(`(?<![\\w$.])${object}\\??\\.\\w`).test(now);
    },
    suspected: true,
  },
];

/** Only its owner may read what is written. */
const OWNERS = '0o?[67]00\\b';
export const MODES: readonly Care[] = [
  {
    had: new RegExp(
      String.raw`\bmode\s*[:=]\s*${OWNERS}|\bchmod\w*\([^\n]*(?:${OWNERS}|S_IRUSR)|\b(?:WriteFile|OpenFile|Mkdir(?:All)?|open|mkdir|makedirs)\([^\n]*${OWNERS}`,
      'i',
    ),
    // A mode may have a name.
    has: new RegExp(
      `${OWNERS}|S_IRUSR|mkstemp|NamedTemporaryFile|CreateTemp|MkdirTemp|mkdtemp|umask|\\bmode\\s*[:=]\\s*[A-Za-z_]|,\\s*[\\w.]*(?:perm|mode|owner_?only)\\w*\\s*\\)`,
      'i',
    ),
    stays: ({ now }) =>
      /\b(?:writeFile\w*|outputFile\w*|write_(?:bytes|text)|WriteFile|OpenFile|Create|open|createWriteStream|mkdir\w*|Mkdir\w*|makedirs)\(/.test(
        now,
      ),
    suspected: true,
  },
];

/** What takes part in a transaction by what it is handed, or by its name. */
export const HANDLES: readonly Care[] = [
  {
    had: /(?<![\w$])(\w{3,}?)(?:And|With|In|_with_|_in_)(?:Session|Tx|Trx|Transaction|session|tx|transaction)\(/,
    has: /(?!)/,
    stays: ({ put }, of) => new RegExp(`(?<![\\w$])${escapeRegExp(of)}\\(`).test(put),
    suspected: true,
    sure: ({ now, put }, of, code) => {
      const [, handle = ''] = /\(\s*(?:\w*ctx\s*,\s*)?(s|sess|session|tx|trx|dbTx|dbSession)\s*[,)]/.exec(code) ?? [];
      // The function has it still, and hands it to others.
      const isHanded = new RegExp(`[(,]\\s*${handle}\\s*[,)]|(?<![\\w.])${handle}\\.\\w+\\(`);
      const called = new RegExp(`(?<![\\w$])${escapeRegExp(of)}\\([^\\n]*`).exec(put)?.[0] ?? '';
      return handle !== '' && isHanded.test(now.replace(/^[^\n]*\n/, '')) && !isHanded.test(called);
    },
  },
  {
    had: /^\s*(?:transaction|tx|trx|session)\s*(?::\s*([\w.]+))?(?:\s*,)?\s*$|,\s*\{\s*(?:transaction|session)\s*(?::\s*([\w.]+))?\s*\}\s*\)/,
    has: /\{\s*(?:transaction|session|tx|trx)\b|^[ \t]*(?:transaction|tx|trx|session)\s*(?::\s*[\w.]+\s*)?,/m,
    stays: ({ now, put, edit }, of) => {
      const writes = writesIn(now);
      const gone = [...writesIn(codeOfLines(edit.removed)).keys()];
      // It is handed on in another way, or what it was handed to is gone.
      const isHanded = /\b(?:transaction|tx|trx|session)\b/.test(put) || (of !== '' && isNamed(put, of));
      return writes.size > 0 && !isHanded && (gone.length === 0 || gone.some((one) => writes.has(one)));
    },
    suspected: true,
  },
  {
    had: /^\s*req(?:\s*,)?\s*$|\(\s*\{[^{}\n]*\breq\s*[,}]/,
    has: /(?!)/,
    stays: ({ now }) => /\bpayload\.(?:create|update|delete|find)\w*\(/.test(now) && /\breq\b/.test(now),
    suspected: true,
  },
];

function isNamed(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${escapeRegExp(name)}(?![\\w$])`).test(text);
}

/** A row that is there already. */
export const CONFLICTS: readonly Care[] = [
  {
    had: /\b(?:[oO]n_?Conflict\w*|OnConflict|on_conflict\w*|skipDuplicates|ignore_conflicts|ON CONFLICT|on conflict|INSERT IGNORE|insert ignore|INSERT OR (?:IGNORE|REPLACE)|insert or (?:ignore|replace))\b/,
    has: /conflict|duplicate|unique|upsert|merge|insert (?:or )?ignore|already|exists/i,
    stays: ({ now }) => /(?:\b|_)(?:insert|create|add|save)\w*\b/i.test(now),
    suspected: true,
    sure: ({ edit, put }) => isWithout(codeOfLines(edit.removed), put),
  },
  {
    had: /(?<![\w$])(?:\w+\.)*(?:get_or_create|update_or_create|upsert|findOrCreate|FirstOrCreate)\(/,
    has: /conflict|duplicate|unique|upsert|merge|_or_create|OrCreate|IntegrityError|P2002/i,
    stays: ({ put }) => /\b(?:create|insert|save|add|Create|Insert)\w*\(/.test(put),
    suspected: true,
  },
];

/** The same statement, without the clause that says what happens to a row that is there already. */
function isWithout(old: string, put: string): boolean {
  const plain = (text: string): string => text.replace(/[\s;,]+/g, '');
  const bare = old
    .replace(/\.Clauses\(\s*clause\.OnConflict\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}\s*\)/, '')
    .replace(/\.on_?[cC]onflict\w*\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\s*\.(?:ignore|merge)\([^()]*\))?/, '')
    .replace(/,?\s*(?:skipDuplicates\s*:\s*true|ignore_conflicts\s*=\s*True)/, '')
    .replace(/\s*\bon\s+conflict\b(?:\s*\([^()]*\))?\s*do\s+nothing\b/i, '')
    .replace(/\binsert\s+(?:or\s+)?ignore\b/i, (text) => text.slice(0, 'insert'.length));
  return bare !== old && put !== '' && plain(bare) === plain(put);
}

/** It was begun here, and a path that ends before the commit ends nothing. */
function leavesOpen(now: string, object: string): boolean {
  const began = new RegExp(`(?<![\\w.])${object}\\s*,\\s*\\w+\\s*:?=[^\\n]*\\.[bB]egin\\w*\\(`).exec(now);
  if (!began) return false;
  const after = now.slice(began.index + began[0].length);
  const [open = ''] = after.split(new RegExp(`(?<![\\w.])${object}\\.Commit\\(`), 1);
  // The first one is of a transaction that was not begun.
  return !/\.Rollback\(|\b(?:defer|panic)\b/.test(open) && count(open, /\breturn\b/) > 1;
}

export const OPTIONS: readonly Care[] = [
  {
    // `const timeout = setTimeout(() => log())` is no option of a call.
    had: /^(?!(?!.*abort).*\bset(?:Timeout|Interval)\().*?(?:\b(time_?out\w*|deadline|connect_?timeout|signal|AbortSignal)\s*[:=(]|\.Timeout\b|context\.With(?:Timeout|Deadline)\(|AbortSignal\.timeout\()/i,
    has: /time_?out|deadline|signal|abort/i,
    stays: ({ now }) => SENDS.test(now),
    elsewhere: limitedByClient,
  },
  {
    had: /\b(?:back_?off|p?retry|withRetry\w*|async_?retry|retryable|tenacity|with_retries|retrying)\b[\w.]*\(|@(?:retry|backoff)\b|\bretries\s*[:=]\s*[1-9]/i,
    has: /retr|back_?off|attempt/i,
    stays: ({ now, was }) => kept(was, now, SENDS),
  },
  {
    had: /idempotency_?-?key/i,
    has: /idempoten/i,
    stays: ({ now, was }) =>
      kept(was, now, /\.(?:send|create|post|charge|capture|refund|transfer|request|post\w+|(?<!errors\.)new)\(/i),
  },
];

export const CONTEXTS: readonly Care[] = [
  {
    had: /\(\s*((?:\w+\.)*(?:\w*[cC]tx|\w*[cC]ontext|Context\(\)))\s*[,)]/,
    has: /(?!)/,
    stays: ({ put, was }) => {
      // What runs beside the request must not end with it.
      const isApart = /\bgo\s+func\(/.test(put);
      const calls = [
        ...put.matchAll(/(?<!\bgo\s+)(?<![\w.])([\w.]+)\(\s*context\.(?:Background|TODO)\(\)\s*[,)]/g),
      ].map(([, name = '']) => name);
      return calls.some(
        (name) =>
          !isApart &&
          was.includes(`${name}(`) &&
          !was.includes(`${name}(context.`) &&
          !/With(?:Timeout|Cancel|Deadline)$/.test(name),
      );
    },
  },
];

const SENDS =
  /(?<![\w$])(?:\w*[fF]etch\w*|axios(?:\.\w+)?|got(?:\.\w+)?|request(?:s\.\w+)?|httpx\.\w+|session\.(?:get|post|put|request)|\w*[cC]lient\w*(?:\.\w+)*\.\w+|http\.(?:Get|Post|NewRequest\w*|Client)|\w+\.(?:Do|send\w*|post|request|create|query|invoke|connect|Exec\w*|Query\w*|Dial\w*)|(?<!\.)(?:child_process\.|cp\.)?(?:exec|execFile|spawn)(?:Async|Sync)?|(?<!\.)subprocess\.(?:run|call|check_call|check_output))\(|http\.Client\{|http\.Server\{/;

/** `axios.create({ timeout: 5000 })`, `&http.Client{Timeout: limit}` */
const LIMITED_CLIENT =
  /(?:axios\.create|got\.extend|ky\.(?:create|extend)|\w*(?:Client|Agent|Session)\w*)\s*[({][^;]{0,300}?\btime_?out|\.defaults\.timeout/i;
/** A module, or a program that is started: it has no limit of its own. */
const BARE =
  /^(?:\w*[fF]etch\w*|axios\b|got\b|requests?\b|httpx\b|http\b|(?:child_process\.|cp\.)?(?:exec|execFile|spawn)(?:Async|Sync)?\(|subprocess\.)/;

/** An instance of a client may have a limit for all of its calls. */
function limitedByClient({ put, now }: Change, before: FactsBefore, read: ReadPlace): 'surely' | 'perhaps' | null {
  const all = new RegExp(SENDS.source, 'g');
  const calls = put.match(all) ?? now.match(all) ?? [];
  if (calls.some((one) => BARE.test(one))) return null;
  const folder = before.path.replace(/[^/]*$/, '');
  const own = read({ path: before.path, ...WHOLE });
  const imported = [...own.matchAll(/from\s+['"]\.\/([\w./-]+)['"]/g)].map(([, path = '']) =>
    /\.\w+$/.test(path) ? path.replace(/\.js$/, '.ts') : `${path}.ts`,
  );
  const paths = [
    ...imported.map((path) => folder + path),
    ...before.functions.known.map(({ place }) => place.path).filter((path) => path.endsWith('.go')),
  ];
  const texts = [own, ...[...new Set(paths)].map((path) => read({ path, ...WHOLE }))];
  return texts.some((text) => LIMITED_CLIENT.test(text)) ? 'surely' : 'perhaps';
}

const WHOLE = { startLine: 1, endLine: Number.MAX_SAFE_INTEGER };

/** A call of this kind stood there, and stands there still. */
function kept(was: string, now: string, pattern: RegExp): boolean {
  const all = new RegExp(pattern.source, `${pattern.flags}g`);
  const calls = new Set(was.match(all) ?? []);
  return (now.match(all) ?? []).some((one) => calls.has(one));
}

/** What one line did for what the function still does, and nothing does now. Once for a function. */
export function findRemovedCare(cares: readonly Care[]): FindFacts {
  return (_facts, read, before) => {
    if (!before) return [];
    const told = new Set<string>();
    const looks = createLooks();
    return changesOf(before, read).flatMap((change): FactHit[] =>
      change.removed.flatMap(({ line, text }) => {
        const code = codeOf(text);
        const lost = cares.findIndex((one) => isLost(one, code, change, looks));
        const key = `${change.places.name} ${change.places.base.startLine} ${lost}`;
        if (lost < 0 || told.has(key)) return [];
        told.add(key);
        const [care] = cares.slice(lost);
        const elsewhere = care?.elsewhere?.(change, before, read) ?? null;
        if (!care || elsewhere === 'surely') return [];
        const isLess = count(change.now, care.has) > 0;
        const of =
          care.had
            .exec(code)
            ?.slice(1)
            .find((one) => one !== undefined) ?? '';
        const isSuspected = care.suspected === true && care.sure?.(change, of, code) !== true;
        const isDoubtful = isSuspected || isLess || elsewhere !== null;
        const hit = lostAt(before, change, line, { HAD: shown(code) }, isDoubtful);
        return [care.elsewhere ? { ...hit, keptBy: 'time' } : hit];
      }),
    );
  };
}

function isLost({ had, has, stays }: Care, code: string, change: Change, looks: (of: Change) => boolean): boolean {
  const match = had.exec(code);
  if (
    !match ||
    DECLARES.test(code) ||
    !looks(change) ||
    has.test(change.put) ||
    (count(change.was, has) > 0 && count(change.now, has) >= count(change.was, has))
  )
    return false;
  return stays(change, match.slice(1).find((one) => one !== undefined) ?? '');
}

/** A parameter, or the type of one. */
const DECLARES =
  /^\s*(?:\w+\?\s*:\s*(?:\{|number|string|Date|boolean)|import\b|from\b|def\b|func\b|(?:export\s+)?(?:async\s+)?function\b)|\?\s*:\s*(?:number|string)\b/;

function count(text: string, pattern: RegExp): number {
  return text.match(new RegExp(pattern.source, `${pattern.flags}g`))?.length ?? 0;
}
