import type { SourceFile } from '../../change/source-file.ts';
import { touchesOf } from '../../diff/patch.ts';
import { quoteLines } from '../../findings/evidence.ts';
import type { RawFinding } from '../../findings/finding.ts';
import { packageOf } from '../../text/package-of.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import { type Acceptance, findAcceptances, markAccepted } from '../find-acceptances.ts';
import type { Rule } from '../rules/rule.ts';
import { createCovers } from './create-covers.ts';
import type { Comparison, ContractHit, Hit, Relief } from './hit.ts';
import { createPlacer, type Placed } from './place-hit.ts';

type Words = Pick<Rule, 'severity' | 'confidence' | 'title' | 'explanation' | 'fix'>;

/** Loaded only if there is such a file, because most changes have none. */
const COMPARE: Partial<Record<SourceFile['kind'], (base: string, head: string) => Promise<Comparison>>> = {
  openapi: async (base, head) => (await import('./openapi/compare-specs.ts')).compareSpecs(base, head),
  graphql: async (base, head) => await (await import('./graphql/compare-sdl.ts')).compareSdl(base, head),
  protobuf: async (base, head) => (await import('./protobuf/compare-protos.ts')).compareProtos(base, head),
};

/** What one text shows by itself. */
const CHECK: Partial<Record<SourceFile['kind'], (text: string) => Promise<Comparison>>> = {
  openapi: async (text) => (await import('./openapi/check-spec.ts')).checkSpec(text),
  graphql: async (text) => (await import('./graphql/check-sdl.ts')).checkSdl(text),
};

/** What a specification is, whatever its file is called. */
function kindOf({ kind, text }: SourceFile): SourceFile['kind'] {
  return kind === 'yaml' && /^["']?(?:openapi|swagger)["']?\s*:/m.test(text) ? 'openapi' : kind;
}

/** A specification in another language says the same of the same operations. */
const TRANSLATED = /(?:^|\/)(?:locales?|i18n|l10n|translations?)\//i;

/**
 * Specifications that others wrote clients from: what the change breaks for them. Severities and words are those of the rule
 * files, which name what they are about in `detect.contract`.
 */
export function createContractAnalyser(rules: readonly Rule[]): Analyser {
  const byKind = new Map<ContractHit, Rule>();
  for (const rule of rules)
    if ('contract' in rule.detect)
      for (const [kind, words] of Object.entries(rule.detect.contract))
        byKind.set(kind as ContractHit, { ...rule, ...(words as Partial<Words>) });
  return {
    name: 'contracts',
    handles: (file) => byKind.size > 0 && COMPARE[kindOf(file)] !== undefined && !TRANSLATED.test(file.path),
    analyse: async (file) => {
      const kind = kindOf(file);
      const { base, hunks } = file;
      const alone = (await CHECK[kind]?.(file.text)) ?? { hits: [], gap: null };
      const ruled = alone.hits.flatMap((hit) => {
        const rule = byKind.get(hit.kind);
        return rule ? [describeFlaw(rule, file, hit)] : [];
      });
      const compare = COMPARE[kind];
      if (!compare || !hunks || !base || base.trim() === '') return { findings: ruled, clipped: alone.gap };
      const { hits, gap } = await compare(base, file.text);
      const place = createPlacer(hunks);
      const acceptances = findAcceptances(file);
      const covers = createCovers(file.text, hunks);
      const isInner = kind === 'protobuf' && INNER.test(file.path);
      const findings = hits.flatMap((found) => {
        const hit = isInner ? { ...found, relief: found.relief ?? ('inner' as const) } : found;
        const rule = byKind.get(hit.kind);
        if (!rule) return [];
        const placed = place(hit.place);
        const accepted = acceptances.find((one) => covers(one, hit.place, placed));
        const finding = describeHit(rule, { ...file, base }, hit, placed, accepted);
        // Names are in no message that was stored, but for those as JSON.
        const isDoubtful = isInner && hit.kind === 'proto-name-changed';
        return [isDoubtful ? { ...finding, confidence: 'low' as const } : finding];
      });
      return { findings: [...ruled, ...findings], clipped: gap };
    },
  };
}

/** A folder that Go lets nobody import from outside: no client has code of these messages, what was stored or is on its way remains. */
const INNER = /(?:^|\/)internal\//;

const RELIEF: Record<Relief, string> = {
  inner: 'It lies in `internal`, so only what this program itself stored or sent before is concerned.',
  nullable: 'Its values stay what they were: only clients that count on one are concerned.',
  deprecated: 'It was marked deprecated before, so its users were told.',
  unstable: 'Its path says that nothing is promised yet.',
  'new-major':
    'The version says that this is a new major; clients of the one before meet it all the same where the address stays.',
};

/** One schema is written in several files: what is gone from one may stand in another. */
const MAY_MOVE: ReadonlySet<ContractHit> = new Set([
  'graphql-type-removed',
  'graphql-field-removed',
  'proto-type-removed',
  'proto-element-removed',
]);

/** What a document does in many places is said at the first that the change touched. */
function describeFlaw(rule: Rule, file: SourceFile, { kind, symbol, place, values, spots }: Hit): RawFinding {
  const isTouched = file.hunks ? touchesOf(file.hunks) : () => true;
  const spot = spots?.find(({ line }) => isTouched({ startLine: line, endLine: line })) ?? spots?.[0];
  const { startLine, endLine } = spot
    ? { startLine: spot.line, endLine: spot.line }
    : (place.head ?? { startLine: 1, endLine: 1 });
  const where = { startLine, endLine, symbol, snippet: `${kind} ${symbol}` };
  const finding = describeRule(
    rule,
    file,
    where,
    'contracts',
    cleanAll({ ...values, ...(spot && { NAME: spot.name }) }),
  );
  return { ...finding, explanation: finding.explanation + describeMore(spots ?? [], spot?.name) };
}

const MOST_NAMED = 3;

/** The other places of the document, a few of them by name. */
function describeMore(spots: readonly { name: string }[], said: string | undefined): string {
  const others = [...new Set(spots.map(({ name }) => name))].filter((name) => name !== said);
  if (others.length === 0) return '';
  const named = others.slice(0, MOST_NAMED).map(clean).join(', ');
  return ` The same holds of ${named}${others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : ''}.`;
}

function cleanAll(values: Hit['values']): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ BEFORE: '', AFTER: '', ...values }).map(([name, text]) => [name, clean(text)]),
  );
}

