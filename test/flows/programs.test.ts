import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { LANGUAGES } from '../../src/languages/form.ts';
import { flowData } from '../support/flow-data.ts';
import { readPrograms } from './read-programs.ts';

const data = flowData();

describe.each(LANGUAGES)('programs in %s', (language) => {
  const programs = readPrograms(fileURLToPath(new URL(`./programs/${language}/`, import.meta.url)));
  it.each(programs.map((one) => [one.name, one] as const))('%s', async (_, { files, expected }) => {
    const { findings, clipped } = await findProgramFlows(
      files,
      files.map(({ path }) => path),
      data,
    );
    const said = findings.map(({ path, startLine, severity, ruleId }) => `${path}:${startLine} ${severity} ${ruleId}`);
    expect(said.sort()).toEqual(expected);
    expect(clipped).toBe(false);
  });
});
