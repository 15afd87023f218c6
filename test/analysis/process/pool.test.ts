import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Analysis } from '../../../src/analysis/analysis.ts';
import { createAnalysisPool } from '../../../src/analysis/process/pool.ts';
import type { FileAnalysis } from '../../../src/analysis/process/task.ts';
import { runUntil } from '../../../src/call-off.ts';
import type { SourceFile } from '../../../src/change/source-file.ts';
import { FROM_BUILD } from '../../support/build.ts';
import { CRASHING, makeBrokenAgent, makeSlowAgent } from '../../support/hostile-agent.ts';
import { SLOW } from '../../support/slow-text.ts';
import { waitFor } from '../../support/stack.ts';

const CLIENT = { owner: 'acme', pullRequest: 'acme/shop#1' };

function open(options: Parameters<typeof createAnalysisPool>[0]): Analysis {
  return openPool(options).open('backend-dev', CLIENT);
}

function openPool(options: Parameters<typeof createAnalysisPool>[0]) {
  const pool = createAnalysisPool(options);
  onTestFinished(() => pool.close());
  return pool;
}

const file = (path: string, text: string): SourceFile => {
  const kind = path.endsWith('.py') ? 'python' : path.endsWith('.sql') ? 'sql' : 'typescript';
  return { path, kind, text, hunks: null };
};
const flawed = 'import requests\nrequests.get(url)\n';
const outcomesOf = (analysis: FileAnalysis | undefined): Record<string, string> =>
  Object.fromEntries(
    (analysis?.outcomes ?? []).map(({ analyser, outcome }) => [
      analyser ?? 'all',
      outcome.status === 'analysed' ? `${outcome.findings.length} found` : outcome.reason,
    ]),
  );