/** What is expected to break is still told, as the least. */
function describeHit(
  rule: Rule,
  file: SourceFile & { base: string },
  { symbol, kind, values, relief }: Hit,
  { side, startLine, endLine }: Placed,
  accepted: Acceptance | undefined,
): RawFinding {
  const shown = cleanAll(values);
  const place = { startLine, endLine, symbol, snippet: `${kind} ${symbol}` };
  const finding = describeRule(rule, file, place, 'contracts', shown);
  const whole = {
    ...finding,
    ...(MAY_MOVE.has(kind) && { defined: definedBy(kind, symbol, file) }),
    side,
    evidence: quoteLines(side === 'LEFT' ? file.base : file.text, startLine, endLine),
    ...(relief && lessen(finding, relief, file.foreign ?? false)),
  };
  return accepted ? markAccepted(whole, accepted) : whole;
}

/** Of a change from a fork, what it says of itself counts for nothing: the base alone does. */
function lessen({ explanation, severity }: RawFinding, relief: Relief, isForeign: boolean): Partial<RawFinding> {
  return isForeign && relief === 'new-major'
    ? {
        severity,
        explanation: `${explanation} The version says that this is a new major: in a change from a fork that lowers nothing.`,
      }
    : { severity: relief === 'nullable' ? 'medium' : 'low', explanation: `${explanation} ${RELIEF[relief]}` };
}

/** By what it is found again in another file; a message in a message, or a method of a service, nowhere. */
function definedBy(kind: ContractHit, symbol: string, { path, base }: SourceFile & { base: string }) {
  const [type = '', member = null] = symbol.split('.');
  const isProto = path.endsWith('.proto');
  if (isProto && member !== null) return undefined;
  return {
    type,
    member: kind === 'graphql-field-removed' ? member : null,
    space: isProto ? packageOf(base) : null,
  };
}

/** A stranger's names inside a sentence of ours. */
function clean(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
