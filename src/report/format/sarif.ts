import { pathToFileURL } from 'node:url';
import { type Finding, isSuspected, type Severity } from '../../findings/finding.ts';
import { describeReason } from '../../render/describe-reason.ts';
import { explainFinding } from '../../render/explain-finding.ts';
import { cutText } from '../../text/cut-text.ts';
import { escapeInvisibleInJson } from '../../text/invisible.ts';
import { VERSION } from '../../version.ts';
import type { Report } from '../report.ts';
import { introduce, linesInHead } from './describe-place.ts';

const LEVEL: Record<Severity, string> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/**
 * GitHub code scanning reads a number from 0 to 10 of a rule with the tag `security`, and shows alerts of the others by their level.
 * Source: docs.github.com, SARIF support, security-severity.
 */
const SECURITY_SEVERITY: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

/**
 * SARIF 2.1.0. Source: docs.oasis-open.org/sarif/sarif/v2.1.0. It knows lines of the head alone: a finding on a removed line stands
 * on the one beside which that was, and quotes it. Paths are those of the repository, which is what code scanning knows; `root` says
 * where that lies, if it is not where the command was given.
 */
export function formatSarif({ result, head }: Report, root: string | null = null): string {
  const { findings } = result;
  const rules = [...new Map(findings.map((finding) => [finding.ruleId, finding])).values()];
  const unreviewed = result.coverage.files.filter((file) => file.status === 'clipped');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'backend-dev',
            version: VERSION,
            informationUri: 'https://github.com/apps/backend-dev',
            rules: rules.map(toRule),
          },
        },
        ...(root !== null && { originalUriBaseIds: { [ROOT]: { uri: pathToFileURL(`${root}/`).href } } }),
        ...(head && { versionControlProvenance: [{ repositoryUri: 'https://github.com', revisionId: head }] }),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unreviewed.map((file) => ({
              level: 'warning',
              message: { text: escapeMessage(`not fully reviewed: ${describeReason(file) ?? ''}`) },
              locations: [{ physicalLocation: { artifactLocation: toArtifact(file.path) } }],
            })),
          },
        ],
        results: findings.map((finding) =>
          toResult(
            finding,
            rules.findIndex((rule) => rule.ruleId === finding.ruleId),
          ),
        ),
      },
    ],
  };
  return `${escapeInvisibleInJson(JSON.stringify(log, null, 2))}\n`;
}

function toRule(finding: Finding) {
  const [helpUri] = finding.references;
  const isSecurity = finding.principle.startsWith('security/');
  return {
    id: finding.ruleId,
    shortDescription: { text: escapeMessage(finding.title) },
    ...(finding.why !== '' && { fullDescription: { text: escapeMessage(finding.why) } }),
    ...(helpUri && { helpUri }),
    properties: {
      tags: [
        ...(isSecurity ? ['security'] : []),
        finding.principle,
        ...finding.cwe.map((cwe) => `external/cwe/${cwe.toLowerCase()}`),
      ],
      ...(isSecurity && { 'security-severity': SECURITY_SEVERITY[finding.severity] }),
    },
  };
}

function toResult(finding: Finding, ruleIndex: number) {
  const lines = linesInHead(finding);
  const location = (startLine: number, endLine: number, text?: string, path = finding.path) => ({
    physicalLocation: {
      artifactLocation: toArtifact(path),
      region: { startLine, endLine },
    },
    ...(text && { message: { text: escapeMessage(text) } }),
  });
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: isSuspected(finding) ? 'note' : LEVEL[finding.severity],
    message: {
      text: escapeMessage(
        `${introduce(finding)}${finding.title}. ${explainFinding(finding)}${finding.fix ? ` Fix: ${finding.fix}` : ''}${quoteRemoved(finding)}`,
      ),
    },
    locations: [location(lines.startLine, lines.endLine)],
    partialFingerprints: { 'backendDev/v1': finding.fingerprint },
    ...(finding.trace.length > 0 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: finding.trace.map((step) => ({
                location: location(step.line, step.line, step.text, step.path),
              })),
            },
          ],
        },
      ],
    }),
  };
}

/** Whoever reads it sees the head: what is gone from there is told. */
function quoteRemoved({ side, evidence }: Finding): string {
  return side === 'LEFT' ? ` Removed: ${cutText(evidence, MOST_QUOTED, '…')}` : '';
}

const MOST_QUOTED = 500;

/**
 * Text in which SARIF's own links (`[text](address)`) and placeholders (`{0}`) are what they look like. Source: SARIF 2.1.0,
 * 3.11.5 and 3.11.6.
 */
function escapeMessage(text: string): string {
  return text.replace(/(\\*)\](?=\()/g, '$1$1\\]').replace(/\{(\d+)\}/g, '{{$1}}');
}

/** Where paths begin: the top of the repository. */
const ROOT = '%SRCROOT%';

function toArtifact(path: string) {
  return { uri: encodePath(path), uriBaseId: ROOT };
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
