import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { Content, Snapshot } from '../../src/change/change.ts';
import type { Hunk } from '../../src/diff/patch.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { doubtByPlace } from '../../src/surroundings/doubt-by-place.ts';
import { finding as aFinding } from '../support/finding.ts';

async function confidenceOf(
  path: string,
  text: string,
  own: Partial<RawFinding>,
  manifests: Record<string, string> = {},
  tree: readonly string[] = [],
  /** Lines that the change adds; none: there is no change, all of it is looked at. */
  added: readonly number[] = [],
): Promise<string | null> {
  const finding: RawFinding = { ...aFinding(), confidence: 'high', source: 'rules', trace: [], ...own, path };
  const analysis = {
    path,
    outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const readBase: Snapshot['readBase'] = async (paths) =>
    new Map(
      paths.map((one): [string, Content] => {
        const content = manifests[one];
        return [one, content === undefined ? { kind: 'absent' } : { kind: 'text', text: content }];
      }),
    );
  const snapshot = { readBase, readHead: readBase };
  const [made] = await doubtByPlace(
    [analysis],
    [{ path, kind: 'go', text, hunks: added.length > 0 ? [addedLines(text, added)] : null }],
    snapshot,
    async () => tree,
  );
  const outcome = made?.outcomes[0]?.outcome;
  return outcome && outcome.status !== 'failed' ? (outcome.findings[0]?.confidence ?? null) : null;
}

function addedLines(text: string, added: readonly number[]): Hunk {
  const lines = text.split('\n').map((line, index): Hunk['lines'][number] => {
    const isNew = added.includes(index + 1);
    return { kind: isNew ? 'added' : 'context', oldLine: isNew ? null : index + 1, newLine: index + 1, text: line };
  });
  return { oldStart: 1, newStart: 1, lines };
}

it.each([
  ['plugin_template/resources.py', ['plugin_template/models.py.template'], 'medium', 'low'],
  ['plugin_template/api/resources.py', ['plugin_template/setup.py.j2'], 'low', 'low'],
  ['plugin_template/resources.py', ['plugin_template/models.py.template'], 'high', 'high'],
  ['plugin_template/resources.py', ['plugin_template/page.html.j2', 'other/models.py.template'], 'medium', 'high'],
  ['app/templates/mail.py', ['app/templates/mail.html.tmpl', 'app/templates/index.tmpl'], 'medium', 'high'],
  ['app/resources.py', ['app/models.py.template'], 'medium', 'high'],
] as const)('%s beside %j: %s is %s', async (path, tree, severity, confidence) => {
  expect(await confidenceOf(path, 'c.count += 1\n', { ruleId: 'lost-update', severity }, {}, tree)).toBe(confidence);
});

describe('what its place makes doubtful', () => {
  it.each([
    ['//nolint:gosec\n', 'predictable-token', 'high', 'high'],
    ['# nosec\n', 'predictable-token', 'high', 'high'],
    ['// It is not even remotely secure, but good enough for ids in the log.\n', 'predictable-token', 'high', 'low'],
    ["# Pickle isn't pretty but that way we can pass all types.\n", 'unsafe-deserialization', 'high', 'low'],
    ['# This is deliberately slow.\n', 'blocking-call-in-async', 'medium', 'low'],
    ['//nolint:errcheck\n', 'predictable-token', 'high', 'high'],
    ['// TODO not secure, use crypto/rand\n', 'predictable-token', 'high', 'high'],
    ['// deliberately vulnerable\n', 'predictable-token', 'high', 'high'],
    ['// It is not secure.\n\n', 'predictable-token', 'high', 'high'],
    ['// not secure, by design\n', 'secret-in-source', 'high', 'high'],
    ['// by design\n', 'sql-injection', 'critical', 'critical'],
  ])('what is said beside it: %j %s', async (above, ruleId, severity, confidence) => {
    const text = `package a\n${above}token := weak()\n`;
    const startLine = text.split('\n').length - 1;
    const found = await confidenceOf('a/b.go', text, { ruleId, severity: severity as 'high', startLine });
    expect(found).toBe(confidence === 'critical' ? 'high' : confidence);
  });

  it('what the change itself says of it is no reason', async () => {
    const text = 'package a\n// Not secure, but good enough.\ntoken := weak()\n';
    const own = { ruleId: 'predictable-token', severity: 'high' as const, startLine: 3 };
    expect(await confidenceOf('a/b.go', text, own, {}, [], [3])).toBe('low');
    expect(await confidenceOf('a/b.go', text, own, {}, [], [2, 3])).toBe('high');
    const beside = 'package a\n\ntoken := weak() // by design\n';
    expect(await confidenceOf('a/b.go', beside, own, {}, [], [2])).toBe('low');
    expect(await confidenceOf('a/b.go', beside, own, {}, [], [3])).toBe('high');
    const hash = 'func hash(p string) {\n\t// https://www.keycloak.org/docs/latest\n\tres := key(p, 27500)\n}\n';
    expect(await confidenceOf('a.go', hash, { ruleId: 'cheap-password-hash', startLine: 3 }, {}, [], [2])).toBe('high');
  });

  it.each([
    ['', null],
    ['PORT=3000\nNODE_ENV=production\n', null],
    ['APP_KEY=\n', null],
    ['APP_KEY=0123456789abcdef\n', 'high'],
    ['DATABASE_URL=postgres://a:b@c/d\n', 'high'],
    [null, 'high'],
  ])('a file of settings that stands in the repository: %j', async (text, confidence) => {
    const own = { ruleId: 'secret-file-in-image', evidence: 'COPY --chown=app docker/.env /app/.env' };
    const files = text === null ? {} : { 'docker/.env': text };
    expect(await confidenceOf('Dockerfile', '', own, files)).toBe(confidence);
  });

  it.each([
    [{ 'api/.env.production.example': 'PORT=3000\nNODE_ENV=production\n' }, null],
    [{ 'api/.env.production.example': 'PORT=3000\nDB_PASSWORD=\n' }, 'high'],
    [{ 'api/.env.production.example': 'PORT=3000\n', '.env.production.sample': 'JWT_SECRET=\n' }, 'high'],
    [{ 'api/.env.example': 'PORT=3000\n' }, 'high'],
    [{ '.env.production': 'DB_PASSWORD=dev\n', '.env.production.example': 'DB_PASSWORD=dev\n' }, null],
    [{ '.env.production': 'DB_PASSWORD=r3al\n', '.env.production.example': 'DB_PASSWORD=dev\n' }, 'high'],
  ])('a file of settings and the example that it is made of: %j', async (files, confidence) => {
    const own = { ruleId: 'secret-file-in-image', evidence: 'COPY .env.production ./.env' };
    const texts = files as unknown as Record<string, string>;
    expect(await confidenceOf('Dockerfile', '', own, texts, Object.keys(files))).toBe(confidence);
  });

  it.each([
    ['# WARNING: DO NOT EDIT!\n#\n# This file was generated by plugin_template.\n\n---\n', 'medium', 'low'],
    ['# This file is managed by terraform, do not modify it.\n', 'low', 'low'],
    ['# WARNING: DO NOT EDIT!\n# This file was generated by plugin_template.\n', 'high', 'high'],
    ['# Do not edit the versions by hand.\n', 'medium', 'high'],
    ['# Docs are generated here.\n', 'medium', 'high'],
    ['name: a\n# DO NOT EDIT, generated by plugin_template.\n', 'medium', 'high'],
  ] as const)('a manifest that a tool writes: %j of %s is %s', async (head, severity, confidence) => {
    const text = `${head}on: push\n`;
    const own = { ruleId: 'workflow-may-write-all', severity, startLine: head.split('\n').length };
    expect(await confidenceOf('.github/workflows/ci.yml', text, own)).toBe(confidence);
    const added = head.split('\n').map((_, index) => index + 1);
    expect(await confidenceOf('.github/workflows/ci.yml', text, own, {}, [], added)).toBe('high');
  });

  it('a path from a request is believed, whatever a comment says', async () => {
    const text = '// by design, #nosec\nopen(name) // #nosec\n';
    const trace = [{ path: 'a.go', line: 1, text: 'r', note: 'n' }] as unknown as RawFinding['trace'];
    expect(await confidenceOf('a.go', text, { startLine: 2, trace })).toBe('high');
  });

  it.each([
    [
      'cheap-password-hash',
      'func hash(p string) {\n\t// https://www.keycloak.org/docs/latest\n\tres := key(p, 27500)\n}\n',
      3,
      'low',
    ],
    [
      'cheap-password-hash',
      'func hash(p string) {\n\t// https://stackoverflow.com/a/1\n\tres := key(p, 27500)\n}\n',
      3,
      'high',
    ],
    [
      'cheap-password-hash',
      '// https://www.keycloak.org\nfunc other() {\n}\nfunc hash(p string) {\n\tres := key(p, 27500)\n}\n',
      5,
      'low',
    ],
    [
      'cheap-password-hash',
      'package a\n// https://www.keycloak.org\nfunc other() {\n}\nfunc hash(p string) {\n\tres := key(p, 27500)\n}\n',
      6,
      'high',
    ],
    [
      'weak-cipher',
      'def read(value):\n    """\n    Decrypt an Arista Type 7 encrypted password.\n    """\n    c = TripleDES(key)\n    encrypt()\n',
      5,
      'low',
    ],
    [
      'weak-cipher',
      'def read(value):\n    """\n    Encrypt a password.\n    """\n    c = TripleDES(key)\n    encrypt()\n',
      5,
      'high',
    ],
  ])('a reference says that others have laid it down: %s %j', async (ruleId, text, startLine, confidence) => {
    expect(await confidenceOf('a/b', text, { ruleId, startLine })).toBe(confidence);
  });

  it.each([
    ['apps/website/src/pages/llms.txt.ts', 'medium', 'low'],
    ['apps/landing/src/app/opengraph-image.tsx', 'medium', 'low'],
    ['apps/website/src/pages/pay.ts', 'high', 'high'],
    ['apps/api/src/landing/pay.ts', 'medium', 'high'],
    ['src/website/pay.ts', 'medium', 'high'],
    ['docs/.vitepress/activity.data.ts', 'medium', 'low'],
    ['src/docs/pay.ts', 'medium', 'high'],
  ])('pages about the product: %s %s', async (path, severity, confidence) => {
    expect(await confidenceOf(path, '', { ruleId: 'missing-request-timeout', severity: severity as 'high' })).toBe(
      confidence,
    );
  });

  it.each([
    ['internal/pkg/sdk3rd/gname/client.go', 'broken-hash', 'low'],
    ['lib/acme-sdk/sign.py', 'weak-password-hash', 'low'],
    ['internal/accounts/sign.go', 'broken-hash', 'high'],
    ['src/plugins/downloaders/MegaCoNz.py', 'weak-cipher', 'low'],
    ['src/plugins/accounts/SmoozedCom.py', 'cheap-password-hash', 'low'],
    ['src/plugins/auth.ts', 'weak-password-hash', 'high'],
    ['src/accounts/hash.py', 'cheap-password-hash', 'high'],
    ['internal/sdk/client.go', 'sql-injection', 'high'],
    ['internal/asdkeys/client.go', 'broken-hash', 'high'],
    ['docker/test-server/Dockerfile', 'container-runs-as-root', 'low'],
    ['Dockerfile.dev', 'container-runs-as-root', 'low'],
    ['docker/dev/Dockerfile', 'container-runs-as-root', 'low'],
    ['master/docker-example/pypy/Dockerfile', 'container-runs-as-root', 'low'],
    ['docker/demoserver.dockerfile', 'container-runs-as-root', 'low'],
    ['democracy/api/Dockerfile', 'container-runs-as-root', 'high'],
    ['docker/Dockerfile', 'container-runs-as-root', 'high'],
    ['devices/Dockerfile', 'container-runs-as-root', 'high'],
    ['docker/test-server/Dockerfile', 'secret-in-image', 'high'],
  ])('a client of another service, an image of tests: %s %s', async (path, ruleId, confidence) => {
    expect(await confidenceOf(path, '', { ruleId })).toBe(confidence);
  });

  it.each([
    ['class NullPublisher:\n    def verify(self):\n        decode()\n', 3, 'low'],
    ['@implementer(A)\nclass FakeStore(\n    Base,\n):\n    def verify(self):\n        decode()\n', 6, 'low'],
    ['export class MockMailer {\n  send() {\n    decode();\n  }\n}\n', 3, 'low'],
    ['func (s *StubStore) Verify() {\n\tdecode()\n}\n', 2, 'low'],
    ['class NullableColumn:\n    def verify(self):\n        decode()\n', 3, 'high'],
    ['class Publisher:\n    def verify(self):\n        decode()\n', 3, 'high'],
    ['class NullPublisher:\n    pass\ndef verify():\n    decode()\n', 4, 'high'],
  ])('a class that stands in for another: %j', async (text, startLine, confidence) => {
    expect(await confidenceOf('a/b', text, { startLine })).toBe(confidence);
  });

  it.each([
    [
      'def log_in(user, password):\n    digest = md5(password)\n    return self.api_request("login", digest)\n',
      2,
      'low',
    ],
    ['def log_in(user, password):\n    digest = md5(password)\n    return requests.post(URL, data=digest)\n', 2, 'low'],
    ['def sign_up(user, password):\n    user.password = md5(password)\n    user.save()\n', 2, 'high'],
    [
      'def sign_up(user, password):\n    user.password = md5(password)\n\n\ndef tell():\n    requests.post(URL)\n',
      2,
      'high',
    ],
    // What is sent is something else.
    [
      'def sign_up(user, password):\n    user.password = md5(password)\n    user.save()\n    requests.post(HOOK, json={"id": user.id})\n',
      2,
      'high',
    ],
    [
      'def sign_up(user, password):\n    digest = md5(password)\n    save(digest)\n    url = session.get("next")\n',
      2,
      'high',
    ],
    ['def sign_up(user, password):\n    save(md5(password))\n    requests.post(HOOK, json={"id": 1})\n', 2, 'high'],
    [
      'def log_in(user, password):\n    digest = md5(password)\n    form = {\n        "pass": digest,\n    }\n    return requests.post(URL, data=form)\n',
      2,
      'low',
    ],
    [
      '\tsum := md5.Sum([]byte(password))\n\tbody := hex.EncodeToString(sum[:])\n\thttp.Post(url, kind, body)\n',
      1,
      'low',
    ],
  ])('a hash that another service asks for: %j', async (text, startLine, confidence) => {
    expect(await confidenceOf('app/login.py', text, { ruleId: 'weak-password-hash', startLine })).toBe(confidence);
  });

  it.each([
    ['def read(data):\n    return Cipher(AES(k), ECB()).decryptor().update(data)\n', 'low'],
    ['def read(data):\n    return Cipher(AES(k), ECB()).encryptor().update(data)\n', 'high'],
    ['# the receiver will decrypt it\nc = ARC4(k)\n', 'high'],
  ])('what others have encrypted can only be read as they did it: %j', async (text, confidence) => {
    expect(await confidenceOf('app/read.py', text, { ruleId: 'weak-cipher', startLine: 2 })).toBe(confidence);
  });

  it.each([
    ['lib/urllib3/contrib/pyopenssl.py', [], 'low'],
    ['lib/six.py', [], 'low'],
    ['lib/orders/client.py', [], 'high'],
    ['app/requests/client.py', [], 'high'],
    ['lib/cherrypy/page.py', [{ line: 2, text: 'self' }], 'high'],
    ['libs/websocket/handler.ts', [], 'high'],
    ['libs/dns/resolve.go', [], 'high'],
    ['packages/requests/views.py', [], 'high'],
  ] as const)('a package of others that lies in the tree: %s %j', async (path, trace, confidence) => {
    expect(await confidenceOf(path, '', { trace: [...trace] })).toBe(confidence);
  });

  it.each([
    ['libs/socks.py', [], 'low'],
    ['libs/js2py/base.py', [{ line: 2, text: 'caller' }], 'low'],
    ['app/run/js2py/base.py', [{ line: 2, text: 'caller' }], 'high'],
    // No package of this name is recorded: a handler may lie there.
    ['libs/handlers/orders.py', [{ line: 2, text: 'request' }], 'high'],
    ['functions/pay/js2py/base.py', [], 'low'],
    ['functions/pay/handler.py', [], 'high'],
    ['functions/other/js2py/base.py', [], 'high'],
    ['libs/js2py/base.go', [], 'high'],
    ['js2py/base.py', [], 'high'],
  ] as const)('a package that was installed into the tree: %s %j', async (path, trace, confidence) => {
    const tree = ['libs/Js2Py-0.74.dist-info/RECORD', 'functions/pay/js2py-0.74.dist-info/METADATA', path];
    expect(await confidenceOf(path, '', { trace: [...trace] }, {}, tree)).toBe(confidence);
    expect(await confidenceOf(path, '', { trace: [...trace], source: 'secretlint' }, {}, tree)).toBe('high');
  });

  it('keeps what comes by a path from a request, and credentials', async () => {
    const text = 'class NullPublisher:\n    def verify(self):\n        decode()\n';
    expect(await confidenceOf('a.py', text, { startLine: 3, trace: [{ line: 2, text: 'self' }] })).toBe('high');
    expect(await confidenceOf('a.py', text, { startLine: 3, source: 'secretlint' })).toBe('high');
    expect(await confidenceOf('lib/six.py', '', { source: 'secretlint' })).toBe('high');
    expect(await confidenceOf('lib/six.py', '', { ruleId: 'hard-coded-password' })).toBe('high');
  });

  it.each([
    ['/*\nAcme API\n*/\n\n// Code generated by a tool; DO NOT EDIT.\n\npackage client\n', 'medium', 'low'],
    ['// Code generated by a tool; DO NOT EDIT.\n\npackage client\n', 'high', 'high'],
    ['package client\n\n// Code generated by a tool; DO NOT EDIT.\n', 'medium', 'high'],
    ['// Code generated by hand\npackage client\n', 'medium', 'high'],
  ] as const)('code that a tool writes anew: %j %s', async (text, severity, confidence) => {
    expect(await confidenceOf('client/client.go', text, { severity, startLine: 9 })).toBe(confidence);
  });

  it.each([
    ['- uses: acme/ci@master', { 'go.mod': 'module github.com/acme/shop\n\ngo 1.26\n' }, null],
    ['- uses: "acme/ci/build@v1"', { 'package.json': '{"name":"@acme/shop"}' }, null],
    ['- uses: Acme/ci@v1', { 'package.json': '{"repository":{"url":"git+https://github.com/acme/shop.git"}}' }, null],
    [
      '- uses: acme/ci/build@main',
      { 'pyproject.toml': '[project.urls]\nsource = "https://github.com/acme/shop"\n' },
      null,
    ],
    ['- uses: acme/ci@main', { 'setup.py': 'setup(\n    url="https://github.com/acme/shop",\n)\n' }, null],
    ['- uses: acme/ci@main', { 'pyproject.toml': 'a = "1" # see https://github.com/acme/yaml\n' }, 'high'],
    ['- uses: acme/ci@master', { 'go.mod': 'module github.com/other/acme\n' }, 'high'],
    ['- uses: acme/ci@master', {}, 'high'],
  ] as const)('an action of the own organisation is none of strangers: %s %j', async (evidence, manifests, left) => {
    const own = { ruleId: 'workflow-action-not-pinned', evidence };
    expect(await confidenceOf('.github/workflows/ci.yml', '', own, manifests)).toBe(left);
  });
});
