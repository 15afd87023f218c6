import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DCLinter } from 'dclint';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Namespace, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { urlOfProgram } from '../../src/built-files.ts';
import { ENVIRONMENT_FIELDS, SECRETS } from '../../src/config/env.ts';
import { listFileVariables } from '../../src/config/secret-files.ts';
import { ROOT, readInstructions } from '../support/lay-out-image.ts';
import { makeTempDir } from '../support/temp.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const KNOWN = new Set([...Object.keys(ENVIRONMENT_FIELDS), ...SECRETS.flatMap(listFileVariables), 'NODE_ENV']);
const { version } = JSON.parse(read('package.json')) as { version: string };

/** Secrets that are set as values, and variables that the App does not read. */
const wrong = (variables: readonly string[]): string[] =>
  variables.filter((one) => !KNOWN.has(one) || SECRETS.includes(one));

interface ComposeService {
  image: string;
  environment: Record<string, string>;
  secrets: string[];
  cap_drop: string[];
  cap_add?: string[];
  security_opt: string[];
  read_only: boolean;
  mem_limit: string;
  pids_limit: number;
  privileged?: boolean;
  stop_grace_period: string;
}

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml')) as {
    services: Record<string, ComposeService>;
    secrets: Record<string, { file: string }>;
  };
  const { app, postgres } = compose.services;

  it('fits the schema of the Compose specification', async () => {
    const lint = async (dir: string): Promise<string[]> => {
      const [result] = await new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] }).lintFiles(
        [join(dir, 'compose.yaml')],
        false,
      );
      const messages = (result?.messages ?? []) as { rule: string; message: string }[];
      return messages.filter((one) => one.rule === 'invalid-schema').map((one) => one.message);
    };
    expect(await lint(ROOT)).toEqual([]);
    const broken = makeTempDir();
    writeFileSync(join(broken, 'compose.yaml'), read('compose.yaml').replace('cap_drop:', 'cap_dropp:'));
    expect(await lint(broken)).not.toEqual([]);
  });

  it('gives the App every secret as a file, and only variables that it reads', () => {
    expect(wrong(Object.keys(app?.environment ?? {}))).toEqual([]);
    expect(Object.keys(app?.environment ?? {})).toEqual(
      expect.arrayContaining([
        'PRIVATE_KEY_FILE',
        'WEBHOOK_SECRET_FILE',
        'ANTHROPIC_API_KEY_FILE',
        'DATABASE_URL_FILE',
      ]),
    );
    for (const service of [app, postgres]) {
      const files = Object.entries(service?.environment ?? {})
        .filter(([name]) => name.endsWith('_FILE'))
        .map(([, path]) => path);
      expect(files).toEqual(service?.secrets.map((name) => `/run/secrets/${name}`));
      expect(service?.secrets.filter((name) => !compose.secrets[name])).toEqual([]);
    }
    expect(Object.values(compose.secrets).every(({ file }) => file.startsWith('./secrets/'))).toBe(true);
    expect(read('.gitignore')).toMatch(/^\/secrets\/$/m);
  });

  it('holds every container down, and leaves the App time to end', () => {
    for (const service of Object.values(compose.services)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect([service.cap_add, service.privileged]).toEqual([undefined, undefined]);
      expect([service.mem_limit, service.pids_limit].every(Boolean)).toBe(true);
    }
    expect(postgres?.image).toMatch(/^postgres:18\.\d+-[\w.]+@sha256:[0-9a-f]{64}$/);
    expect(app?.image).toBe(`backend-dev:${version}`);
    expect(Number.parseInt(app?.stop_grace_period ?? '', 10)).toBeGreaterThan(25);
  });
});

type Manifest = Record<string, unknown> & { kind: string; metadata: { name: string } };

const DIR = 'deploy/kubernetes';
const manifests = readdirSync(join(ROOT, DIR))
  .filter((name) => name !== 'kustomization.yaml')
  .flatMap((name) => parseAllDocuments(read(`${DIR}/${name}`)).map((one) => one.toJS() as Manifest));

