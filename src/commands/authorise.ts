import type { Permission } from '../pipeline/forge.ts';
import { COMMANDS, type CommandName } from '../render/command-list.ts';

const RANK: Record<Permission, number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

/**
 * Whether someone may give a command, by GitHub's answer at the moment it runs: reading ones need triage, writing ones write,
 * `help` nothing. The author may ask about the own pull request.
 */
export function mayRun(command: CommandName, permission: Permission, isAuthor: boolean): boolean {
  const rule = COMMANDS.find((one) => one.name === command);
  return rule !== undefined && (RANK[permission] >= RANK[rule.needs] || (rule.author && isAuthor));
}

/** Whether a reply that disputes a finding is answered: the author's, and that of anyone who may triage. */
export function mayDispute(permission: Permission, isAuthor: boolean): boolean {
  return isAuthor || RANK[permission] >= RANK.triage;
}
