import { decideCodeTool } from '../../change/code-migration.ts';
import type { SourceFile } from '../../change/source-file.ts';
import type { HunkLine } from '../../diff/patch.ts';
import { listRuns } from '../../diff/runs.ts';
import { findBaredClients } from '../../facts/changes/find-bared-clients.ts';
import { findChangedStatuses } from '../../facts/changes/find-changed-statuses.ts';
import { findLostConditions } from '../../facts/changes/find-lost-conditions.ts';
import { findLostGuards } from '../../facts/changes/find-moved-routes.ts';
import { findNarrowedLocks } from '../../facts/changes/find-narrowed-locks.ts';
import { findRemovedFields } from '../../facts/changes/find-removed-fields.ts';
import { findRemovedListeners } from '../../facts/changes/find-removed-listeners.ts';
import { findRemovedOwners } from '../../facts/changes/find-removed-owners.ts';
import { findRemovedLocks, findRemovedTransactions } from '../../facts/changes/find-removed-protections.ts';
import { findRemovedRoutes } from '../../facts/changes/find-removed-routes.ts';
import { findStricterInputs } from '../../facts/changes/find-stricter-inputs.ts';
import { findUndescribed } from '../../facts/changes/find-undescribed.ts';
import type { ChangedLine, FactHit, FactsBefore, FindFacts, ReadPlace } from '../../facts/fact-hit.ts';
import { findSlips } from '../../facts/find-slips.ts';
import { findIgnoredAnswers } from '../../facts/lost-care/find-ignored-answers.ts';
import { findLeftTransactions } from '../../facts/lost-care/find-left-transactions.ts';
import { findLostOrder } from '../../facts/lost-care/find-lost-order.ts';
import { findPastedValues } from '../../facts/lost-care/find-pasted-values.ts';
import { findRemovedAbsenceChecks } from '../../facts/lost-care/find-removed-absence-checks.ts';
import { findRemovedAwaits } from '../../facts/lost-care/find-removed-awaits.ts';
import {
  COMMITS,
  CONFLICTS,
  CONTEXTS,
  findRemovedCare,
  HANDLES,
  MODES,
  OPTIONS,
  RELEASES,
  ROLLBACKS,
} from '../../facts/lost-care/find-removed-care.ts';
import { findRemovedCases } from '../../facts/lost-care/find-removed-cases.ts';
import { findRemovedHandling } from '../../facts/lost-care/find-removed-handling.ts';
import { findSentEarly } from '../../facts/lost-care/find-sent-early.ts';
import { findToldErrors } from '../../facts/lost-care/find-told-errors.ts';
import { OPTION_ENDS } from '../../facts/lost-care/option-ends.ts';
import { PREFETCHES } from '../../facts/lost-care/prefetches.ts';
import {
  findMessagesInTransactions,
  findQueriesBesideTransactions,
  findRequestsInTransactions,
} from '../../facts/queries/find-in-transactions.ts';
import { findLateLocks, findLostUpdates } from '../../facts/queries/find-lost-updates.ts';
import { findOwnerlessQueries } from '../../facts/queries/find-ownerless-queries.ts';
import { findRepeatedQueries } from '../../facts/queries/find-repeated-queries.ts';
import { findUnboundedLists } from '../../facts/queries/find-unbounded-lists.ts';
import { findUnscopedQueries } from '../../facts/queries/find-unscoped-queries.ts';
import { listHandlers } from '../../facts/read/list-handlers.ts';
import type { ReadFacts } from '../../facts/read-facts.ts';
import { findRemovedChecks } from '../../facts/removed-checks/find-removed-checks.ts';
import { findRemovedOverrides } from '../../facts/removed-checks/find-removed-overrides.ts';
import { findMutatingGets } from '../../facts/routes/find-mutating-gets.ts';
import { findUncheckedHandlers } from '../../facts/routes/find-unchecked-handlers.ts';
import { findUnguardedFiles } from '../../facts/routes/find-unguarded-files.ts';
import { findUnguardedRoutes } from '../../facts/routes/find-unguarded-routes.ts';
import { findUnboundedLogins, findUnlimitedRoutes } from '../../facts/routes/find-unlimited-routes.ts';
import { findUnvalidatedBodies } from '../../facts/routes/find-unvalidated-bodies.ts';
import { findUnverifiedWebhooks } from '../../facts/routes/find-unverified-webhooks.ts';
import { findWrongStatuses } from '../../facts/routes/find-wrong-statuses.ts';
import { quoteLines } from '../../findings/evidence.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { memo } from '../../languages/memo.ts';
import { createCovers } from '../contracts/create-covers.ts';
import type { Placed } from '../contracts/place-hit.ts';
import { describeRule } from '../describe.ts';
import { type Acceptance, findAcceptances, markAccepted } from '../find-acceptances.ts';
import { decideLanguage } from '../languages.ts';
import { lazy } from '../lazy.ts';
import { asksOf } from '../rules/asks-of.ts';
import type { FACT_RULES, Rule, Unless } from '../rules/rule.ts';
import { filesOf } from './show-requests.ts';

