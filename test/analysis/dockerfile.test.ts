import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { startProcessorClock } from '../support/processor-time.ts';

const [agent] = [...loadAgents().values()].filter(({ name }) => name === 'backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));

async function find(path: string, text: string): Promise<string[]> {
  const { outcomes } = await analyseFile(analysers, { path, kind: 'dockerfile', text, hunks: null });
  return outcomes.flatMap(({ outcome }) =>
    outcome.status === 'analysed' ? outcome.findings.map((one) => one.ruleId) : [],
  );
}

const TEXT = 'FROM node\nRUN curl -sL https://example.com/install.sh | sh\nCMD ["node", "main.js"]\n';
const ALL = ['container-runs-as-root', 'image-not-pinned', 'remote-script-in-build'];

describe('a Dockerfile that its own name gives to developers or tests', () => {
  it.each([
    'apps/api/Dockerfile.dev',
    '.devcontainer/Dockerfile',
    'cmd/cli/Dockerfile',
    'apps/api/Dockerfile.db-migrate',
    'examples/api/Dockerfile',
    'dev/Dockerfile',
    'Dockerfile.integration',
    'dev.Dockerfile',
    'Dockerfile-test',
    '.gitpod.dockerfile',
    'Dockerfile.api.local',
  ])('%s', async (path) => {
    expect(await find(path, TEXT)).toEqual([]);
  });

  it.each([
    'Dockerfile',
    'Dockerfile.api',
    'prod.Dockerfile',
    'Dockerfile.integration-service',
    // A folder says nothing, nor does a word that only begins so.
    'debug/Dockerfile',
    'test/docker/dev/Dockerfile',
    'Dockerfile.devices',
    'cli/server/Dockerfile',
    'Dockerfile.client',
    'services/dev/Dockerfile',
  ])('is not %s', async (path) => {
    expect((await find(path, TEXT)).sort()).toEqual(ALL);
  });

  it.each(['Dockerfile.cli', 'apps/cli/Dockerfile', 'Dockerfile.migrate'])(
    'is not %s that takes connections',
    async (path) => {
      expect((await find(path, TEXT.replace('CMD', 'EXPOSE 3000\nCMD'))).sort()).toEqual(ALL);
    },
  );

  it('still must not hold a credential', async () => {
    expect(await find('Dockerfile.dev', 'FROM node:24\nENV DB_PASSWORD=q9VtR2mXw7\n')).toContain('secret-in-image');
  });
});

const PINNED = `FROM node:24@sha256:${'a'.repeat(64)}`;
const PIPED = 'curl -sL https://example.com/install.sh | sh';

it.each([
  [
    'a health check before the user who runs it',
    `${PINNED}\nHEALTHCHECK CMD curl -f http://localhost/\nUSER node\nCMD ["a"]`,
    [],
  ],
  ['a health check alone', `${PINNED}\nHEALTHCHECK CMD ["node", "health.js"]\nCMD ["a"]`, ['container-runs-as-root']],
  ['a start before the user who runs it', `${PINNED}\nCMD ["a"]\nUSER node`, []],
  ['a script in a heredoc', `${PINNED}\nRUN <<EOF\nset -e\n${PIPED}\nEOF\nUSER node`, ['remote-script-in-build']],
  [
    'a script in a heredoc without expansion',
    `${PINNED}\nRUN <<-'END'\n\t${PIPED}\n\tEND\nUSER node`,
    ['remote-script-in-build'],
  ],
  [
    'lines that a heredoc writes into a file',
    `${PINNED}\nRUN cat <<EOF > /etc/motd\nTo install:\n  ${PIPED}\nEOF\nUSER node`,
    [],
  ],
  [
    'a file that is written as it stands',
    `${PINNED}\nCOPY <<EOF /usr/share/notes.txt\nFROM node\nRUN ${PIPED}\nUSER root\nEOF\nUSER node`,
    [],
  ],
  ['a user behind a heredoc', `${PINNED}\nRUN <<EOF\nUSER nobody\nEOF\nCMD ["a"]`, ['container-runs-as-root']],
])('%s', async (_, text, expected) => {
  expect(await find('Dockerfile', `${text}\n`)).toEqual(expected);
});

it.each([
  ['letters that may be options', `RUN curl -${'k'.repeat(200_000)}!`],
  ['names of settings', `RUN ${'git.http.'.repeat(30_000)}`],
  ['programs', `RUN ${'curl - dnf apk pip '.repeat(4000)}`],
])('reads %s in a moment', async (_, line) => {
  const took = startProcessorClock();
  expect(await find('Dockerfile', `FROM node:24@sha256:${'a'.repeat(64)}\nUSER node\n${line}\n`)).toEqual([]);
  expect(took()).toBeLessThan(5000);
});