const MODELS = {
  Namespace: { model: Namespace, from: 'v1' },
  ServiceAccount: { model: ServiceAccount, from: 'v1' },
  Service: { model: Service, from: 'v1' },
  Deployment: { model: Deployment, from: 'apps/v1' },
  PodDisruptionBudget: { model: PodDisruptionBudget, from: 'policy/v1' },
  NetworkPolicy: { model: NetworkPolicy, from: 'networking.k8s.io/v1' },
};

/** The compiler's complaints about manifests as literals of their types: fields that do not exist are among them, which schemas allow. */
function typeCheck(list: readonly Manifest[]): string {
  const dir = join(ROOT, 'node_modules/.cache', `manifests-${process.pid}`);
  mkdirSync(dir, { recursive: true });
  const lines = list.map(({ kind, ...rest }, index) => {
    const { from } = MODELS[kind as keyof typeof MODELS];
    return `import type { I${kind} as T${index} } from 'kubernetes-models/${from}';\nexport const m${index}: T${index} = ${JSON.stringify({ kind, ...rest })};`;
  });
  writeFileSync(join(dir, 'manifests.ts'), lines.join('\n'));
  const settings = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    '',
  ];
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/typescript/bin/tsc'), ...settings, join(dir, 'manifests.ts')],
    { encoding: 'utf8', cwd: dir },
  );
  rmSync(dir, { recursive: true });
  return stdout;
}

describe('deploy/kubernetes', () => {
  it('fits the schemas of Kubernetes', () => {
    expect([...new Set(manifests.map((one) => one.kind))].sort()).toEqual(Object.keys(MODELS).sort());
    for (const manifest of manifests) {
      const { model } = MODELS[manifest.kind as keyof typeof MODELS];
      new model(manifest).validate();
    }
    const [first] = manifests.filter((one) => one.kind === 'Deployment');
    expect(() => new Deployment({ ...first, spec: { replicas: 'two' } } as never).validate()).toThrow();
  });

  it('sets no field that Kubernetes does not have', () => {
    expect(typeCheck(manifests)).toBe('');
    const [first] = manifests.filter((one) => one.kind === 'Deployment');
    expect(
      typeCheck([JSON.parse(JSON.stringify(first).replace('"readOnlyRootFilesystem"', '"readOnlyRoot"')) as Manifest]),
    ).toContain('readOnlyRoot');
  });

  it('is whole: every file is named, and only those', () => {
    const kustomization = parse(read(`${DIR}/kustomization.yaml`)) as {
      resources: string[];
      images: { newTag: string }[];
      configMapGenerator: { literals: string[] }[];
    };
    expect([...kustomization.resources, 'kustomization.yaml'].sort()).toEqual(readdirSync(join(ROOT, DIR)).sort());
    expect(kustomization.images[0]?.newTag).toBe(version);
    expect(wrong(kustomization.configMapGenerator[0]?.literals.map((one) => one.split('=')[0] ?? '') ?? [])).toEqual(
      [],
    );
  });

  const canBuild = spawnSync('kubectl', ['kustomize', '--help']).status === 0;
  it.runIf(canBuild)('is built by kustomize', () => {
    const built = parseAllDocuments(execFileSync('kubectl', ['kustomize', join(ROOT, DIR)], { encoding: 'utf8' })).map(
      (one) => one.toJS() as Manifest,
    );
    expect(built.map((one) => one.kind).sort()).toEqual([...manifests.map((one) => one.kind), 'ConfigMap'].sort());
    for (const manifest of built.filter((one) => one.kind in MODELS))
      new MODELS[manifest.kind as keyof typeof MODELS].model(manifest).validate();
    expect(JSON.stringify(built)).not.toContain('"image":"backend-dev"');
  });

  it.each(['web', 'worker'])(
    'meets the restricted Pod Security Standard, has limits, probes and no token: %s',
    (role) => {
      const manifest = manifests.find(
        (one) => one.metadata.name === `backend-dev-${role}` && one.kind === 'Deployment',
      );
      const { spec } = (manifest as unknown as { spec: { template: { spec: PodSpec } } }).spec.template;
      const [container] = spec.containers;
      const uid = readInstructions()
        .find((one) => one.getKeyword() === 'USER')
        ?.getArgumentsContent();
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(`${spec.securityContext.runAsUser}:${spec.securityContext.runAsGroup}`).toBe(uid);
      expect(container).toMatchObject({
        args: ['--role', role],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        livenessProbe: { httpGet: { path: '/healthz' } },
        readinessProbe: { httpGet: { path: '/readyz' } },
        resources: {
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: { memory: expect.anything() },
        },
      });
      expect(wrong((container?.env ?? []).map((one) => one.name))).toEqual([]);
      // Every secret that is named is mounted, and no other.
      const named = [...read(`${DIR}/kustomization.yaml`).matchAll(/_FILE=\/run\/secrets\/backend-dev\/(\S+)/g)].map(
        (one) => one[1],
      );
      const own = (container?.env ?? []).map((one) => one.value.split('/').at(-1));
      const mounted = spec.volumes.flatMap((one) => one.secret?.items.map(({ path }) => path) ?? []);
      expect(new Set(mounted)).toEqual(new Set([...named, ...own]));
      expect(spec.volumes.map((one) => one.name).sort()).toEqual(container?.volumeMounts.map((one) => one.name).sort());
    },
  );
});

