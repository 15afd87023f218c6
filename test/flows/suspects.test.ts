import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';
import { readPrograms } from './read-programs.ts';

const programs = readPrograms(fileURLToPath(new URL('./programs/suspected/', import.meta.url)));

it.each(programs.map((one) => [one.name, one] as const))('%s', async (_, { files, expected }) => {
  const paths = files.map(({ path }) => path);
  const { suspects } = await findProgramFlows(files, paths, flowData());
  const said = suspects.map(({ path, startLine, severity, ruleId }) => `${path}:${startLine} ${severity}? ${ruleId}`);
  expect(said.sort()).toEqual(expected);
  expect(suspects.every(({ confidence }) => confidence === 'low')).toBe(true);
});