describe('the analysis pool', () => {
  it('analyses many files side by side and says when each is done', async () => {
    const done: string[] = [];
    const files = Array.from({ length: 12 }, (_, index) => file(`${index}.py`, flawed));
    const analyses = await open({}).analyse(files, (path) => done.push(path));
    expect(analyses.map((one) => one.path)).toEqual(files.map((one) => one.path));
    expect(analyses.every((one) => outcomesOf(one).rules === '1 found')).toBe(true);
    expect(done).toHaveLength(12);
  });

  it.runIf(process.platform === 'linux')(
    'small files start no second process: it would be ready when they are done',
    async () => {
      const before = listChildren(process.pid);
      const files = Array.from({ length: 10 }, (_, index) => file(`${index}.py`, flawed));
      // A machine that others keep busy takes a second for one of them, and who waits so long is helped.
      await open({ patienceMs: 600_000 }).analyse(files);
      expect(listChildren(process.pid).filter((pid) => !before.includes(pid))).toHaveLength(1);
    },
  );

  it('outlives a file that crashes the parser: the file is named, other analysers and other files report', async () => {
    const pool = openPool({});
    const secret = `${CRASHING}key = "ghp_${'Q3xY7LmnOp4RstU'.repeat(3).slice(0, 36)}"\n`;
    const look = () => pool.open('backend-dev', CLIENT).analyse([file('deep.py', secret), file('next.py', flawed)]);
    const [deep, next] = await look();
    expect(outcomesOf(deep)).toMatchObject({
      rules: expect.stringContaining('its process crashed'),
      secretlint: '1 found',
    });
    expect(outcomesOf(next)).toMatchObject({ rules: '1 found' });
    const [again] = await look();
    expect(outcomesOf(again)).toMatchObject({
      rules: expect.stringMatching(/^not tried again: its process crashed/),
      secretlint: '1 found',
    });
  });

  it('calls off what takes longer than the time for all of it, and keeps what was done', async () => {
    const analysis = open({ size: 1, dir: makeSlowAgent() });
    const all = (one: Analysis | undefined, ...files: SourceFile[]) => one?.analyse(files) ?? [];
    const [warm] = await all(analysis.within?.(600_000), file('a.py', flawed));
    expect(outcomesOf(warm)).toMatchObject({ rules: '1 found' });
    const bounded = analysis.within?.(2000);
    const [first] = await all(bounded, file('b.py', flawed));
    expect(outcomesOf(first)).toMatchObject({ rules: '1 found' });
    const [slow] = await all(bounded, file('slow.ts', SLOW));
    expect(outcomesOf(slow)).toEqual({ all: 'stopped after 2 s' });
    const [late] = await all(bounded, file('c.py', flawed));
    expect(outcomesOf(late)).toEqual({ all: 'stopped after 2 s' });
    const [other] = await all(analysis, file('c.py', flawed));
    expect(outcomesOf(other)).toMatchObject({ rules: '1 found' });
  });

  it('looks at files of one program in one task, and apart where one of them ends it', async () => {
    const program = (one: SourceFile): SourceFile => ({ ...one, together: 'shop' });
    const names = ['a.py', 'slow.ts', 'b.py'];
    const files = names.map((name) => program(file(name, name === 'slow.ts' ? SLOW : flawed)));
    const [a, slow, b] = await open({ dir: makeSlowAgent(), limitMs: 2000 }).analyse(files);
    expect([a?.path, slow?.path, b?.path]).toEqual(names);
    expect(outcomesOf(slow)).toMatchObject({ 'data-flow': 'stopped after 2 s', rules: expect.stringMatching('found') });
    for (const one of [a, b]) expect(outcomesOf(one)).toMatchObject({ rules: '1 found', 'data-flow': '0 found' });
  });

  it('ends an analyser that takes too long, names it, and has the others report', async () => {
    const [slow, next] = await open({ dir: makeSlowAgent(), limitMs: 2000 }).analyse([
      file('slow.ts', SLOW),
      file('next.py', flawed),
    ]);
    expect(outcomesOf(slow)).toMatchObject({ 'data-flow': 'stopped after 2 s', rules: expect.stringMatching('found') });
    expect(outcomesOf(next)).toMatchObject({ rules: '1 found' });
  });

  it('ends what it does for a request that is called off, blames nothing for it, and goes on with other requests', async () => {
    const pool = openPool({ dir: makeSlowAgent(), size: 1, limitMs: 120_000 });
    const stop = new AbortController();
    const calledOff = Array.from({ length: 20_000 }, (_, index) => file(`${index}.ts`, SLOW));
    const late = runUntil(stop.signal, () => pool.open('backend-dev', CLIENT).analyse(calledOff));
    const other = pool.open('backend-dev', { ...CLIENT, pullRequest: 'acme/shop#2' }).analyse([file('a.py', flawed)]);
    setImmediate(() => stop.abort());
    const outcomes = (await late).map(outcomesOf);
    expect(outcomes).toHaveLength(20_000);
    expect(outcomes.every(({ all }) => all === 'the review was called off')).toBe(true);
    expect(outcomesOf((await other)[0])).toMatchObject({ rules: '1 found' });
    const [again] = await pool.open('backend-dev', CLIENT).analyse([file('0.ts', 'const a = 1;\n')]);
    expect(outcomesOf(again)).toMatchObject({ rules: '0 found' });
  });

  it('does not blame the same text in another change for what stood before it here', async () => {
    const pool = openPool({ dir: makeSlowAgent(), limitMs: 2000 });
    const patch = (removed: string): SourceFile['hunks'] => [
      {
        oldStart: 1,
        newStart: 1,
        lines: [
          ...removed
            .trimEnd()
            .split('\n')
            .map((text, at) => ({ kind: 'removed' as const, oldLine: at + 1, newLine: null, text })),
          { kind: 'added', oldLine: null, newLine: 1, text: "import { exec } from 'node:child_process';" },
          { kind: 'added', oldLine: null, newLine: 2, text: 'export const run = (req) => exec(req.query.name);' },
        ],
      },
    ];
    const text = "import { exec } from 'node:child_process';\nexport const run = (req) => exec(req.query.name);\n";
    const look = (owner: string, removed: string) =>
      pool
        .open('backend-dev', { owner, pullRequest: `${owner}/a#1` })
        .analyse([{ ...file('run.ts', text), hunks: patch(removed) }]);
    const [theirs] = await look('mallory', SLOW);
    expect(outcomesOf(theirs)).toMatchObject({
      'comparison with the base': 'stopped after 2 s',
      'data-flow': '1 found',
    });
    const [ours] = await look('acme', 'export const run = 1;\n');
    expect(outcomesOf(ours)).not.toHaveProperty('comparison with the base');
    expect(ours?.before).not.toBeNull();
  });

  it('survives a file that eats its memory', async () => {
    const analysis = open({ heapMb: 32, limitMs: 60_000 });
    const [big] = await analysis.analyse([file('big.py', flawed.repeat(150_000))]);
    expect(Object.values(outcomesOf(big)).join()).toContain('out of memory');
    expect(await analysis.analyse([file('empty.py', '')])).toHaveLength(1);
  });

  it('counts the memory of native code, too', async () => {
    const [big] = await open({ rssMb: 250, limitMs: 170_000 }).analyse([file('big.py', flawed.repeat(20_000))]);
    expect(Object.values(outcomesOf(big)).join()).toContain('more than 250 MB');
  });

  it.runIf(process.platform === 'linux')('takes no more memory while its parsers are new', async () => {
    const others = listChildren(process.pid);
    const started = () => listChildren(process.pid).filter((pid) => !others.includes(pid));
    const analysis = open({ size: 1, rssMb: 550, limitMs: 170_000 });
    await analysis.analyse([file('first.ts', '')]);
    const [first] = started();
    const table = 'create table orders (id bigint primary key, note text not null);\n';
    const sum = 'export function add(a: number, b: number): number {\n  return a > b ? a + b : Math.max(a, b);\n}\n';
    const files = Array.from({ length: 30 }, (_, index) => [
      file(`${index}.sql`, `-- ${index}\n${table.repeat(20)}`),
      file(`${index}.ts`, `// ${index}\n${sum.repeat(100)}`),
    ]);
    await analysis.analyse(files.flat());
    expect(started()).toEqual([first]);
  });

  it('lets another pull request go first where one has slow files', async () => {
    const pool = openPool({ dir: makeSlowAgent(), limitMs: 30_000 });
    let slowDone = false;
    const slow = pool
      .open('backend-dev', CLIENT)
      .analyse(Array.from({ length: 6 }, (_, index) => file(`slow${index}.ts`, `${SLOW}// ${index}\n`)));
    void slow.then(() => {
      slowDone = true;
    });
    const [next] = await pool
      .open('backend-dev', { owner: 'other', pullRequest: 'other/shop#1' })
      .analyse([file('next.py', flawed)]);
    expect(outcomesOf(next)).toMatchObject({ rules: '1 found' });
    expect(slowDone).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'does not let four files of template chains hold an innocent pull request, and pays for them what it pays for six levels of anything',
    async () => {
      const before = listChildren(process.pid);
      const pool = openPool({ size: 1 });
      const look = (owner: string, files: SourceFile[]) =>
        pool.open('backend-dev', { owner, pullRequest: `${owner}/shop#1` }).analyse(files);
      // Of an owner of its own: whose turn it is depends on what both have used.
      await look('globex', [file('first.ts', chain(1, 1))]);
      const [child = ''] = listChildren(process.pid).filter((pid) => !before.includes(pid));
      const spend = async (work: () => Promise<unknown>): Promise<number> => {
        const from = readTicks(child);
        await work();
        return readTicks(child) - from;
      };
      const ends: string[] = [];
      const end = (name: string) => () => ends.push(name);
      // Ten uses a level are a million at the sixth.
      const dear = await spend(async () => {
        const four = [1, 2, 3, 4].map((at) => file(`chain${at}.ts`, `${chain(6, 10)}// ${at}\n`));
        const hostile = look('mallory', four).then(end('the chains'));
        await Promise.all([hostile, look('acme', [file('next.py', flawed)]).then(end('the innocent one'))]);
      });
      expect(ends).toEqual(['the innocent one', 'the chains']);
      expect(listChildren(process.pid).filter((pid) => !before.includes(pid))).toEqual([child]);
      // As much text without chains; a tick is a hundredth of a second, and a process has its warm-up.
      const cheap = await spend(() =>
        look(
          'acme',
          [5, 6, 7, 8].map((at) => file(`flat${at}.ts`, `${chain(6, 1)}// ${at}\n`)),
        ),
      );
      expect(dear).toBeLessThan(20 * cheap + 200);
    },
  );

  it('stops at the budget of a pull request, code before tests, and says so of each file', async () => {
    const analysis = open({ size: 1, pullRequestMs: 1 });
    const test: SourceFile = { ...file('a.py', flawed), kind: 'test' };
    const [later, first] = await analysis.analyse([test, file('b.py', flawed)]);
    expect(outcomesOf(first)).toMatchObject({ rules: '1 found' });
    expect(outcomesOf(later)).toEqual({ all: 'the time budget of this pull request (0.001 s of analysis) is spent' });
    expect(await analysis.compare([{ path: 'a.ts', base: 'a\n', head: 'b\n' }])).toEqual([
      { reason: 'the time budget of this pull request (0.001 s of analysis) is spent' },
    ]);
  });

  it('stops at the budget of an owner, whatever pull request it is, and goes on for others', async () => {
    const pool = openPool({ size: 1, ownerMs: 1 });
    const look = async (owner: string, number: number) =>
      outcomesOf(
        (
          await pool.open('backend-dev', { owner, pullRequest: `${owner}/a#${number}` }).analyse([file('b.py', flawed)])
        )[0],
      );
    await look('acme', 1);
    expect(await look('acme', 2)).toEqual({ all: 'the time budget of acme for analysis is spent; it fills up again' });
    expect(await look('other', 1)).toMatchObject({ rules: '1 found' });
  });

  it.runIf(process.platform === 'linux')('starts no process for each file where none of them starts', async () => {
    const before = listChildren(process.pid);
    const started = new Set<string>();
    const watch = setInterval(() => {
      for (const pid of listChildren(process.pid)) if (!before.includes(pid)) started.add(pid);
    }, 20);
    const files = Array.from({ length: 40 }, (_, index) => file(`${index}.py`, flawed));
    const outcomes = (await open({ dir: makeBrokenAgent() }).analyse(files)).map(outcomesOf);
    clearInterval(watch);
    expect(outcomes.every(({ all }) => /^the process did not start: .*unheardOf/.test(all ?? ''))).toBe(true);
    expect(started.size).toBeLessThan(8);
  });

  it('compares texts, and gives up on those that are too different', async () => {
    const analysis = open({});
    const many = (seed: number): string =>
      Array.from({ length: 40_000 }, (_, index) => `${(index * seed) % 39_989}`).join('\n');
    const [small, large] = await analysis.compare([
      { path: 'a.ts', base: 'a\nb\n', head: 'a\nc\n' },
      { path: 'a.ts', base: many(7), head: many(11) },
    ]);
    expect(small).toMatchObject({ hunks: [{ newStart: 1 }] });
    expect(large).toHaveProperty('reason');
  });

  it.runIf(process.platform === 'linux')('ends with the App, also where that is killed and a file hangs', async () => {
    const script = fileURLToPath(new URL('../../support/hang-in-pool.ts', import.meta.url));
    const app = spawn(process.execPath, [FROM_BUILD, script, makeSlowAgent()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      app.kill('SIGKILL');
    });
    await new Promise((resolve) => app.stdout.once('data', resolve));
    const [child = ''] = listChildren(app.pid ?? 0);
    const spent = (): number => Number(readFileSync(`/proc/${child}/stat`, 'utf8').split(' ')[13]);
    const before = spent();
    await waitFor('the file that hangs', () => spent() > before + 50);
    app.kill('SIGKILL');
    await waitFor('the end of its process', () => !existsSync(`/proc/${child}`), 20_000);
  });

  it.runIf(process.platform === 'linux')('runs with an empty environment', async () => {
    const others = listChildren(process.pid);
    await open({}).analyse([file('a.py', flawed)]);
    const ours = listChildren(process.pid).filter((pid) => !others.includes(pid));
    expect(ours.map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'))).toEqual([
      'NODE_CHANNEL_FD=3\0NODE_CHANNEL_SERIALIZATION_MODE=advanced\0',
    ]);
  });
});

/** Levels of templates, each of so many uses of the one before. */
const chain = (levels: number, uses: number): string =>
  [
    "import { pool } from './db';",
    'export function f(req) {',
    '  const v0 = req.query.a;',
    ...Array.from({ length: levels }, (_, at) => `  const v${at + 1} = \`${`\${v${at}}`.repeat(uses)}\`;`),
    `  return pool.query(\`select \${v${levels}}\`);`,
    '}\n',
  ].join('\n');

/** Processor time of a process, in hundredths of a second. Source: proc(5), stat, utime and stime. */
function readTicks(pid: string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Processes of the pool that a process has. */
function listChildren(parent: number): string[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  return children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('analysis/process/child'));
}
