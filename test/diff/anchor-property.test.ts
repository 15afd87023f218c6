import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { parsePatch } from '../../src/diff/patch.ts';
import { fingerprintFindings } from '../../src/findings/fingerprint.ts';
import { placeFindings } from '../../src/findings/place.ts';
import { readDiff, toChangedFile } from '../../src/git/read-diff.ts';
import { resolveCommit, runGit } from '../../src/git/run-git.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { finding, plan } from '../support/finding.ts';
import { makeRepository, type Tree } from '../support/temp.ts';

const NAMES = ['src/a.ts', 'src/b c.ts', 'src/"quoted".ts', 'src/é\nnew.ts', 'src/-v.ts', 'src/tab\tname.ts'];

const text = fc
  .record({
    lines: fc.array(fc.constantFrom('a', 'b', 'c();', '  d', '', '+x', '-y', '@@ -1 +1 @@', '\\ no', 'é😀'), {
      maxLength: 24,
    }),
    ending: fc.constantFrom('\n', '\r\n'),
    closed: fc.boolean(),
    mark: fc.boolean(),
  })
  .map(({ lines, ending, closed, mark }) => `${mark ? '\uFEFF' : ''}${lines.join(ending)}${closed ? ending : ''}`);
const tree = fc.dictionary(fc.constantFrom(...NAMES), text, { noNullPrototype: true });
const range = fc.tuple(fc.nat(30), fc.nat(6)).map(([start, length]) => [start + 1, start + 1 + length] as const);

it('every anchor is accepted by GitHub’s rules and stands on the text that the finding quotes', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  sandbox.state.tokens.set('token', { expires: Date.now() + 3_600_000, repositoryIds: null });
  let count = 0;
  let placed = 0;
  await fc.assert(
    fc.asyncProperty(tree, tree, fc.array(range, { minLength: 1, maxLength: 5 }), async (base, change, ranges) => {
      const removed = Object.keys(base).filter((path) => !(path in change));
      const head: Tree = { ...change, ...Object.fromEntries(removed.map((path) => [path, null])) };
      const dir = await makeRepository({ 'README.md': 'x\n', ...base }, head);
      const repository = sandbox.addRepository('acme', `p${++count}`, dir);
      const pull = await sandbox.openPullRequest(repository, { base: 'main', head: 'feature', title: 'x' });
      const files = (await readDiff(dir, pull.mergeBase, pull.headSha)).map(toChangedFile);
      const findings = files.flatMap(({ path, hunks, status }) => {
        const lines = (change[path] ?? '').split('\n');
        if (!hunks || status === 'removed') return [];
        const raw = ranges
          .filter(([, end]) => end <= lines.length)
          .map(([startLine, endLine]) =>
            finding({ path, startLine, endLine, trace: [], evidence: lines.slice(startLine - 1, endLine).join('\n') }),
          );
        const found = fingerprintFindings(raw);
        return placeFindings(found, hunks, new Set(found));
      });
      const { review } = plan(findings, {
        head: pull.headSha,
        hunks: new Map(files.map((file) => [file.path, file.hunks ?? []])),
      });
      const answer = await fetch(`${sandbox.url}/repos/acme/p${count}/pulls/1/reviews`, {
        method: 'POST',
        headers: { authorization: 'Bearer token' },
        body: JSON.stringify({
          commit_id: pull.headSha,
          event: 'COMMENT',
          body: 'x',
          comments: review?.comments.map(({ path, side, line, startLine, body }) => ({
            path,
            side,
            line,
            body,
            ...(startLine !== null && { start_line: startLine, start_side: side }),
          })),
        }),
      });
      expect(answer.status).toBe(200);
      for (const comment of review?.comments ?? []) {
        const file = files.find((one) => one.path === comment.path);
        const at = comment.side === 'RIGHT' ? change[comment.path] : base[file?.previousPath ?? comment.path];
        const to = comment.line ?? 0;
        const shown = (at ?? '').split('\n').slice((comment.startLine ?? to) - 1, to);
        const said = findings.find((one) => one.path === comment.path && one.fingerprint === comment.fingerprint);
        expect(said?.evidence.split('\n').map((line) => line.replace(/\r$/, ''))).toEqual(
          expect.arrayContaining(shown.map((line) => line.replace(/\r$/, ''))),
        );
        placed += 1;
      }
    }),
    { numRuns: 30 },
  );
  // How many there are is up to chance: that there are some is what the property needs.
  expect(placed).toBeGreaterThan(2);
});

it('reads the patch of every file of a diff as the two texts have it', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const dir = await makeRepository({ 'a.ts': before }, { 'a.ts': after });
      const head = await resolveCommit(dir, 'feature');
      const [file] = await readDiff(dir, await resolveCommit(dir, 'main'), head);
      const [old, now] = [before.split('\n'), after.split('\n')];
      for (const line of file?.patch ? parsePatch(file.patch).flatMap((hunk) => hunk.lines) : []) {
        if (line.newLine !== null) expect(now[line.newLine - 1]).toBe(line.text);
        if (line.oldLine !== null) expect(old[line.oldLine - 1]).toBe(line.text);
      }
      expect((await runGit(dir, ['show', 'feature:a.ts'])).toString('utf8')).toBe(after);
    }),
    { numRuns: 30 },
  );
});
