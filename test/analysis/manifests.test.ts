import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import { blankTemplates } from '../../src/analysis/manifests/blank-templates.ts';
import { PathText } from '../../src/analysis/manifests/path.ts';
import { Rule } from '../../src/analysis/rules/rule.ts';
import { type Hunk, parsePatch } from '../../src/diff/patch.ts';
import { pickNew } from '../../src/findings/base-finding.ts';
import { fingerprintFindings } from '../../src/findings/fingerprint.ts';
import { placeFindings } from '../../src/findings/place.ts';
import { decideSelection } from '../../src/scope/select.ts';

const [agent] = [...loadAgents().values()].filter(({ name }) => name === 'backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));

async function analyse(path: string, text: string, hunks: Hunk[] | null = null) {
  const selection = decideSelection(path);
  if (!('kind' in selection)) throw new Error(`${path} is not looked at`);
  const { outcomes, before } = await analyseFile(analysers, { path, kind: selection.kind, text, hunks });
  const own = outcomes.find(({ analyser }) => analyser === 'manifests')?.outcome;
  const findings = own && own.status !== 'failed' ? own.findings : [];
  return { own, findings, before: before ?? [] };
}

/** What a review of the change says, by rule and line. */
async function review(path: string, text: string, patch: string): Promise<string[]> {
  const hunks = parsePatch(patch);
  const { findings, before } = await analyse(path, text, hunks);
  const known = fingerprintFindings(findings);
  const fresh = pickNew(known, before, hunks);
  return placeFindings(known, hunks, fresh).map((one) => `${one.ruleId} ${one.startLine}`);
}

const HEAD =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  selector: {}\n  template:\n    spec:\n      containers:\n';
const API = '        - name: api\n          image: acme/api:1\n';

describe('what a change is told', () => {
  const none = ['container-without-memory-limit'];
  it('a new container without limits, on its own line; the old one beside it is left alone', async () => {
    const text = `${HEAD}${API}        - name: proxy\n          image: acme/proxy:1\n`;
    const patch =
      '@@ -9,2 +9,4 @@\n         - name: api\n           image: acme/api:1\n+        - name: proxy\n+          image: acme/proxy:1';
    expect(await review('deploy/api.yaml', text, patch)).toEqual([`${none[0]} 11`]);
  });

  it('nothing of an old container whose image changed', async () => {
    const patch = '@@ -9,2 +9,2 @@\n         - name: api\n-          image: acme/api:0\n+          image: acme/api:1';
    expect(await review('deploy/api.yaml', HEAD + API, patch)).toEqual([]);
  });

  it('limits that were taken away, at the removed line', async () => {
    const patch =
      '@@ -9,3 +9,2 @@\n         - name: api\n           image: acme/api:1\n-          resources: { limits: { memory: 1Gi } }';
    expect(await review('deploy/api.yaml', HEAD + API, patch)).toEqual([`${none[0]} 11`]);
  });
});

const FLAWED = 'services:\n  api:\n    build: .\n    privileged: true\n';

describe('a file for developers and readers', () => {
  it.each([
    'compose.dev.yml',
    'docker-compose.override.yml',
    'docker-compose-local.yaml',
    'examples/compose.yaml',
    'docs/deploy/compose.yml',
    '.devcontainer/docker-compose.yml',
    'deploy/overlays/dev/compose.yaml',
  ])('%s is left alone', async (path) => expect((await analyse(path, FLAWED)).findings).toEqual([]));

  it.each([
    'compose.yaml',
    'docker-compose.prod.yml',
    'deploy/stack.yml',
    'services/devices/compose.yml',
    '../shop/compose.yaml',
  ])('%s is not', async (path) =>
    expect((await analyse(path, FLAWED)).findings.map((one) => one.ruleId)).toEqual(['container-privileged']),
  );
});

describe('a template of Helm', () => {
  const text = [
    '{{- if .Values.enabled }}',
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    '  name: {{ include "api.fullname" . }}',
    'spec:',
    '  selector: {}',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: {{ .Chart.Name }}',
    '          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
    '          securityContext:',
    '            privileged: true',
    '{{- end }}',
    '',
  ].join('\n');
  it('keeps its lines', async () => {
    const { findings } = await analyse('charts/api/templates/deployment.yaml', text);
    expect(findings.map((one) => `${one.ruleId} ${one.startLine}`)).toEqual([
      'container-privileged 14',
      'container-without-memory-limit 11',
    ]);
    expect(blankTemplates(text).text).toHaveLength(text.length);
  });

  it('is not said to lack what a template may write', async () => {
    const filled = text.replace(
      '          securityContext:',
      '          {{- include "api.resources" . | nindent 10 }}\n          securityContext:',
    );
    const { findings } = await analyse('charts/api/templates/deployment.yaml', filled);
    expect(findings.map((one) => `${one.ruleId} ${one.startLine}`)).toEqual(['container-privileged 15']);
  });
});

describe('hostile and broken text', () => {
  const bomb = `services:\n  a: &a { image: x }\n${'lol'
    .repeat(3)
    .split('')
    .map((_, at) => `  b${at}: &b${at} [${`*${at === 0 ? 'a' : `b${at - 1}`},`.repeat(9)}]`)
    .join('\n')}\n  privileged: {}\n`;
  it.each([
    ['aliases of aliases', bomb],
    ['a map that is merged into itself', 'services: &s\n  <<: *s\n  api: { image: x, privileged: true }\n'],
    ['an anchor within itself', 'services:\n  api: &a\n    privileged: true\n    volumes: [*a]\n    image: x\n'],
    [
      'keys that are maps',
      'services:\n  ? { a: 1 }\n  : { privileged: true }\n  api: { ? [a] : b, privileged: true }\n',
    ],
    ['nothing', 'services:\n'],
    ['a list', 'services:\n  - privileged: true\n'],
  ])('%s ends', async (_, text) => {
    const { own } = await analyse('compose.yaml', text);
    expect(own?.status).not.toBe('failed');
  });

  it('what is no YAML is told', async () => {
    const { own } = await analyse('compose.yaml', 'services:\n  api: { privileged: true\n  - x\n');
    expect(own).toMatchObject({ status: 'clipped', reason: expect.stringContaining('no YAML') });
  });

  it('what costs too much is told, and a definition without containers is no gap', async () => {
    const long = `services:\n  api:\n    privileged: true\n    labels:\n${'      - a=b\n'.repeat(7000)}`;
    expect((await analyse('compose.yaml', long)).own).toMatchObject({ status: 'clipped' });
    const schema = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  privileged: {}\n  kinds: # Deployment\n${'    - a\n'.repeat(7000)}`;
    expect((await analyse('deploy/crd.yaml', schema)).own).toMatchObject({ status: 'analysed', findings: [] });
  });
});

describe('a rule of manifests', () => {
  const data = {
    id: 'a-rule',
    principle: 'principles/security-first',
    cwe: ['CWE-250'],
    severity: 'low',
    confidence: 'high',
    title: 'A',
    explanation: '`{{NAME}}` listens on `{{PORT}}`',
    fix: 'B',
    phrases: ['a'],
    why: 'C',
    falseAlarm: 'D',
    references: ['https://example.com'],
    examples: [{ language: 'compose', invalid: ['a'], valid: ['b'] }],
  };
  const detect = (is: string, path = 'ports.*') => ({
    ...data,
    detect: { manifest: [{ in: 'compose', keywords: ['ports'], each: '/services.*', when: [{ path, is }] }] },
  });
  it('names only what it finds', () => {
    expect(Rule.safeParse(detect('^(?<PORT>\\d+)$')).success).toBe(true);
    expect(Rule.safeParse(detect('^\\d+$')).success).toBe(false);
  });

  it('has paths that are paths', () => {
    expect(Rule.safeParse(detect('^(?<PORT>\\d+)$', 'ports..x')).success).toBe(false);
    for (const path of ['.', '/services.*', '**.containers|initContainers.*', '^.^.spec', '/services.@.image'])
      expect(PathText.safeParse(path).success).toBe(true);
  });
});