/** What a rule file can name under `detect: fact:`. */
const FINDS: Record<(typeof FACT_RULES)[number], FindFacts> = {
  'absence-check-removed': findRemovedAbsenceChecks,
  'absent-result-used': findSlips('absent-result-used'),
  'answered-twice': findSlips('answered-twice'),
  'address-check-removed': findRemovedChecks('address'),
  'after-commit-removed': findSentEarly,
  'answer-field-removed': findRemovedFields,
  'answer-ignored': findIgnoredAnswers,
  'answer-status-changed': findChangedStatuses,
  'await-order-lost': findLostOrder,
  'await-removed': findRemovedAwaits,
  'call-care-removed': findRemovedCare(OPTIONS),
  'caller-check-removed': findRemovedChecks('caller'),
  'case-removed': findRemovedCases,
  'check-turned': findSlips('check-turned'),
  'cache-key-too-wide': findSlips('cache-key-too-wide'),
  'charged-twice': findSlips('charged-twice'),
  'checked-then-changed': findSlips('checked-then-changed'),
  'client-bared': findBaredClients,
  'call-context-lost': findRemovedCare(CONTEXTS),
  'commit-removed': findRemovedCare(COMMITS),
  'conflict-unmet': findRemovedCare(CONFLICTS),
  'constant-time-removed': findRemovedChecks('timing'),
  'error-lost': findSlips('error-lost'),
  'error-told': findToldErrors,
  'value-pasted': findPastedValues,
  'escape-removed': findRemovedChecks('markup'),
  'error-listener-removed': findRemovedListeners,
  'failed-result-used': findSlips('failed-result-used'),
  'field-filter-removed': findRemovedChecks('fields'),
  'file-mode-removed': findRemovedCare(MODES),
  'guard-removed': findLostGuards,
  'handler-unchecked': findUncheckedHandlers,
  'handling-removed': findRemovedHandling,
  'id-before-write': findSlips('id-before-write'),
  'input-check-removed': findRemovedChecks('input'),
  'input-required': findStricterInputs,
  'limit-removed': findRemovedChecks('limit'),
  'lock-removed': findRemovedLocks,
  'lock-kept': findSlips('lock-kept'),
  'map-replaced': findSlips('map-replaced'),
  'method-unguarded': findSlips('method-unguarded'),
  'transaction-unused': findSlips('transaction-unused'),
  'lock-taken-twice': findSlips('lock-taken-twice'),
  'query-in-recursion': findSlips('query-in-recursion'),
  'release-skipped': findSlips('release-skipped'),
  'lock-narrowed': findNarrowedLocks,
  'lost-update': findLostUpdates,
  'lock-after-read': findLateLocks,
  'list-without-limit': findUnboundedLists,
  'field-without-lock': findSlips('field-without-lock'),
  'map-shared-by-requests': findSlips('map-shared-by-requests'),
  'message-in-transaction': findMessagesInTransactions,
  'mutation-by-get': findMutatingGets,
  'option-end-removed': findRemovedCare(OPTION_ENDS),
  'outer-shadowed': findSlips('outer-shadowed'),
  'override-removed': findRemovedOverrides,
  'owner-removed': findRemovedOwners,
  'path-check-removed': findRemovedChecks('path'),
  'prefetch-removed': findRemovedCare(PREFETCHES),
  'query-beside-transaction': findQueriesBesideTransactions,
  'query-condition-removed': findLostConditions,
  'query-in-loop': findRepeatedQueries,
  'redirect-check-removed': findRemovedChecks('redirect'),
  'redis-value-without-expiry': findSlips('redis-value-without-expiry'),
  'amount-unchecked': findSlips('amount-unchecked'),
  'rejection-unheard': findSlips('rejection-unheard'),
  'release-removed': findRemovedCare(RELEASES),
  'request-in-transaction': findRequestsInTransactions,
  'rollback-removed': findRemovedCare(ROLLBACKS),
  'route-removed': findRemovedRoutes,
  'row-bound-to-request': findSlips('row-bound-to-request'),
  'row-unasked': findSlips('row-unasked'),
  'rows-of-all': findSlips('rows-of-all'),
  'times-mixed': findSlips('times-mixed'),
  'row-without-parent': findSlips('row-without-parent'),
  'row-of-anybody': findOwnerlessQueries,
  'secret-field-sent': findSlips('secret-field-sent'),
  'row-created-twice': findSlips('row-created-twice'),
  'shared-map-written': findSlips('shared-map-written'),
  'socket-refused-unheard': findSlips('socket-refused-unheard'),
  'loaded-value-written': findSlips('loaded-value-written'),
  'token-used-twice': findSlips('token-used-twice'),
  'transaction-not-handed': (...given) => [...findRemovedCare(HANDLES)(...given), ...findLeftTransactions(...given)],
  'transaction-dropped': findSlips('transaction-dropped'),
  'transaction-removed': findRemovedTransactions,
  'writes-without-transaction': findSlips('writes-without-transaction'),
  'specification-left': findUndescribed,
  'unbounded-login': findUnboundedLogins,
  'unguarded-file': findUnguardedFiles,
  'unguarded-route': findUnguardedRoutes,
  'unlimited-route': findUnlimitedRoutes,
  'unscoped-query': findUnscopedQueries,
  'unvalidated-body': findUnvalidatedBodies,
  'webhook-from-anybody': findUnverifiedWebhooks,
  'wrong-status': findWrongStatuses,
};

