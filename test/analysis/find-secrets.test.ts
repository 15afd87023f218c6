import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import { findSecrets } from '../../src/analysis/secretlint/find-secrets.ts';
import type { FileKind } from '../../src/change/source-file.ts';
import { parsePatch } from '../../src/diff/patch.ts';
import { identifyCode } from '../../src/findings/fingerprint.ts';
import { decideSelection } from '../../src/scope/select.ts';
import { listPieces, PLANTED } from '../support/planted-secrets.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map((one) => one.id)));

function kindOf(path: string): FileKind {
  const selection = decideSelection(path);
  if (!('kind' in selection)) throw new Error(`${path} is not looked at`);
  return selection.kind;
}

const analyse = (
  path: string,
  text: string,
  hunks: ReturnType<typeof parsePatch> | null = null,
): Promise<FileAnalysis> => analyseFile(analysers, { path, kind: kindOf(path), text, hunks });

const listFound = ({ outcomes }: FileAnalysis) =>
  outcomes.flatMap(({ outcome }) => (outcome.status === 'analysed' ? outcome.findings : []));

describe.each(PLANTED)('$what', ({ path, line, secret, reported }) => {
  const pieces = listPieces(secret);

  it(`is masked${reported ? ' and said' : ''} in ${path}`, async () => {
    const analysis = await analyse(path, `${line}\n`);
    const shown = JSON.stringify({ ...analysis, values: [] });
    for (const piece of pieces) expect(shown).not.toContain(piece);
    for (const part of secret.filter((one) => one.length < 8)) expect(analysis.masked?.text).not.toContain(part);
    expect(analysis.masked?.text.split('\n')).toHaveLength(`${line}\n`.split('\n').length);
    expect(listFound(analysis).some(({ ruleId }) => ruleId === 'secret-in-source')).toBe(reported);
  });

  it('is masked in a removed line', async () => {
    const lines = line.split('\n');
    const removed = [...lines.map((one) => `-${one}`), ' // end'].join('\n');
    const hunks = parsePatch(`@@ -1,${lines.length + 1} +1,1 @@\n${removed}`);
    const shown = JSON.stringify({ ...(await analyse(path, '// end\n', hunks)), values: [] });
    for (const piece of pieces) expect(shown).not.toContain(piece);
  });
});

const PEM = PLANTED.find(({ what }) => what === 'PEM of several lines')?.line ?? '';

it('says a key from the line that announces it, where the change brings that line', async () => {
  const lines = PEM.split('\n');
  const places = async (hunks: ReturnType<typeof parsePatch> | null): Promise<number[][]> =>
    listFound(await analyse('deploy.pem', PEM, hunks)).map(({ startLine, endLine }) => [startLine, endLine]);
  expect(await places(null)).toEqual([[1, 2]]);
  const [first = '', second = '', ...rest] = lines;
  const body = [` ${first}`, `-${second.toLowerCase()}`, `+${second}`, ...rest.map((one) => ` ${one}`)].join('\n');
  expect(await places(parsePatch(`@@ -1,${lines.length} +1,${lines.length} @@\n${body}`))).toEqual([[2, 2]]);
});

it('masks no code that stands between two tags of a struct', async () => {
  const field = (name: string): string => `\t${name} string \`env:"STRIPE_${name}_SECRET"\`\n`;
  const text = `package env\n\ntype Config struct {\n${field('API')}${field('Webhook')}}\n`;
  const analysis = await analyse('env.go', text);
  expect(analysis.masked?.text ?? text).toBe(text);
});

it('what stands behind the end of a text is not masked as its value', async () => {
  const text =
    "import jwt from 'jsonwebtoken';\nexport const f = (id) => jwt.sign({ id }, 'secret', { expiresIn: '1h' });\n";
  const analysis = await analyse('src/a.ts', text);
  expect(analysis.masked?.text ?? text).toContain("{ expiresIn: '1h' }");
  expect(listFound(analysis).map(({ ruleId }) => ruleId)).toEqual(['hard-coded-key']);
});

