import { escapeInvisibleInJson } from '../../text/invisible.ts';
import { type Report, toPublicReport } from '../report.ts';

export function formatJson(report: Report): string {
  return `${escapeInvisibleInJson(JSON.stringify(toPublicReport(report), null, 2))}\n`;
}
