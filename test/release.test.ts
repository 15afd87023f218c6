import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const { version, engines } = JSON.parse(read('package.json')) as { version: string; engines: { node: string } };

describe('a release', () => {
  it('has one version, and the changelog knows it', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      version: string;
      packages: Record<string, { version: string }>;
    };
    expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## ${version.replaceAll('.', '\\.')} `, 'm'));
    expect(read('docs/self-hosting.md')).toContain(`backend-dev:${version}`);
  });

  it('is tested, says where it comes from and what is in it, by actions that are pinned', () => {
    const { jobs, permissions } = parse(read('.github/workflows/release.yml')) as {
      permissions: unknown;
      jobs: Record<string, { needs?: string; permissions?: unknown; steps: { run?: string; uses?: string }[] }>;
    };
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs['publish']?.needs).toBe('test');
    expect(jobs['publish']?.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const commands = steps.map(({ run = '' }) => run).join('\n');
    expect(commands).toContain('.ci/run');
    expect(commands).toContain('npm publish --provenance');
    expect(commands).toMatch(/npm sbom .*cyclonedx/);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });

  it('comes with what people look for: security, conduct, forms', () => {
    for (const path of [
      'SECURITY.md',
      'CODE_OF_CONDUCT.md',
      'CONTRIBUTING.md',
      'LICENSE',
      '.github/pull_request_template.md',
    ])
      expect(read(path).length).toBeGreaterThan(100);
    const forms = readdirSync(fileURLToPath(new URL('../.github/ISSUE_TEMPLATE', import.meta.url)));
    expect(forms.sort()).toEqual(['config.yml', 'defect.yml', 'false-alarm.yml']);
    for (const form of forms.filter((name) => name !== 'config.yml'))
      expect(parse(read(`.github/ISSUE_TEMPLATE/${form}`))).toMatchObject({
        name: expect.any(String),
        body: expect.any(Array),
      });
  });

  it('is installed in silence: npm tells neither of engines nor of funds', () => {
    expect(read('.npmrc')).toMatch(/^loglevel=error$/m);
    expect(read('.npmrc')).toMatch(/^fund=false$/m);
    expect(engines.node).toBe('>=22.18');
  });
});

describe('the README', () => {
  const readme = read('README.md');
  it('begins with a picture of a review and the four ways in', () => {
    const at = ['![', '## Four ways in', '**1. ', '**2. ', '**3. ', '**4. ', '## What it does'].map((mark) =>
      readme.indexOf(mark),
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(Math.min(...at)).toBeGreaterThan(0);
  });

  it('leads nowhere that is not there', () => {
    const links = [...readme.matchAll(/\]\(([^):#]+)[^)]*\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(8);
    for (const path of links) expect(() => read(path)).not.toThrow();
  });
});
