import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { BUILD, BUILT_FILES, placeInBuild } from './test/support/build.ts';

/** Examples of rules and flows: data, of which there is more each week. */
const RULES = ['test/analysis/examples.test.ts', 'test/flows/programs.test.ts'];

/** They take seconds by nature: texts made to cost all that a file may, and a pull request's life in sixty forms. */
const LONG = [
  'test/analysis/comments-change-nothing.test.ts',
  'test/**/{hostile,*-hostile}.test.ts',
  'test/pipeline/life-property.test.ts',
  'test/diff/anchor-property.test.ts',
];

/** The database itself and the queue on it. */
const DATABASE = ['test/queue/**/*.test.ts'];

/** The App on a database. */
const E2E = [
  'test/e2e/**/*.test.ts',
  'test/hostile/{app,steer/app}.test.ts',
  'test/action/run-both.test.ts',
  'test/deploy/image.test.ts',
];

/** They start a server or another program, or wait as GitHub's limits ask; no database. */
const PROCESS = [
  'test/{cli,deploy,git,hostile,sandbox}/**/*.test.ts',
  'test/mcp/{confinement,ending,tools}.test.ts',
  'test/action/run-*.test.ts',
  'test/soak/{soak,bodies}.test.ts',
  'test/analysis/{parsed-files,process/pool}.test.ts',
  'test/github/{adapter,installations}.test.ts',
  'test/red-run.test.ts',
];

/** Begun first: one of these alone at the end, and the other cores wait for it. The longest stands first. */
const LONGEST = [
  'test/soak/soak.test.ts',
  'test/e2e/kill.test.ts',
  'test/deploy/image.test.ts',
  'test/e2e/life-of-a-review.test.ts',
  'test/cli/cli.test.ts',
  'test/hostile/corpus.test.ts',
  'test/e2e/claude-fails.test.ts',
  'test/action/run-action.test.ts',
  'test/hostile/steer/app.test.ts',
  'test/e2e/webhook-to-review.test.ts',
  'test/queue/clock.test.ts',
  'test/analysis/comments-change-nothing.test.ts',
  'test/e2e/odd-input.test.ts',
  'test/diff/anchor-property.test.ts',
].map((path) => join(import.meta.dirname, path));

/** Pull requests for the evaluation: their tests are part of what is reviewed, and run nowhere. */
const CASES = 'test/eval/{cases,unseen}/**';

const MAKE_BUILD = 'test/support/build.ts';

/**
 * The files of a project share what a worker has loaded: modules, grammars, rules. Loading that anew for each file took two
 * thirds of the time. The room for new objects is that of a larger program, so that little is copied in it. Parsers and the embedded
 * database are WebAssembly: to optimise it takes seconds of processor, which a test that is over in one never has back.
 */
const SHARED = { isolate: false, execArgv: ['--max-semi-space-size=64', '--liftoff-only'] };

/**
 * Starting a program or a database takes seconds, on a loaded machine most of a minute. These wait for other processes, which are too
 * slow once in a while where many share two cores; what is wrong is wrong each time.
 */
const PATIENT = { testTimeout: 180_000, hookTimeout: 180_000, retry: 2 };
const WITH_DATABASE = { ...PATIENT, ...SHARED, globalSetup: ['test/support/start-databases.ts'] };

const isPlaced = (id: string): boolean => id === fileURLToPath(BUILT_FILES);

/** Code of `src/` that a test loads starts the programs of the build, and has the rules as the build read them. */
const fromBuild: Plugin = {
  name: 'from-build',
  enforce: 'pre',
  transform: (code, id) => (isPlaced(id) ? placeInBuild(code) : null),
  // Vitest keeps on disk what became of a file's text; of this one it depends on the build as well.
  configureVitest: ({ defineCacheKeyGenerator }) =>
    defineCacheKeyGenerator(({ id }) => (isPlaced(id) ? BUILD : undefined)),
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const longest = LONGEST.flatMap((path) => rest.filter(({ moduleId }) => moduleId === path));
    return [...longest, ...rest.filter((one) => !longest.includes(one))];
  }
}

export default defineConfig({
  plugins: [fromBuild],
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than there are cores: who waits for another process, or for a pause to end, leaves its own to somebody else.
    maxWorkers: Math.min(availableParallelism(), 4) + 1,
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    // It must get the very `graphql` that our code gets.
    server: { deps: { inline: ['@graphql-inspector/core'] } },
    globalSetup: [MAKE_BUILD],
    projects: [
      {
        extends: true,
        test: {
          ...SHARED,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...RULES, ...LONG, ...DATABASE, ...E2E, ...PROCESS, CASES],
        },
      },
      { extends: true, test: { ...SHARED, name: 'rules', include: RULES } },
      { extends: true, test: { ...SHARED, name: 'long', include: LONG, testTimeout: 180_000 } },
      { extends: true, test: { ...PATIENT, name: 'process', include: PROCESS, exclude: E2E } },
      { extends: true, test: { ...WITH_DATABASE, name: 'database', include: DATABASE } },
      { extends: true, test: { ...WITH_DATABASE, name: 'e2e', include: E2E } },
    ],
  },
});
