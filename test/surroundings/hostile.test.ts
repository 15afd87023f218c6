import { expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { Declaration, Use } from '../../src/analysis/outline/outline.ts';
import { listChangedNames } from '../../src/surroundings/armed/list-changed-names.ts';
import { checkSpecification } from '../../src/surroundings/check-specification.ts';
import { indexShapes, joinRoutes, readSpecification, shapeOf } from '../../src/surroundings/read-specification.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';
import { startProcessorClock } from '../support/processor-time.ts';

/** Of processor time, on the thread that answers everybody: before there were limits these took minutes. */
const MOST_MS = 1000;

async function within<T>(work: () => T | Promise<T>): Promise<T> {
  const took = startProcessorClock();
  const done = await work();
  expect(took()).toBeLessThan(MOST_MS);
  return done;
}

const FUNCTIONS = 4000;

/** Each calls the next one, and the last one lost a line. */
const declarations = Array.from({ length: FUNCTIONS }, (_, at): Declaration => {
  const [startLine, endLine] = [at * 3 + 1, at * 3 + 3];
  return { name: `f${at}`, kind: 'function', container: null, startLine, endLine, headEndLine: startLine };
});
const uses = Array.from({ length: 20_000 }, (_, at): Use => {
  const caller = at % FUNCTIONS;
  return { name: `f${caller + 1}`, line: caller * 3 + 2, as: 'call', on: null };
});

function changedAt(...lines: number[]) {
  const removed = lines.map((oldLine) => ({ kind: 'removed' as const, oldLine, newLine: null, text: 'check();' }));
  return { path: 'a.ts', text: '', before: '', runs: [{ removed, added: [], newStart: 1 }] as never };
}

function outlining(all: Declaration[], used: Use[]): Analysis {
  const outline = { declarations: all, uses: used, imports: [] };
  return { outline: async (files: readonly unknown[]) => files.map(() => ({ outline })) } as unknown as Analysis;
}

it('goes through a chain of four thousand functions', async () => {
  const names = await within(() => listChangedNames([changedAt(FUNCTIONS * 3 - 1)], outlining(declarations, uses)));
  expect(names.get('a.ts')?.size).toBe(FUNCTIONS);
});

it('names what lost a line, what encloses it and what uses it, and nothing else', async () => {
  const of = (name: string, startLine: number, endLine: number): Declaration => {
    return { name, kind: 'function', container: null, startLine, endLine, headEndLine: startLine };
  };
  const all = [of('outer', 1, 9), of('first', 2, 3), of('second', 5, 6), of('user', 11, 13), of('other', 15, 17)];
  const used: Use[] = [{ name: 'second', line: 12, as: 'call', on: null }];
  const names = await listChangedNames([changedAt(5)], outlining(all, used));
  expect([...(names.get('a.ts') ?? [])].sort()).toEqual(['outer', 'second', 'user']);
});

const SPEC = (paths: number): string =>
  `openapi: 3.0.0\npaths:\n${Array.from({ length: paths }, (_, at) => `  /x${at}/orders:\n    get: {}\n`).join('')}`;
const ROUTES = Array.from({ length: 4000 }, (_, at) => `GET /x${at}/orders`);

it('reads a specification of 200,000 lines, and says nothing of what it cannot know', async () => {
  expect(await within(() => readSpecification(SPEC(100_000)))).toEqual([]);
});

it('joins many routes with many operations', async () => {
  const shapes = indexShapes(readSpecification(SPEC(3900)));
  await within(() => joinRoutes([...ROUTES.map(() => 'GET /orders'), ...ROUTES], shapes));
});

it('takes the shape of a path that is made of brackets', async () => {
  for (const sign of ['{', '<', '[', ':a(']) await within(() => shapeOf(`/${sign.repeat(500_000)}`));
});

it('looks up many findings in many specifications', async () => {
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`api${at}/openapi.yaml`, SPEC(3900)]));
  const findings = Array.from({ length: 20 }, (_, at) => {
    const beside = Array.from({ length: 40 }, (__, other) => `field${other}`);
    return {
      explanation: '',
      specified: { route: `GET /x${at}/orders`, name: `new${at}`, beside, siblings: ROUTES.slice(0, 40) },
    };
  });
  const analysis = { path: 'src/a.ts', outcomes: [{ analyser: 'facts', outcome: { status: 'analysed', findings } }] };
  const repository = createMemoryRepository({ base: files, head: files });
  const [one] = await within(() => checkSpecification([analysis as never], { repository }));
  expect(one?.outcomes).toHaveLength(1);
});
