import { z } from 'zod';
import { listSubject } from '../local/list-subject.ts';
import { answerWithReport, REPORT_ARGUMENTS } from './answer-with-report.ts';
import { BoundedReport } from './bound-report.ts';
import { confinePath } from './confine-path.ts';
import type { Tool } from './tool.ts';

const Input = z.strictObject({
  paths: z
    .array(
      z
        .string()
        .min(1)
        .max(4096)
        .refine((path) => !path.includes('\0'), 'a path has no NUL'),
    )
    .min(1)
    .max(100)
    .default(['.'])
    .describe('Files and folders, relative to the top of the repository. Default: the whole repository'),
  ...REPORT_ARGUMENTS,
});

export const SCAN_TOOL: Tool<typeof Input, typeof BoundedReport> = {
  name: 'scan',
  title: 'Scan backend files',
  description:
    'Looks at every line of backend files in this repository, as if all were new. Use it for existing code; for work in progress use review.',
  input: Input,
  output: BoundedReport,
  openWorld: true,
  run: async ({ paths, ...options }, call) => {
    const root = await call.session.findRoot();
    const confined = await Promise.all(paths.map((path) => confinePath(root, path)));
    return await answerWithReport(await listSubject(root, confined, root), options, call);
  },
};
