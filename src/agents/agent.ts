import { z } from 'zod';

/** Tools of the sub-agent format (Claude Code's names) and what each may do in this App. */
export const TOOLS = {
  Read: { granted: true, why: 'reads git objects of the pull request’s head, never this server’s disk' },
  Grep: { granted: true, why: 'searches the head’s files for a literal text, when someone asks a question' },
  Glob: { granted: true, why: 'lists the head’s files, when someone asks a question' },
  Edit: {
    granted: true,
    why: 'only in /backend-dev fix: a commit or a suggestion that a person with write access asked for',
  },
  Write: { granted: false, why: 'refused: a fix changes files that are there, it creates none' },
  Bash: { granted: false, why: 'refused: code from a pull request is hostile, so no command ever runs on the server' },
  WebFetch: { granted: false, why: 'refused: a pull request could make it carry data out' },
  WebSearch: { granted: false, why: 'refused: a pull request could make it carry data out' },
  Task: { granted: false, why: 'refused: a review is one bounded run' },
  NotebookEdit: { granted: false, why: 'refused: notebooks are not backend code' },
  TodoWrite: { granted: false, why: 'refused: a review is one bounded run' },
} as const;

export type ToolName = keyof typeof TOOLS;
export const TOOL_NAMES = Object.keys(TOOLS) as ToolName[];

/** The one alias table. Full ids are passed on as they are. Source: docs.claude.com, models overview, November 2026. */
export const MODEL_ALIASES: Record<string, string> = {
  sonnet: 'claude-sonnet-5-5',
  opus: 'claude-opus-5-5',
  haiku: 'claude-haiku-5-5',
};

const Tools = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (typeof value === 'string' ? value.split(',') : value).map((tool) => tool.trim()).filter((tool) => tool !== ''),
  )
  .pipe(
    z.array(
      z.enum(TOOL_NAMES, {
        error: (issue) => `unknown tool ${JSON.stringify(issue.input)}; known: ${TOOL_NAMES.join(', ')}`,
      }),
    ),
  );

export const AgentFrontMatter = z.strictObject({
  name: z
    .string({ error: 'a name is required' })
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name is 1 to 40 lower-case letters, digits and hyphens'),
  description: z.string({ error: 'a description is required' }).min(1).max(2000),
  tools: Tools.default([]),
  model: z
    .string()
    .regex(
      /^(sonnet|opus|haiku|inherit|claude-[a-z0-9.-]{1,60})$/,
      'unknown model: use sonnet, opus, haiku, inherit, or a full id such as claude-sonnet-5-5',
    )
    .default('inherit'),
  permissionMode: z
    .enum(['default', 'plan', 'acceptEdits'], {
      error: (issue) =>
        `permissionMode ${JSON.stringify(issue.input)} is not offered; use default, plan or acceptEdits`,
    })
    .default('default'),
});
export type AgentFrontMatter = z.infer<typeof AgentFrontMatter>;

/** One entry of the catalogue: `id` is heading/bullet in kebab case, `text` the bullet as written. */
export interface Principle {
  id: string;
  text: string;
  line: number;
}

export interface Agent extends AgentFrontMatter {
  /** Where it was read, for messages; never opened again. */
  source: string;
  /** The Markdown below the front matter. */
  body: string;
  /** What of it the model reviewer is told. */
  persona: string;
  principles: Principle[];
}
