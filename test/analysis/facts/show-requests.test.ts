import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { showRequests } from '../../../src/analysis/facts/show-requests.ts';
import { readFacts } from '../../../src/facts/read-facts.ts';
import type { RawFinding } from '../../../src/findings/finding.ts';
import { ShownRequest } from '../../../src/findings/shown-request.ts';
import { findProgramFlows } from '../../../src/flows/find-program-flows.ts';
import { introduceRequest, renderSent } from '../../../src/render/render-request.ts';
import { flowData } from '../../support/flow-data.ts';

const DIR = fileURLToPath(new URL('./requests/', import.meta.url));
const data = flowData();

/** `=== app.js` begins a file of the program; `=== requests`: the lines of flaws, each with what shows it, or `-`. */
function readProgram(name: string): { files: { path: string; text: string }[]; expected: string } {
  const parts = readFileSync(`${DIR}${name}`, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { path: part.slice(0, end).trim(), text: part.slice(end + 1) };
    });
  return {
    files: parts.filter(({ path }) => path !== 'requests'),
    expected: parts.find(({ path }) => path === 'requests')?.text.trim() ?? '',
  };
}

async function show(files: { path: string; text: string }[]): Promise<RawFinding[]> {
  const { findings, entries } = await findProgramFlows(
    files,
    files.map(({ path }) => path),
    data,
  );
  return showRequests(findings, entries, data.classes, async () => (await readFacts(files, data)).facts);
}

function print({ path, startLine, ruleId, request }: RawFinding): string {
  const said = request ? `${introduceRequest(request, (text) => text)}: ${renderSent(request)}` : '-';
  return `${path}:${startLine} ${ruleId} ${said}`;
}

describe('the request that shows a flaw', () => {
  it.each(readdirSync(DIR).sort())('%s', async (name) => {
    const { files, expected } = readProgram(name);
    const shown = await show(files);
    for (const { request } of shown) if (request) expect(ShownRequest.parse(request)).toEqual(request);
    expect(shown.map(print).sort().join('\n')).toBe(expected);
  });

  it('asks for no facts where no way begins at something that can be sent', async () => {
    const { findings, entries } = await findProgramFlows(
      [{ path: 'a.js', text: 'eval(process.argv[2]);' }],
      ['a.js'],
      data,
    );
    const never = () => Promise.reject(new Error('asked'));
    expect(await showRequests(findings, entries, data.classes, never)).toEqual(findings);
  });
});