/** A migration. */
const ONCE = /^from (?:alembic|django\.db|django\.db\.migrations|yoyo) import (?:op|migrations|step)\b/m;

/** What is wrong because its siblings do it otherwise. */
const COMPARED: ReadonlySet<string> = new Set<(typeof FACT_RULES)[number]>([
  'handler-unchecked',
  'row-of-anybody',
  'unguarded-route',
  'unlimited-route',
  'unscoped-query',
  'unvalidated-body',
  'wrong-status',
]);

type ReadOf = (file: SourceFile) => Promise<ReadFacts>;
type Texts = readonly { path: string; text: string }[];

/** The base is read in a step of its own: it costs as much again as the head, and must not cost the head what is known of it. */
interface ReadsOf {
  head: ReadOf;
  base: ReadOf;
}

/**
 * Rules over facts: what a route or query lacks that its siblings have, or that it had before. Null: the agent has none. `all`: the
 * files that ran together.
 */
export function createFactFinder(
  rules: readonly Rule[],
  isExcused: (unless: Unless, file: SourceFile) => boolean,
): ((file: SourceFile, reads: ReadsOf, all: Texts) => Promise<Found>) | null {
  const ruled = rules.flatMap((rule) =>
    'fact' in rule.detect && rule.detect.fact !== undefined
      ? [{ rule, fact: rule.detect.fact, ...told(rule.detect), find: FINDS[rule.detect.fact] }]
      : [],
  );
  if (ruled.length === 0) return null;
  return async (file, reads, all) => {
    const before = baseOf(file);
    const isOnce = lazy(() => ONCE.test(file.text) || decideCodeTool(file) !== null);
    const read = readerOf(all);
    const { facts, functions, known, clipped, left } = await reads.head(file);
    const then = before && (await reads.base(before));
    const changed = before &&
      then && {
        ...listChanged(file),
        facts: then.facts,
        functions: {
          base: [...then.functions, ...listHandlers(then.facts, then.functions)],
          head: [...functions, ...listHandlers(facts, functions)],
          known,
        },
        read: readerOf(filesOf(before)),
        path: file.path,
      };
    const language = decideLanguage(file.kind);
    const findings = ruled.flatMap(({ rule, fact, words, find, unless }) => {
      const own = language === null ? undefined : words[language];
      const hits = find(facts, read, changed).filter(({ place }) => place.path === file.path);
      return hits.length === 0 || isOnce() || isExcused(unless, file)
        ? []
        : hits.map((hit) => ({
            ...describeHit({ ...rule, ...own }, file, hit),
            ...asksOf(unless),
            ...(COMPARED.has(fact) && { compared: true as const }),
          }));
    });
    return { findings, clipped: clipped || left.length > 0 };
  };
}

