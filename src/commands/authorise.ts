import type { Permission } from '../github/github.ts';
import type { CommandName } from './parse-command.ts';

const RANK: Record<Permission, number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

/** The least right for each command: what costs a review needs triage, what only explains needs nothing. */
const NEEDED: Record<CommandName, Permission> = { help: 'none', review: 'triage' };

/** Whether someone may give a command, by GitHub's answer at the moment it runs. The author may have his own pull request reviewed. */
export function mayRun(command: CommandName, permission: Permission, isAuthor: boolean): boolean {
  return RANK[permission] >= RANK[NEEDED[command]] || (command === 'review' && isAuthor);
}
