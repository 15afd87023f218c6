import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareFacts } from '../../src/facts/compare-facts.ts';
import { watchFacts } from '../../src/facts/extract-facts.ts';
import { type ReadFacts, readFacts } from '../../src/facts/read-facts.ts';
import { findProgramFlows } from '../../src/flows/find-program-flows.ts';
import { flowData } from '../support/flow-data.ts';
import { printFacts } from './print-facts.ts';

const DIR = fileURLToPath(new URL('./programs/', import.meta.url));
const data = flowData();

/** `=== src/app.ts` begins a file of the program, `=== facts` what is to be known of it. */
function readProgram(name: string): { files: { path: string; text: string }[]; expected: string[] } {
  const parts = readFileSync(`${DIR}${name}`, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { path: part.slice(0, end).trim(), text: part.slice(end + 1) };
    });
  const expected = parts.find(({ path }) => path === 'facts')?.text ?? '';
  return { files: parts.filter(({ path }) => path !== 'facts'), expected: expected.trim().split('\n') };
}

describe('facts of a program', () => {
  it.each(readdirSync(DIR).sort())('%s', async (name) => {
    const { files, expected } = readProgram(name);
    const { facts, left, clipped } = await readFacts(files, data);
    expect(printFacts(facts)).toEqual(expected);
    expect({ left, clipped }).toEqual({ left: [], clipped: false });
  });

  it('are seen by the run that looks for flows', async () => {
    for (const name of readdirSync(DIR)) {
      const { files } = readProgram(name);
      const watch = watchFacts(data);
      const paths = files.map(({ path }) => path);
      const { run, own } = await findProgramFlows(files, paths, data, { observer: watch.observer });
      expect(watch.facts(run, own)).toEqual(pick(await readFacts(files, data)));
    }
  });

  it('do not depend on the order of the files', async () => {
    for (const name of readdirSync(DIR)) {
      const { files } = readProgram(name);
      const there = await readFacts(files, data);
      const back = await readFacts(files.toReversed(), data);
      expect(printFacts(back.facts).sort()).toEqual(printFacts(there.facts).sort());
    }
  });
});

function pick({ facts, functions, known, clipped }: ReadFacts): Omit<ReadFacts, 'left'> {
  return { facts, functions, known, clipped };
}

describe('what changed', () => {
  const app = (...lines: string[]) => [
    { path: 'app.ts', text: ["import express from 'express';", 'const app = express();', ...lines].join('\n') },
  ];
  const compare = async (base: string[], head: string[]) => {
    const [before, after] = [await readFacts(app(...base), data), await readFacts(app(...head), data)];
    return compareFacts(before.facts, after.facts).map(
      ({ kind, before: one, after: other }) => `${kind} ${one ? 'had' : 'new'} ${other ? 'has' : 'gone'}`,
    );
  };
  const LIST = "app.get('/orders', requireUser, (req, res) => res.json([]));";

  it.each([
    { what: 'nothing but lines', base: [LIST], head: ['', '// a word', LIST], changes: [] },
    {
      what: 'a route',
      base: [LIST],
      head: [LIST, "app.post('/orders', (req, res) => res.sendStatus(201));"],
      changes: ['routes new has'],
    },
    { what: 'a removed route', base: [LIST], head: [], changes: ['routes had gone', 'answers had gone'] },
    {
      what: 'what runs before it',
      base: [LIST],
      head: [LIST.replace('requireUser, ', '')],
      changes: ['routes had has'],
    },
    {
      what: 'its status code',
      base: [LIST],
      head: [LIST.replace('res.json', 'res.status(206).json')],
      changes: ['routes had has', 'answers had gone', 'answers new has'],
    },
    { what: 'a setting', base: [], head: ['app.listen(process.env.PORT);'], changes: ['settings new has'] },
    {
      what: 'the second of two equal ones',
      base: [LIST, LIST],
      head: [LIST],
      changes: ['routes had gone', 'answers had gone'],
    },
  ])('$what', async ({ base, head, changes }) => {
    expect(await compare(base, head)).toEqual(changes);
  });
});
