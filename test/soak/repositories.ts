import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runGit } from '../../src/git/run-git.ts';
import { commitAll } from '../../src/sandbox/demo/make-repository.ts';

export type Files = Record<string, string | Buffer>;

/** A service with a branch for each pull request. */
export async function makeRepository(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  await runGit(dir, ['init', '--quiet', '--initial-branch=main']);
  write(dir, { 'src/db.ts': "import pg from 'pg';\nexport const pool = new pg.Pool();\n", 'README.md': 'shop\n' });
  await commitAll(dir, 'base');
}

/** Commits on a branch, a new one from main when it is not there. */
export async function commitOn(dir: string, branch: string, files: Files): Promise<void> {
  const exists = (await runGit(dir, ['branch', '--list', branch])).length > 0;
  await runGit(dir, ['checkout', '--quiet', ...(exists ? [branch] : ['-B', branch, 'main'])]);
  write(dir, files);
  await commitAll(dir, 'change');
  await runGit(dir, ['checkout', '--quiet', 'main']);
}

function write(dir: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(dir, path);
    rmSync(full, { force: true });
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }
}

/** One flaw for each file. */
export const flawed = (name: string): Files => ({
  [`src/${name}.ts`]: `import { pool } from './db.js';\nexport async function ${name}(req) {\n  return pool.query(\`select id from ${name} order by \${req.query.sort}\`);\n}\n`,
});

export const clean = (name: string): Files => ({
  [`src/${name}.ts`]: `import { pool } from './db.js';\nexport async function ${name}(req) {\n  return pool.query('select id from ${name} where id = $1', [req.params.id]);\n}\n`,
});

/** What makes analysers, databases and terminals stumble. */
export const hostile = (name: string): Files => ({
  [`src/deep_${name}.py`]: `${Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n')}\n${' '.repeat(600)}pass\n`,
  [`src/minified_${name}.js`]: `var a=${'f('.repeat(20_000)}1${')'.repeat(20_000)};`,
  [`src/nul_${name}.ts`]: Buffer.from(`const a = "\u0000\u202e${'x'.repeat(1000)}";\nconst b = "\ud83d";\n`, 'utf8'),
  [`src/latin_${name}.go`]: Buffer.from('package a\n// caf\xe9 \xff\xfe\n', 'latin1'),
  [`.gitattributes`]: `${Array.from({ length: 200 }, (_, at) => `**/*a*${at}*b*/** linguist-generated`).join('\n')}\n`,
  [`migrations/${name}.sql`]: `\\set x on\ncreate table ${name} (id int);\nalter table orders drop column total;\n`,
  [`deploy/${name}/Dockerfile`]: `${'FROM node:20\n'.repeat(300)}USER root\n`,
});