interface PodSpec {
  securityContext: { runAsUser: number; runAsGroup: number };
  containers: { env?: { name: string; value: string }[]; volumeMounts: { name: string }[] }[];
  volumes: { name: string; secret?: { items: { path: string }[] } }[];
}

describe('the systemd unit', () => {
  const unit = read('deploy/systemd/backend-dev.service');
  const values = (key: string): string[] =>
    [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map((one) => one[1] ?? '');

  it('hands every secret over as a credential, and sets only variables that the App reads', () => {
    const variables = values('Environment').flatMap((line) =>
      line.split(' ').map((one) => one.split('=') as [string, string]),
    );
    expect(wrong(variables.map(([name]) => name))).toEqual([]);
    const credentials = values('LoadCredential').map((one) => `%d/${one.split(':')[0]}`);
    expect(
      variables
        .filter(([name]) => name.endsWith('_FILE'))
        .map(([, path]) => path)
        .sort(),
    ).toEqual(credentials.sort());
    expect(values('LoadCredential').every((one) => /^[\w-]+:\/etc\/backend-dev\//.test(one))).toBe(true);
  });

  it('leaves the App time to end, and does not start again what a wrong setting stopped', () => {
    expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(25);
    expect(values('RestartPreventExitStatus')).toEqual(['2']);
  });

  const canVerify = spawnSync('systemd-analyze', ['--version']).status === 0;
  it.runIf(canVerify)('is accepted by systemd, and counted among the well hardened', () => {
    const file = join(makeTempDir(), 'backend-dev.service');
    writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect({
      code: verified.status,
      said: verified.stderr.split('\n').filter((line) => line.includes('backend-dev')),
    }).toEqual({ code: 0, said: [] });
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', file], { encoding: 'utf8' });
    expect(Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
  });
});

it('our own analysers find nothing in what is built, deployed and run in CI', async () => {
  const paths = ['.github', 'Dockerfile', 'compose.yaml', 'deploy', 'action.yml'];
  const args = [fileURLToPath(urlOfProgram('cli/main')), 'scan', ...paths, '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH } });
  const { findings, coverage } = JSON.parse(stdout) as { findings: unknown[]; coverage: { files: unknown[] } };
  expect(findings).toEqual([]);
  expect(coverage.files.length).toBeGreaterThan(12);
});
