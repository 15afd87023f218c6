import { defineConfig } from 'vitest/config';

/** Tests that start a server, a database or another program, or wait as GitHub's limits ask. All others are the fast ones. */
const WITH_SERVER = [
  'test/{cli,deploy,e2e,git,hostile,queue,sandbox}/**/*.test.ts',
  'test/mcp/{confinement,ending,tools}.test.ts',
  'test/action/run-*.test.ts',
  'test/soak/{soak,bodies}.test.ts',
  'test/analysis/process/pool.test.ts',
  'test/diff/anchor-property.test.ts',
  'test/github/{adapter,installations}.test.ts',
];

/** Pull requests for the evaluation: their tests are part of what is reviewed, and run nowhere. */
const CASES = 'test/eval/{cases,unseen}/**';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only wait for each other, and each end-to-end file starts a database.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...WITH_SERVER, CASES] } },
      {
        extends: true,
        test: {
          name: 'server',
          include: WITH_SERVER,
          globalSetup: ['test/support/start-databases.ts'],
          // Creating an embedded database takes seconds, on a loaded machine most of a minute.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
