import { escapeInvisibleInJson } from '../../review/invisible.ts';
import { VERSION } from '../../version.ts';
import { type Report, toPublicFinding } from '../report.ts';

/** schemaVersion 1 of the public contract. */
export function formatJson({ agent, base, head, result }: Report): string {
  const { files, model } = result.coverage;
  const report = {
    schemaVersion: 1,
    tool: { name: 'backend-dev', version: VERSION },
    agent,
    base,
    head,
    findings: result.findings.map(toPublicFinding),
    coverage: { files, model },
  };
  return `${escapeInvisibleInJson(JSON.stringify(report, null, 2))}\n`;
}
