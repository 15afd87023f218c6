/**
 * One credential of every kind, each with the place in which it stands. Made at random for these tests; none opens anything.
 * They are put together here, so that no scanner of pushes takes this file for a leak.
 */
const join = (...parts: string[]): string => parts.join('');
const PEM = [
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC3x8VtT9Us8cKj',
  'MzEfYyjiWA4R4p7M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEv',
  'uMoSfm2F8Yh0pQx7Yz3nLw5d0QvJ3hVb9sKcT2rE6gUoA1iHk4WfZqDyXjBnMlRt',
  'Qw7+Xz/9bGh=',
];
const JWT = join(
  'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9',
  '.',
  'eyJ1aWQiOjQ3MTEsInJvbGUiOiJvd25lciJ9',
  '.',
  'c8Zt2qLw5Xn9RvKd3BfHs7YpJm4GxTu6',
);

const TOKEN = join('gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

export interface Planted {
  what: string;
  /** As it stands in a file of this name. */
  path: string;
  line: string;
  /** The parts that must not be seen anywhere. */
  secret: string[];
  /** False: masked, and not said. */
  reported: boolean;
}

const row = (
  what: string,
  path: string,
  before: string,
  secret: string | string[],
  after = '',
  reported = true,
): Planted => {
  const parts = typeof secret === 'string' ? [secret] : secret;
  return { what, path, line: join(before, parts.join(''), after), secret: parts, reported };
};

export const PLANTED: readonly Planted[] = [
  row(
    'a GitHub token in a workflow',
    '.github/workflows/a.yml',
    'env:\n  T: ',
    join('gh', 'p_q9VtR2mXw7LkYb3ZcN8sJd4HfT6gPa1Q'),
  ),
  row('a password in a shell script', 'ops/run.sh', 'export DB_PASSWORD=', 'q9VtR2mXw7Lk'),
  row('password in code', 'src/a.ts', 'const password = "', 'q9VtR2mXw7Lk', '";'),
  row('password with signs', 'src/a.py', "PASSWORD = '", 'Sv7!kQ2(pLx,9z', "'"),
  row('password with a type', 'src/a.ts', "const dbPassword: string = '", 'Zk3mPq8vWx2L', "';"),
  row('Go constant', 'a.go', 'const Password string = "', 'Rw5tYx8nBq2M', '"'),
  row('default of an environment variable', 'src/a.py', 'KEY = os.environ.get("API_KEY", "', 'f7Kd92LmQx4Tz', '")'),
  row('default behind ||', 'src/a.ts', "const k = process.env.JWT_SECRET || '", 'h3Nq8ZwT5vKx', "';"),
  row('wrapped', 'a.go', 'var jwtSecret = []byte("', 'm4Bt9YsQ2xVn', '")'),
  row('on the next line', 'src/a.ts', "export const clientSecret =\n  '", 'p6Wz3XcK8rJd', "';"),
  row('in a comment', 'src/a.ts', '// DB_PASSWORD=', 'g8Hs4TnV6yQe'),
  row('env', '.env.production', 'DB_PASSWORD=', 'k2Lf7RbM9wXt'),
  row('env with blanks and signs', '.env', 'SMTP_PASS="', 'v5Qn #8Zt& 3Kx', '"', false),
  row('short name', '.env', 'DB_PW=', 'n3Xq7VbT9mKs'),
  row('short word', '.env', 'REDIS_PASSWORD=', 'sommernacht', '', false),
  row('yaml', 'compose.yaml', '    MYSQL_ROOT_PASSWORD: ', 'd9Yc3WpT7nGs'),
  row('yaml name and value', 'k8s/app.yaml', '- name: DB_PASSWORD\n  value: ', 'j7Xr2VmQ5kBz'),
  row('base64 that ends in =', 'k8s/secret.yaml', 'data:\n  password: ', 'WGs5bVEydkw4cVJ0N1pwVw', '==\n  other: a'),
  row('yaml behind an anchor', 'app.yaml', 'password: &pw ', 'b8Vn3XqT6mLs'),
  row('yaml behind a tag', 'app.yaml', 'password: !!str ', 'c9Wm4YrU7nKt'),
  row('yaml, folded', 'app.yaml', 'password: >-\n  ', 'd2Xk5ZsV8pJu'),
  row('national string', 'db/login.sql', "create login a with password = N'", 'e3Yh6AtW9qGv', "';"),
  row('mysql with a plugin', 'db/user.sql', "create user a identified with sha2 by '", 'f4Zg7BuX2rFw', "';"),
  row('ENV without a sign', 'Dockerfile', 'FROM a:1\nENV DB_PASSWORD ', 'g5Af8CvY3sDx', '', false),
  row('properties', 'application-prod.properties', 'spring.datasource.password=', 'n8Tw4LzK6qHf'),
  row('json', 'appsettings.json', '  "ClientSecret": "', 'y3Pv9MdR5tJx', '"'),
  row('Django', 'app/settings.py', "SECRET_KEY = 'django-insecure-", 'x7@k2_z!q(9v4b#m', "'"),
  row(
    'ADO',
    'appsettings.json',
    '  "Main": "Server=s1.depot.io;User Id=app;Password=',
    'c6Bn8!XqW3vTz',
    ';Encrypt=True"',
  ),
  row(
    'ADO with a blank',
    'appsettings.json',
    '  "Main": "Server=s1.depot.io;Password=',
    'h5Rt2 WqX8vYz',
    ';Encrypt=True"',
    false,
  ),
  row('libpq', 'db.go', 'const dsn = "host=pg1.depot.io user=app password=', 'w4Kj7YtN2xPd', ' dbname=a"'),
  row(
    'Azure',
    'src/a.ts',
    'const c = "AccountName=a;AccountKey=',
    'Qm3xT8vLz5Kd9WnR2bYc7JhFq4GpSt6U==',
    ';EndpointSuffix=x";',
  ),
  row('AWS', '.env', 'AWS_SECRET_ACCESS_KEY=', 'uT5nXm2/Kq8vRz3LwYb7+JdGh4FpSc9tWk6BeQ1M'),
  row('AWS with + at the end', '.env', 'aws_secret_access_key = ', 'uT5nXm2/Kq8vRz3LwYb7+JdGh4FpSc9tWk6BeQ1+'),
  row('AWS with / at the end', 'src/a.py', 'aws_secret_access_key="', 'uT5nXm2/Kq8vRz3LwYb7+JdGh4FpSc9tWk6BeQ1/', '"'),
  row('a URL of SQL Server', '.env', 'U=mssql://app:', 'Kx7pQ2vRt9', '@sql.depot.io:1433/shop'),
  row('a URL of SQL Server in code', 'src/a.ts', "const u = 'mssql://sa:", 'Wn4!zB8mLc', "@sql1.depot.io/shop';"),
  row('URL without a user', '.env', 'URL=redis://:', 'b8Zq5WnT3xKv', '@cache:6379/0'),
  row('URL of a host without dots', 'src/a.ts', "const u = 'postgres://app:", 't2Rx9LmV7cYd', "@db/app';"),
  row('URL whose password ends in pass', '.env', 'U=amqp://app:', 'Winterpass', '@mq.depot.io/'),
  row('URL with signs', '.env', 'U=mysql://app:', 'a/9#Kx?2Vq', '@sql.depot.io/x'),
  row('weak URL', 'compose.yaml', '  U: postgres://user:', 'pw44', '@db/app', false),
  row('GitHub token', 'src/a.ts', "const t = 'ghp_", 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx', "';"),
  row('GitHub App token of 2026', 'src/a.ts', "const t = 'ghs_", ['1488923_', JWT, 'x'.repeat(0)].join(''), "';"),
  row('GitLab token', 'src/a.ts', "const t = 'glpat-", 'x7Kq2ZwTn5Vb9RmLd4Yc', "';"),
  row('Slack token', 'src/a.ts', join("const t = 'xox", 'b-'), '482917365012-7Kq2ZwTn5Vb9RmLd4YcXs8Pt', "';"),
  row('Stripe key', 'src/a.ts', join("const t = 'sk_", 'live_'), '7Kq2ZwTn5Vb9RmLd4YcXs8Pt', "';"),
  row('Google key', '.env', 'MAPS=AIza', 'SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'),
  row('JSON Web Token', 'src/a.ts', 'const t = "eyJ', JWT.slice(3), '";'),
  row('npm', '.npmrc', '//registry.npmjs.org/:_authToken=npm_', 'x7Kq2ZwTn5Vb9RmLd4YcXs8PtHf3Gj6WeAuQ'),
  row('PyPI', '.pypirc', 'password = pypi-AgE', 'IcHlwaS5vcmcCJDx7Kq2ZwTn5Vb9RmLd4YcXs8PtHf3Gj6WeAuQBvN'),
  row('netrc', '.netrc', 'machine api.depot.io login app password ', 'e5Vb9RmLd4Yc'),
  row(
    'PEM of several lines',
    'deploy.pem',
    join('-----BEGIN RSA PRIVATE', ' KEY-----\n'),
    PEM.join('\n'),
    join('\n-----END RSA PRIVATE', ' KEY-----'),
  ),
  row(
    'PEM in code',
    'src/a.ts',
    join('const k = `-----BEGIN PRIVATE', ' KEY-----\n'),
    PEM.join('\n'),
    join('\n-----END PRIVATE', ' KEY-----`;'),
  ),
  row(
    'PEM of joined strings',
    'a.py',
    join('K = ("-----BEGIN PRIVATE', ' KEY-----\\n"\n  "'),
    PEM.join('\\n"\n  "'),
    join('\\n"\n  "-----END PRIVATE', ' KEY-----")'),
  ),
  row(
    'service account',
    'service-account.json',
    join('{"private_key": "-----BEGIN PRIVATE', ' KEY-----\\n'),
    PEM.join('\\n'),
    join('\\n-----END PRIVATE', ' KEY-----\\n"}'),
  ),
  row('PEM without an end', 'server.key', join('-----BEGIN EC PRIVATE', ' KEY-----\n'), PEM.join('\n')),
  row('SQL', 'migrations/1.sql', "create user app with password '", 'r8Ld4YcXs7Pt', "';", false),
  row('two joined strings', 'src/a.ts', "const password = '", ['q9VtR2mK', "' + '", 'Xw7LkYb3'], "';"),
  row(
    'a token of joined strings',
    'src/a.ts',
    join("const a = 'gh", "p_' + '"),
    'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx',
    "';",
  ),
  row(
    'a token of joined strings over lines',
    'src/a.py',
    join('a = ("gh', 'p_wWPw5k4aXc"\n     "'),
    'aT4fNP0UcnZwJUVFk6LO0pINUx',
    '")',
  ),
  row(
    'a token in escapes',
    'src/a.ts',
    "const a = '",
    String.raw`\u0067\u0068\u0070\u005fwWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx`,
    "';",
  ),
  row(
    'a token with percent signs',
    'src/a.ts',
    "const a = '/x?a=",
    '%67%68%70%5fwWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx',
    "';",
  ),
  row('base64 of a token, under any name', 'src/a.ts', "const a = '", base64(TOKEN), "';"),
  row(
    'base64 of an address',
    'src/a.ts',
    "const a = '",
    base64('postgres://app:q9VtR2mXw7@db1.depot.io/a'),
    "';",
    false,
  ),
  row('base64 of a password', 'src/a.ts', "const a = '", base64('q9VtR2mXw7Lk'), "';", false),
  row('base64 of user and password', 'src/a.go', 'a := "', base64('deploy:q9VtR2mXw7Lk'), '"', false),
  row('base64 of base64', 'src/a.ts', "const a = '", base64(base64('deploy:q9VtR2mXw7Lk')), "';", false),
  row('hexadecimal of a token', 'src/a.ts', "const a = '", Buffer.from(TOKEN).toString('hex'), "';"),
  row('a word in a Kubernetes secret', 'k8s/a.yaml', 'kind: Secret\ndata:\n  db: ', base64('sommernacht'), '', false),
  row('a setter', 'src/a.ts', "ds.setPassword('", 'q9VtR2mXw7Lk', "');"),
  row('a setter with a word', 'src/a.go', 'cfg.SetPassword("', 'sommernacht', '")', false),
  row('a builder', 'src/a.ts', "new Client().password('", 'q9VtR2mXw7Lk', "')"),
  row('a setter behind a user', 'src/a.py', "c.set_password('app', '", 'q9VtR2mXw7Lk', "')"),
  row('in order', 'src/a.py', "db = connect('db1.depot.io', 'app', '", 'q9VtR2mXw7Lk', "')"),
  row('a word in order', 'src/a.py', "db = connect('db1', 'app', '", 'sommernacht', "')", false),
  row('basic authentication', 'src/a.go', 'req.SetBasicAuth("app", "', 'q9VtR2mXw7Lk', '")'),
  row('curl', 'ops/a.sh', 'curl -fsS -u deploy:', 'q9VtR2mXw7Lk', ' https://depot.io/a'),
  row('curl in code', 'src/a.py', 'os.system("curl --user deploy:', 'q9VtR2mXw7Lk', ' https://depot.io/a")'),
  row('curl over lines', 'ops/a.sh', 'curl https://depot.io/a \\\n  --user "deploy:', 'q9VtR2mXw7Lk', '"'),
  row('mysql', 'ops/a.sh', 'mysqldump -uroot -p', 'q9VtR2mXw7Lk', ' shop > a.sql'),
  row('mysql, a word', 'ops/a.sh', 'mysql -h db -u root -p', 'sommernacht', ' shop', false),
  row('mysql as a list', 'src/a.ts', "spawn('mysqldump', ['-uroot', '-p", 'q9VtR2mXw7Lk', "', 'shop'])"),
  row('inside a container', 'ops/a.sh', 'docker exec db mysql -uroot -p', 'q9VtR2mXw7Lk', ' shop'),
  row('sshpass', 'ops/a.sh', 'sshpass -p ', 'q9VtR2mXw7Lk', ' ssh a@b'),
  row('sshpass, quoted', 'ops/a.sh', "sshpass -p '", 'q9Vt(R2m)Xw7', "' ssh a@b"),
  row('PGPASSWORD', 'ops/a.sh', 'PGPASSWORD=', 'q9VtR2mXw7Lk', ' psql -h db1.depot.io app'),
  row('PGPASSWORD in code', 'src/a.ts', 'exec(`PGPASSWORD=', 'q9VtR2mXw7Lk', ' psql -h db app`)'),
  row('docker login', 'ops/a.sh', 'docker login -u ci -p ', 'q9VtR2mXw7Lk', ' registry.depot.io'),
  row('redis-cli', 'ops/a.sh', 'redis-cli -h cache -p 6379 -a ', 'q9VtR2mXw7Lk', ' ping'),
  row('piped', 'ops/a.sh', 'echo deploy:', 'q9VtR2mXw7Lk', ' | chpasswd'),
  row('openssl', 'ops/a.sh', 'openssl rsa -in a.pem -passin pass:', 'q9VtR2mXw7Lk', ' -out b'),
  row('a flag in code', 'src/a.ts', 'exec("tool --password ', 'q9VtR2mXw7Lk', ' run")'),
  row('a list of words in YAML', 'k8s/a.yaml', 'args:\n  - --password\n  - ', 'q9VtR2mXw7Lk', ''),
  row('a quoted list of words in YAML', 'k8s/a.yaml', 'args:\n  - "--password"\n  - "', 'sommernacht', '"', false),
  row('PEM without its first line', 'src/a.py', "K = '''\n", PEM.join('\n'), "\n'''", false),
  row('authorization header', 'src/a.ts', "headers: { Authorization: 'Bearer ", 'x7Kq2ZwTn5Vb9RmLd4Yc', "' }"),
];

/** Every piece of eight characters of a secret: not even one may be seen. */
export function listPieces(secret: readonly string[]): string[] {
  return secret
    .flatMap((one) => one.split(/\\n"?|[\n\s"]+/))
    .filter((one) => one.length >= 8)
    .flatMap((one) => Array.from({ length: one.length - 7 }, (_, at) => one.slice(at, at + 8)));
}