/** What a rule by facts alone says in the words of a language. */
function told(detect: Rule['detect']): { words: FactWords; unless: Unless } {
  return { words: 'words' in detect ? detect.words : {}, unless: 'unless' in detect ? detect.unless : {} };
}

type FactWords = Extract<Rule['detect'], { words: unknown }>['words'];

function listChanged({ hunks }: SourceFile): Pick<FactsBefore, 'removed' | 'added' | 'edits'> {
  const runs = listRuns(hunks ?? []);
  return {
    removed: runs.flatMap(({ removed }) => removed.map(toChanged)),
    added: runs.flatMap(({ added }) => added.map(toChanged)),
    edits: runs.map(({ removed, added, newStart }) => ({
      removed: removed.map(toChanged),
      added: added.map(toChanged),
      at: newStart,
    })),
  };
}

function toChanged({ oldLine, newLine, text }: HunkLine): ChangedLine {
  return { line: oldLine ?? newLine ?? 0, text };
}

/** The file before the change; null where that is not known, or the same. */
function baseOf(file: SourceFile): SourceFile | null {
  const { base, hunks } = file;
  return typeof base === 'string' && hunks && hunks.length > 0 ? { ...file, text: base, hunks: null } : null;
}

/** One for all files that ran together. */
const readerOf = memo((files: Texts): ReadPlace => {
  const lines = lazy(() => new Map(files.map(({ path, text }) => [path, text.split('\n')])));
  return ({ path, startLine, endLine }) => (lines().get(path) ?? []).slice(startLine - 1, endLine).join('\n');
});

interface Found {
  findings: RawFinding[];
  clipped: boolean;
}

function describeHit(
  rule: Rule,
  file: SourceFile,
  {
    place,
    last = place.startLine,
    side,
    symbol,
    promised,
    specified,
    moved,
    keptBy,
    values,
    suspected = false,
    certain,
    row,
  }: FactHit,
): RawFinding {
  // The handler is no part of what lacks something.
  const where = { startLine: place.startLine, endLine: last, symbol };
  const found = describeRule(suspected ? { ...rule, confidence: 'low' } : rule, file, where, 'data-flow', values);
  const finding =
    side === 'LEFT'
      ? {
          ...found,
          side,
          evidence: quoteLines(file.base ?? '', place.startLine, place.startLine),
          snippet: symbol,
          ...(moved && { moved }),
          ...(keptBy && { keptBy }),
        }
      : {
          ...found,
          ...(keptBy && { keptBy }),
          ...(certain && { certain }),
          ...(specified && { specified }),
          ...(row && { row }),
        };
  if (!promised) return finding;
  const accepted = findAccepted(file, { side: side ?? 'RIGHT', startLine: place.startLine, endLine: place.startLine });
  const told = accepted ? markAccepted(finding, accepted) : finding;
  return accepted?.counts || promised.path === null
    ? told
    : { ...told, promised: { ...promised, path: promised.path } };
}

/** Somebody says in the code that the break is meant. */
function findAccepted(file: SourceFile, placed: Placed): Acceptance | undefined {
  const { all, covers } = acceptedIn(file);
  return all.find((one) => covers(one, { base: null, head: null, up: null }, placed));
}

/** Of a file, however much it breaks. */
const acceptedIn = memo(({ text, hunks, foreign = false }: SourceFile) => ({
  all: findAcceptances({ text, hunks: hunks ?? [], foreign }),
  covers: createCovers(text, hunks ?? []),
}));
