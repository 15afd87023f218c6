/** `off`: not set up, and nothing is wrong with that. `waiting`: something outside must happen first. */
export type CheckStatus = 'ok' | 'off' | 'waiting' | 'fail';

/** One thing that must be in order for pull requests to be reviewed. The page shows it, `doctor` prints it. */
export interface Check {
  name: CheckName;
  status: CheckStatus;
  /** What is, for people; it may hold what strangers wrote. */
  text: string;
  /** What to do about it, one thing a line, commands between backquotes; null: nothing. */
  todo: string | null;
  /** Where to do it. */
  links: { text: string; url: string }[];
}

/** Steps come in the order in which a person takes them; what the machine brings along stands before or apart. */
export const MACHINE_CHECKS = ['node', 'git', 'secrets', 'network', 'agents'] as const;
export const STEP_CHECKS = [
  'github app',
  'webhook',
  'permissions',
  'database',
  'model',
  'installed on',
  'pull request',
] as const;
export type CheckName = (typeof MACHINE_CHECKS)[number] | (typeof STEP_CHECKS)[number];

/** What one look finds; the list gives it its name. */
export type Outcome = Omit<Check, 'name' | 'links'> & Partial<Pick<Check, 'links'>>;

export function ok(text: string, more: Partial<Outcome> = {}): Outcome {
  return { status: 'ok', text, todo: null, ...more };
}
