import { defineConfig } from 'vitest/config';

/** Examples of rules and of flows: data, of which there is more each week. */
const RULES = ['test/analysis/examples.test.ts', 'test/flows/programs.test.ts'];

/** What takes its seconds by nature: texts made to cost all that they may, and lives of many pushes. */
const LONG = [
  'test/flows/hostile.test.ts',
  'test/analysis/flows/hostile.test.ts',
  'test/review/life-property.test.ts',
  'test/diff/anchor-property.test.ts',
];

/** Those that start the App on a database, and those of the database itself. */
const DATABASE = ['test/queue/**/*.test.ts'];

/** Tests that start a server or another program, or wait as GitHub's limits ask. */
const E2E = [
  'test/{cli,deploy,e2e,git,hostile,sandbox}/**/*.test.ts',
  'test/mcp/{confinement,ending,tools}.test.ts',
  'test/action/run-*.test.ts',
  'test/soak/{soak,bodies}.test.ts',
  'test/analysis/process/pool.test.ts',
  'test/github/{adapter,installations}.test.ts',
];

/** Pull requests for the evaluation: their tests are part of what is reviewed, and run nowhere. */
const CASES = 'test/eval/{cases,unseen}/**';

/** One load of the modules, grammars and rules for all files of a worker: most of the time went into doing that again. */
const SHARED = { isolate: false, pool: 'forks' } as const;

/** Creating an embedded database takes seconds, on a loaded machine most of a minute. */
const WITH_DATABASE = {
  globalSetup: ['test/support/start-databases.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          ...SHARED,
          include: ['test/**/*.test.ts'],
          exclude: [...RULES, ...LONG, ...DATABASE, ...E2E, CASES],
        },
      },
      { extends: true, test: { name: 'rules', ...SHARED, include: RULES } },
      { extends: true, test: { name: 'long', include: LONG } },
      { extends: true, test: { name: 'database', include: DATABASE, ...WITH_DATABASE } },
      { extends: true, test: { name: 'e2e', include: E2E, ...WITH_DATABASE } },
    ],
  },
});