it.each([
  ['a.py', "cursor.execute(f\"alter user shop with password '{request.args['p']}'\")\n"],
  ['a.py', "cursor.execute(f\"alter user shop with password '{form.get('p')}'\")\n"],
  ['a.go', 'db.Exec(`alter user shop with password \'` + r.FormValue("p") + `\'`)\n'],
])('a value that is put into a statement is not masked, so that the code stays code: %s', async (path, text) => {
  const analysis = await analyse(path, text);
  expect(analysis.masked?.text ?? text).toBe(text);
});

it.each([
  "// don't log in with password='+aZ81kkPPq0'\n",
  `{"note":"${'n'.repeat(430)}","db_password":"+aZ81kkPPq0xx"}\n`,
  "const all = [\"the partners' api\", { api_password: '+aZ81kkPPq0' }];\n",
  "log('it\\'s up'); const password = '+aZ81kkPPq0';\n",
  'e(\'5" disk\'); const password = "+aZ81kkPPq0";\n',
  "const run = sh -c 'mysql --password='+aZ81kkPPq0' x';\n",
])('a value that begins like code is masked: %j', async (text) => {
  expect((await analyse('src/a.ts', text)).masked?.text).not.toContain('aZ81kkPPq0');
});

describe('nothing is said of', () => {
  it.each([
    ['src/a.ts', 'const password = process.env.DB_PASSWORD;'],
    ['src/a.ts', "const secret = Hash.parsePadUrl('/pad/#/1/edit/3Ujt4F2Sjnjbis6CoYWpoQ/usn4+9CqVja8Q7RZOGTfRgqI');"],
    [
      'src/a.ts',
      'await query(`CREATE TABLE IF NOT EXISTS credential (\n  id uuid NOT NULL,\n  CONSTRAINT "PK_3a5169bcd3d5463cefeec78be82" PRIMARY KEY (id)\n);`);',
    ],
    ['src/a.ts', "const password = 'changeme'; const secret = 'your-secret-here'; const token = 'xxxxxxxxxxxxxxxx';"],
    ['src/a.ts', 'const labels = { password: "Enter your password", token: "session.token.label" };'],
    ['src/a.ts', "const PASSWORD_FIELD = 'user-password-2'; const tokenUrl = 'https://auth.depot.io/token';"],
    ['src/a.ts', "pick(user, ['password', 'oauth2Token', 'createdAt'])"],
    ['src/a.py', 'fields = ["password", "email"]\nconnect(password=settings.password, token=token2)'],
    ['src/a.py', 'parser.add_argument("--password", help="the password")'],
    ['src/a.go', 'type User struct {\n\tPassword string `json:"password" example:"kH7fQ2xWz9Lm"`\n}'],
    ['.env.example', 'DB_PASSWORD=q9VtR2mXw7Lk'],
    ['.env', 'DB_PASSWORD=${DB_PASSWORD}\nJWT_SECRET=changeme\nA_TOKEN=<your token>\nB_SECRET=\nC_PASSWORD=postgres'],
    ['compose.yaml', 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: postgres\n      PW: ${PW:-secret}'],
    ['k8s/a.yaml', 'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef: { name: db, key: password }'],
    ['.env', 'DATABASE_URL=postgres://app:q9VtR2mXw7@localhost:5432/app\nA=mysql://root:root@db/a'],
    ['src/a.test.ts', 'const password = "q9VtR2mXw7Lk"; const u = "redis://:b8Zq5WnT3xKv@cache";'],
    ['src/a.test.ts', 'encrypt("xoxb-invalid-token-of-nobody"); const t = "xoxb-extremely-secret-token-abcdef123456";'],
    ['src/a.ts', 'const t = "xoxb-secret-bot-token-12345";'],
    ['src/a.py', `#   slack://${['xoxp', '1234', '1234', '1234', '4ddbc191d40ee098cbaae6f3523ada2d'].join('-')}`],
    ['src/a.py', `#   slack://${['xoxb', '1111', 'abcd', '4ddbc191d40ee098cbaae6f3523ada2d'].join('-')}`],
    ['.github/workflows/a.yml', 'env:\n  DB_PASSWORD: q9VtR2mXw7Lk\n  TOKEN: ${{ secrets.NPM_TOKEN }}'],
    [
      'deploy.sh',
      'export DB_PASSWORD="$1"\nexport TOKEN=$(cat /run/secrets/token)\nexport PASSWORD=${PASSWORD:-changeme}',
    ],
    ['src/seed.go', '//go:build e2etest\n\npackage a\n\nconst emailToken = "2FZFSoupBdHyqIL65bWTsgCgHIhxlXup"'],
    ['hack/test_keys.env', 'JWT_SECRET=q9VtR2mXw7Lk'],
    ['openapi.yaml', 'examples:\n  a:\n    value:\n      refresh_token: 4nYUCw0wZR_DNOTSDbSGMQ'],
    ['src/a_test.go', 'var s = "v1,whsec_aWxpa2VzdXBhYmFzZXZlcmx5bXVjaA=="'],
    ['bench/a.yaml', 'base64: LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURSBLRVktLS0tLVxuTUlJRkRqQkFCZ2txaGtpRzl3MEJCUTB3...'],
    ['docs/a.yaml', 'url: https://api.example.com\npassword: q9VtR2mXw7Lk'],
    ['.gitpod.yml', 'tasks:\n  - command: docker run -e POSTGRES_PASSWORD=q9VtR2mXw7Lk postgres:17'],
    ['docker-compose.yml', 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: p0stgr3s'],
    ['docker-compose.yml', 'services:\n  a:\n    environment:\n      - DB_URL=postgres://postgres:p0stgr3s@db:5432/a'],
    ['src/alipay/mock.ts', `export const config = { apikey: 'a123b456c789d0' };`],
    ['src/alipay/setup.ts', `export const mockedConfig: Config = {\n  apikey: 'a123b456c789d0',\n};`],
    [
      'src/hooks/slack.ts',
      `export const samples: Sample[] = [\n  {\n    body: {\n      token: 'Jhj5dZrVaK7ZwHHjRyZWjbDl',\n    },\n  },\n];`,
    ],
    [
      'src/projects.go',
      'func createDemoProject(s Store) error {\n\treturn s.Save(Key{\n\t\tPassword: "RAX6yKN7sBn2qDagRPls",\n\t})\n}',
    ],
    ['prisma/populate.ts', 'const rawToken = "tr_wgt_15480aa1712cae4b8db8c7a49707d69d";'],
    ['src/login.ts', `import { expect } from 'vitest';\nconst password = 'q9VtR2mXw7Lk';`],
    [
      'src/a.spec.ts',
      `const mockConfig = {\n  apiKey:\n    'xkeysib-${'4e0f469aa99c664d132e43f63a898428'.repeat(2)}-SqfFrRDv06OVA9KE',\n};`,
    ],
    ['certs/localhost.pem', PEM],
    ['README.md', 'DB_PASSWORD=q9VtR2mXw7Lk'],
    [
      'src/cloud.go',
      'package a\nconst (\n\tAndroidClientID     = "YNxT9w7GMdWv"\n\tAndroidClientSecret = "q9VtR2mXw7LkZ"\n\tAndroidPackageName  = "com.depot.drive"\n)',
    ],
    [
      'src/cloud.ts',
      "export const app = {\n  clientId: 'YNxT9w7GMdWv',\n  clientSecret: 'q9VtR2mXw7LkZ',\n  packageName: 'org.depot.drive',\n};",
    ],
    ['src/a.go', 'package a\n// id := regexp.MustCompile(`picCaptcha\\.do\\?token\\=([A-Za-z0-9\\&\\=]+)`)\n'],
    [
      'src/net.ts',
      "make({\n  // A key that stays, which is useful for e2e tests of the shop.\n  privateKey:\n    'q9VtR2mXw7LkZk3mPq8vWx2L',\n});",
    ],
    ['manage.py', "out.write(f'JWT_PRIVATE_KEY={b64_jwk(private_jwk)}')\n"],
    ['src/order.ts', "export const order = {\n  checkout_token: 'q9VtR2mXw7LkZk3mPq8vWx2L',\n};"],
    ['configure.sh', `echo 'MYSQL_DSN="<username>:<password>@tcp(127.0.0.1:3306)/<database>"'`],
    ['README.md', `stripe-secret-key: ${['sk_test', '7Kq2ZwTn5Vb9RmLd4YcXs8Pt'].join('_')}`],
    [
      'src/id.go',
      'package a\n\n// The form is as follows:\n//\t"depotapp://CzbfFjDOQrenCbDxVmgnFw!594930e9d50bb175@depot.com"\n',
    ],
    ['src/oid.go', 'package a\n\n//oidChallengePassword  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 7}\n'],
    [
      'src/login.py',
      'class A:\n    def details(self):\n        """\n        Sample response\n        {\n            "access_token":"opoj5nbi6tyipdkjry8gc6tkqr",\n        }\n        """\n',
    ],
    [
      'src/provider.py',
      'def save(token):\n    """Persist it: {\n      \'access_token\': \'askfjh234as9sd8\',\n    }"""\n    store(token)\n',
    ],
    ['config/dex.yaml', 'staticClients:\n  - id: proxy\n    secret: b2F1dGgyLXByb3h5LWNsaWVudC1zZWNyZXQK'],
    [
      'contrib/local-environment/values.yaml',
      'cookie_domains: .localtest.me\ncookie_secret: OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=',
    ],
    [
      'src/discord_test.go',
      `package a\n\n// This is a test URL that has been modified to not be valid.\nvar hook = "https://discord.com/api/webhooks/${['971139602272503183', '78ZWZ4V3xwZUBKRFF-G9m1nRtDtNTChl_WzW6Q4kxShjSB02oLSiPTPa8TS2tTGO9EYf'].join('/')}"\n`,
    ],
    [
      'src/long.py',
      `class A:\n    """About it."""\n${'    x = 1\n'.repeat(400)}    def details(self):\n        """\n        {\n            "access_token":"opoj5nbi6tyipdkjry8gc6tkqr",\n        }\n        """\n`,
    ],
    ['src/hook_test.go', 'package a\n\nvar hooks = []string{"https://hooks.slack.com/services/T00/B00/xxx"}\n'],
    ['src/key_test.go', `var h = "Bearer ${['sk_test', '1234567890abcdef1234567890abcdef'].join('_')}"`],
    [
      'src/slack.py',
      `R = {"access_token": "${['xoxb', '17653672481', '19874698323', 'pdFZKVeTuE8sk7oOcBrzbqgy'].join('-')}"}`,
    ],
    ['src/a.ts', 'const k = "AKIAIOSFODNN7EXAMPLE"; const s = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";'],
    ['src/a.ts', 'const passwordHash = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";'],
    [
      'src/a.py',
      `next_page = 'https://www.youtube.com/youtubei/v1/search?key=${['AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'].join('')}'`,
    ],
    // It names a project of Firebase, and every page of it says it.
    [
      'docker/compose.yml',
      `"API_KEY": "${['AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'].join('')}"\n"APP_ID": "1:114126160546:web:aca6ea2981feb81fb44dfb"`,
    ],
    // What a docstring shows.
    [
      'src/a.py',
      'def f():\n    """Makes keys.\n\n    Returns:\n        Eg:\n        {\n            \'SecretAccessKey\': \'q9VtR2mXw7Lk4ZpT8yB3\',\n        }\n    """\n',
    ],
    ['src/a.js', "/**\n * @example\n * user.updatePassword('d1d73559', 'q9VtR2mXw7Lk4ZpT8yB3');\n */\nfunction f() {}"],
    ['src/a.ts', "/**\n * @example\n * make({ secretKey: 'q9VtR2mXw7Lk4ZpT8yB3' });\n */\nfunction f() {}"],
    // A name, whose words are parted by `_`.
    ['tests/a.py', 'def test_npm_audit_7_plus_parser_with_many_vulns_found(self):'],
    // Who left it at that is sent away.
    ['src/a.py', 'if settings.secret_key == "q9VtR2mXw7Lk4Zp":\n    logger.error("change it")\n    sys.exit(1)'],
    ['src/a.ts', "if (config.secretKey === 'q9VtR2mXw7Lk4Zp') {\n  throw new Error('change it');\n}"],
  ])('%s: %s', async (path, text) => {
    expect(listFound(await analyse(path, `${text}\n`)).map((one) => one.ruleId)).not.toContain('secret-in-source');
  });
});

describe('what is said', () => {
  const say = async (path: string, text: string, patch?: string) =>
    listFound(await analyse(path, `${text}\n`, patch === undefined ? null : parsePatch(patch))).filter(
      ({ ruleId }) => ruleId === 'secret-in-source',
    );

  it.each([
    ['a provider’s token', 'src/a.ts', "const t = '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';", 'critical'],
    ['the same in a test', 'src/a.spec.ts', "const t = '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';", 'high'],
    [
      'a token under the name of a sample, outside tests',
      'src/a.ts',
      `const sampleKey = '${['AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'].join('')}';`,
      'critical',
    ],
    ['a key that lets somebody in', 'src/a.py', 'if secret_key != "q9VtR2mXw7Lk4Zp":\n    raise Forbidden()', 'high'],
    [
      'a key behind a docstring with an example',
      'src/a.py',
      'def f():\n    """Eg: f()"""\n    return {\n        \'SecretAccessKey\': \'q9VtR2mXw7Lk4ZpT8yB3\',\n    }\n',
      'high',
    ],
    [
      'a key that opens more than others',
      'src/a.py',
      'if secret_key == "q9VtR2mXw7Lk4Zp":\n    return all()\n\nraise Forbidden()',
      'high',
    ],
    [
      'a key of Google’s in another address',
      'src/a.py',
      `url = 'https://maps.googleapis.com/maps/api?key=${['AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'].join('')}'`,
      'critical',
    ],
    ['the same in a document', 'README.md', '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', 'critical'],
    ['a private key', 'deploy.pem', PEM, 'critical'],
    ['a private key with a password', 'deploy.pem', PEM.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'), 'medium'],
    ['a private key for the machines of developers', 'configs/local/deploy.pem', PEM, 'high'],
    ['an address that everybody reaches', '.env', 'U=postgres://app:q9VtR2mXw7@sql.depot.io/a', 'critical'],
    ['an address among containers', 'compose.yaml', 'a: postgres://app:q9VtR2mXw7Lk@db/a', 'medium'],
    [
      'the password of a container',
      'compose.prod.yaml',
      'services:\n  db:\n    environment:\n      MYSQL_PASSWORD: q9VtR2mXw7Lk',
      'medium',
    ],
    [
      'a signing key that every installation shares',
      'deploy/compose.yml',
      'services:\n  a:\n    environment:\n      SECRET_KEY: ${SECRET_KEY:-60gp0byfz2dvffa45cxl20p1scy9xbpf}',
      'high',
    ],
    [
      'one of the clients of a service',
      'src/cloud.go',
      'package a\nconst (\n\tWebClientID = "YNxT9w7GMdWv"\n\tWebClientSecret = "q9VtR2mXw7LkZ"\n\tPCClientSecret = "Zk3mPq8vWx2L"\n)',
      'high',
    ],
    [
      'a client far from the name of an app',
      'src/cloud.go',
      'package a\nconst packageName = "com.depot.drive"\n\nconst clientID = "YNxT9w7GMdWv"\nconst clientSecret = "q9VtR2mXw7LkZ"',
      'high',
    ],
    [
      'a password beside a client',
      'src/cloud.go',
      'package a\nconst (\n\tclientID = "YNxT9w7GMdWv"\n\tpackageName = "com.depot.drive"\n\tadminPassword = "q9VtR2mXw7LkZ"\n)',
      'high',
    ],
    [
      'a key in a text with braces',
      'manage.py',
      "out.write('JWT_PRIVATE_KEY={q9VtR2mXw7LkZk3mPq8vWx2L}9(x)')\n",
      'high',
    ],
    [
      'a client of a server that speaks of the app',
      'src/shop.ts',
      "export const play = {\n  packageName: 'com.depot.app',\n  clientId: 'YNxT9w7GMdWv',\n  clientSecret: 'q9VtR2mXw7LkZ',\n  refreshToken: readToken(),\n};",
      'high',
    ],
    [
      'the secret that a provider gives an app’s server',
      'src/chat.ts',
      "export const chat = {\n  bundleId: 'com.depot.app',\n  appId: 'YNxT9w7GMdWv',\n  appSecret: 'q9VtR2mXw7LkZ',\n};",
      'high',
    ],
    [
      'a key under a comment that it is not for tests',
      'src/net.ts',
      "// Never used for tests.\nexport const signingSecret = 'q9VtR2mXw7LkZk3mPq8vWx2L';",
      'high',
    ],
    [
      'a key that spells nothing',
      'config/a.yaml',
      'cookie_secret: OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=',
      'high',
    ],
    [
      'a webhook in a test under another comment',
      'src/discord_test.go',
      `// The URL must be valid.\nvar hook = "https://discord.com/api/webhooks/${['971139602272503183', '78ZWZ4V3xwZUBKRFF-G9m1nRtDtNTChl_WzW6Q4kxShjSB02oLSiPTPa8TS2tTGO9EYf'].join('/')}"`,
      'high',
    ],
    [
      'a password of a set-up for others',
      'contrib/local-environment/a.yaml',
      'url: https://db.depot.com\npassword: q9VtR2mXw7Lk',
      'high',
    ],
    ['a password in XML that begins with a sign', 'a.properties', '<password>/q9VtR2mXw7LkZ</password>', 'high'],
    [
      'a key under a comment about tests',
      'src/net.ts',
      "make({\n  // The tests of this are slow.\n  privateKey: 'q9VtR2mXw7LkZk3mPq8vWx2L',\n});",
      'high',
    ],
    [
      'a password under a name in a docstring',
      'src/a.py',
      'def login():\n    """{\n    "password": "q9VtR2mXw7Lk",\n    }"""\n',
      'high',
    ],
    [
      'an answer’s token behind a docstring',
      'src/a.py',
      'def login():\n    """Logs in."""\n    return {\n        "access_token": "opoj5nbi6tyipdkjry8gc6tkqr",\n    }\n',
      'high',
    ],
    [
      'a token as the user of an address',
      'src/a.go',
      '// git clone https://q9VtR2mXw7LkZ8@git.depot.com/a',
      'critical',
    ],
    ['a password of a scheme of one’s own', 'src/a.go', '// depotapp://app:q9VtR2mXw7LkZ8@depot.com', 'critical'],
    [
      'a webhook in a test',
      'src/hook_test.go',
      `var hook = "https://hooks.slack.com/services/${['T02KQ7XV9PL', 'B04MZ8WT3RN', 'q9VtR2mXw7LkZk3mPq8vWx2L'].join('/')}"`,
      'high',
    ],
    ['a password in a function called so', 'src/a.py', 'def demo():\n    password = "q9VtR2mXw7Lk"', 'high'],
    ['a password in a folder of that name among sources', 'src/examples/login.py', 'password = "q9VtR2mXw7Lk"', 'high'],
    ['a password in a folder of a business', 'shop/dev/login.py', 'password = "q9VtR2mXw7Lk"', 'high'],
    ['a password in a folder like a test’s', 'suites/testrig/login.py', 'password = "q9VtR2mXw7Lk"', 'high'],
    [
      'a password behind a comment with the same one',
      '.env',
      '# A_PASSWORD=q9VtR2mXw7Lk\nA_PASSWORD=q9VtR2mXw7Lk',
      'high',
    ],
  ])('has a severity: %s', async (_, path, text, severity) => {
    expect((await say(path, text)).map((one) => one.severity)).toEqual([severity]);
  });

  it.each([
    ['a webhook that leads nowhere', 'openapi.yaml', `example: "https://hooks.slack.com/services/T00/B00/xxx"`],
    [
      'the search key of a documentation',
      'src/docs.config.ts',
      `const a = { algolia: { appId: 'NQRT7XJNGW', apiKey: '${['8841b34192a28b2d', '06f04dd28d768017'].join('')}', indexName: 'shop' } };`,
    ],
    [
      'the token of a chat for visitors',
      'src/chat.ts',
      "window.chatwootSDK.run({ websiteToken: 'cFxvnLSjfYzq9VtR2mXw7LkZ' });",
    ],
    [
      'what other packages test with',
      'internal/rig/models.go',
      'package rig\n\nfunc NewTestAccounts() []Account {\n\treturn []Account{{Password: "q9VtR2mXw7Lk"}}\n}',
    ],
    [
      'an address within a query',
      'src/a.go',
      'const a = "https://unknown.depot.com/webfinger?resource=acct:some_group@unknown.depot.com"',
    ],
  ])('is nothing of %s', async (_, path, text) => {
    expect(await say(path, text)).toEqual([]);
  });

  it.each([
    'examples/login.py',
    'packages/sdk/examples/login.py',
    'dev/k8s/vault.py',
    'docs/login.py',
    'integration/tpl/a.py',
  ])('of the service’s own is none among examples and for developers of the project: %s', async (path) => {
    expect(await say(path, 'password = "q9VtR2mXw7Lk"')).toEqual([]);
    expect(await say(path, 'token = "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"')).not.toEqual([]);
  });

  it('says a key that lets in whoever knows it, though that is logged', async () => {
    const text =
      'def check(given):\n    if given.secret_key == "q9VtR2mXw7Lk4Zp":\n        log.warning("master")\n        return True';
    expect(await say('src/a.py', text)).toHaveLength(1);
  });

  it('is one finding for one value of a file, with its other places', async () => {
    const a = 'A_SECRET=q9VtR2mXw7Lk';
    const [first, ...others] = await say('.env', [a, 'B_SECRET=Zk3mPq8vWx2L', a, 'X=1', a].join('\n'));
    expect(first).toMatchObject({
      startLine: 1,
      explanation: expect.stringMatching(/same value stands on lines 3, 5\.$/),
    });
    expect(others.map((one) => one.startLine)).toEqual([2]);
  });

  it('is said of a line that the change adds, also where the value stood in the file before', async () => {
    const found = await say(
      '.env',
      'A_SECRET=q9VtR2mXw7Lk\nB_SECRET=q9VtR2mXw7Lk',
      '@@ -1 +1,2 @@\n A_SECRET=q9VtR2mXw7Lk\n+B_SECRET=q9VtR2mXw7Lk',
    );
    expect(found.map((one) => one.startLine)).toEqual([1, 2]);
  });

  it('is said of a client that the change adds, also where another one stood in the file before', async () => {
    const old = "export const a = { clientId: 'YNxT9w7GMdWv', clientSecret: 'q9VtR2mXw7LkZ' };";
    const added = "export const b = { clientId: 'pW3kT8nQz5Lx', clientSecret: 'Zk3mPq8vWx2L' };";
    const found = await say('src/a.ts', `${old}\n\n${added}`, `@@ -1 +1,3 @@\n ${old}\n+\n+${added}`);
    expect(found.map((one) => one.startLine)).toEqual([1, 3]);
    expect(await say('src/a.ts', `${old}\n\n${added}`)).toHaveLength(1);
  });

  it('tells another value under the same name from the one before', async () => {
    const [one] = await say('.env', 'A_SECRET=q9VtR2mXw7Lk');
    const [other] = await say('.env', 'A_SECRET=Zk3mPq8vWx2L');
    expect(one && other && identifyCode(one) === identifyCode(other)).toBe(false);
    expect(JSON.stringify(one)).not.toContain('q9VtR2mXw7Lk');
  });
});

it('masks a token whose parts are counted, and says one of which a part alone is', async () => {
  const counted = ['xoxp', '1234', '1234', '1234', '4ddbc191d40ee098cbaae6f3523ada2d'].join('-');
  const given = ['xoxb', '1234', '98072374981', 'pdFZKVeTuE8sk7oOcBrzbqgy'].join('-');
  const shown = await analyse('src/a.py', `# slack://${counted}\n`);
  expect([shown.masked?.text.includes('4ddbc191'), listFound(shown).length]).toEqual([false, 0]);
  const said = listFound(await analyse('src/a.py', `# slack://${given}\n`));
  expect(said.map(({ ruleId, severity }) => `${ruleId} ${severity}`)).toEqual(['secret-in-source critical']);
});

describe('the masked text', () => {
  it('leaves code, references and words as they are: they must be analysed', async () => {
    const text = [
      'const rows = await pool.query(`select * from users where token = ${token}`);',
      'login(password=settings.password, token=token2)',
      "const password = await bcrypt.hash(req.body.password, 10); if (secret === undefined) throw new Error('no secret');",
      "app.post('/password', (req, res) => res.json({ token: sign(user), type: 'password' }));",
      'res.redirect("https://app.acme.io/accept?token="+req.param("token"));',
    ].join('\n');
    expect((await analyse('src/a.ts', text)).masked?.text).toBe(text);
  });

  it('is where no flaw hides: what looks like a key does not cover the code behind it', async () => {
    const text = `// -----BEGIN PRIVATE KEY-----\nexport const f = (pool, req) => pool.query(\`select a from b where c = \${req.query.c}\`);\n// -----END PRIVATE KEY-----\n`;
    expect(listFound(await analyse('src/a.ts', text)).map((one) => one.ruleId)).toContain('sql-injection');
  });

  it('is where no statement hides under the name of a password', async () => {
    const text = "const password = 'select/**/a/**/from/**/b/**/where/**/c=' + req.query.c;\n";
    expect((await analyse('src/a.ts', text)).masked?.text).toBe(text);
  });

  it('has no fix for a line with a credential: it would commit the mask', async () => {
    const clean = "export const f = (res, id) => res.cookie('a', id, { httpOnly: false });\n";
    for (const finding of listFound(await analyse('src/a.ts', `const password = "q9VtR2mXw7Lk"; ${clean}`)))
      expect(finding.suggestion).toBeNull();
  });

  it('keeps the findings of a file without credentials as they were', async () => {
    const text = 'export const f = (pool, req) => pool.query(`select a from b where c = ${req.query.c}`);\n';
    expect((await analyse('src/a.ts', text)).masked?.text).toBe(text);
  });
});

it('keeps nothing of the files that it has searched', async () => {
  const before = performance.getEntries().length;
  for (let file = 0; file < 20; file++)
    await findSecrets({ path: `src/${file}.ts`, kind: 'typescript' }, `const a = ${file};\n`);
  // secretlint's profiler runs behind an observer.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(performance.getEntries().length).toBe(before);
});

const FORGED = ['ghp', 'yQbWDPxQgaZAeTSuVFJrmVGloUfENbFqzLHS'].join('_');
const ANSWER = '{ "access_token": "d30bedaa4d8eb3128cf35ddc1030e27d" }';

it.each([
  ['a rate in settings', 'app/settings.py', 'python', 'LIMITS = { "reset_password": "1/m/ip,1/m/key" }\n', 0],
  ['a password with signs', 'app/settings.py', 'python', 'LOGIN = { "reset_password": "q9/VtR2m,Xw7Lk" }\n', 1],
  ['the answer of an API, shown', 'src/a.go', 'go', `package a\n/*\n${ANSWER}\n*/\n`, 0],
  ['the same as data', 'src/a.go', 'go', `package a\nvar body = \`${ANSWER}\`\n`, 1],
  ['a password in such a comment', 'src/a.go', 'go', 'package a\n/*\n{ "password": "q9VtR2mXw7Lk" }\n*/\n', 1],
  ['a token in a test that GitHub cannot have made', 'src/a.spec.ts', 'test', `const t = '${FORGED}';\n`, 0],
  [
    'a token in a test with its checksum',
    'src/a.spec.ts',
    'test',
    "const t = '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';\n",
    1,
  ],
  ['the same outside tests, checksum or not', 'src/a.ts', 'typescript', `const t = '${FORGED}';\n`, 1],
] as const)('says of %s what a person can act on', async (_, path, kind, text, count) => {
  expect((await findSecrets({ path, kind }, text)).filter(({ report }) => report)).toHaveLength(count);
});
