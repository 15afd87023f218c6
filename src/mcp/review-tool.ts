import { z } from 'zod';
import { readRange } from '../git/read-range.ts';
import { readSettings } from '../local/read-settings.ts';
import { answerWithReport, REPORT_ARGUMENTS } from './answer-with-report.ts';
import { BoundedReport } from './bound-report.ts';
import type { Tool } from './tool.ts';

/** A name of a commit, as git accepts it: no option, no path in a commit, no search by text. */
const REF = /^(?!-)(?!.*\{\/)[^\s\p{Cc}:?*[\\"'`$;|<>&]{1,250}$/u;

// A refinement and no pattern: not every client can read this one in a schema.
const Ref = z
  .string()
  .refine((ref) => REF.test(ref), 'expected a branch, tag or commit, such as main, origin/main, v1.2 or HEAD~3');

const Input = z.strictObject({
  base: Ref.optional().describe(
    'Review what changed since the merge base with this ref. Without it: the default branch',
  ),
  head: Ref.optional().describe('Up to this ref. Without it: the working tree as it is now, new files included'),
  ...REPORT_ARGUMENTS,
});

export const REVIEW_TOOL: Tool<typeof Input, typeof BoundedReport> = {
  name: 'review',
  title: 'Review a backend change',
  description:
    'Reviews the backend files of a change in this repository, as a senior backend engineer would before the pull request is opened: injection, missing time limits, unsafe migrations, secrets, races, errors that are swallowed. By default it compares the working tree, with uncommitted work, with the default branch; with base and head, a range of commits. It is free and takes seconds. Call it when a piece of backend work is done, fix what it finds, and call it again.',
  input: Input,
  output: BoundedReport,
  openWorld: true,
  run: async ({ base, head, ...options }, call) => {
    const root = await call.session.findRoot();
    const { change, snapshot, close } = await readRange(root, base, head);
    try {
      const settings = await readSettings(change, snapshot);
      return await answerWithReport({ change, snapshot, settings, repository: snapshot }, options, call);
    } finally {
      close();
    }
  },
};
