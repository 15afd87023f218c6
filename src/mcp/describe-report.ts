import type { Finding } from '../findings/finding.ts';
import { groupPlaces, groupSaid } from '../findings/merge.ts';
import { describeReason } from '../render/describe-reason.ts';
import { renderVerdict } from '../render/render-summary.ts';
import { formatFinding } from '../report/format/text.ts';
import type { Report } from '../report/report.ts';
import { describeGap, listUnreviewed } from '../scope/coverage.ts';
import { cutText } from '../text/cut-text.ts';
import { escapeInvisible } from '../text/invisible.ts';

const MOST = 40_000;
const MOST_NAMED = 30;
const CUT = '\n… (cut; the structured result has the rest)';

/** The verdict first, then the findings that are shown, then what was not looked at. */
export function describeReport(
  { agent, config = null, notes = [], result }: Report,
  shown: readonly Finding[],
  leftOut: readonly string[],
): string {
  const { coverage } = result;
  const { model, unlisted } = coverage;
  const gap = describeGap(model);
  const { said, suspected } = groupSaid(result.findings);
  const missing = listUnreviewed(coverage);
  const named = missing
    .slice(0, MOST_NAMED)
    .map((file) => `  ${file.path.replaceAll('\n', '\\n')}: ${describeReason(file)}`);
  const more = missing.length - named.length;
  const blocks = [
    renderVerdict(said, coverage, agent, suspected.length),
    ...groupPlaces(shown).map(
      (finding) => `${formatFinding(finding, (_, text) => text)}\n  For the tool explain: ${finding.fingerprint}`,
    ),
    [...(config === null ? [] : [`Config: ${config}`]), ...notes].join('\n'),
    missing.length > 0 ? ['Not reviewed:', ...named, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n') : '',
    unlisted > 0 ? `Not looked at: ${unlisted} new files. They are too many or too large.` : '',
    gap === null ? '' : `Model: ${gap}`,
    leftOut.length > 0 ? ['Left out here:', ...leftOut.map((line) => `  ${line}`)].join('\n') : '',
  ];
  return cutText(escapeInvisible(blocks.filter((block) => block !== '').join('\n\n')), MOST, CUT);
}
