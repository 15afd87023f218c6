/** How closely a bundle is looked at. */
export type Tier = 'light' | 'deep';

/** The angles of a deep look. Each is its own request over the same cached beginning. */
export const ANGLES = {
  'authorisation and input':
    'Who may call this, and with what? Follow each value from the request, message or file to where it is used. Compare each handler with its siblings: what do they check that this one does not, or not any more?',
  'data, transactions and races':
    'What is written, together with what, under which lock or constraint? Run two requests against each other, and one that stops in the middle. Is each condition of each query (tenant, owner, version, deleted) still there?',
  'failure, retries and load':
    'Let each call fail, hang, or come twice. What is acknowledged, repeated, swallowed, left open, without end or without limit? What grows with the number of rows, requests or tenants?',
  'contracts and deploy order':
    'Take each changed condition and computation to its edges: none, one, equal, the last, negative, the other branch, state, unit or time zone. Is the result what its name and its callers say? What do callers, clients, queued messages and the code that still runs expect of what is changed or removed here: names, types, status codes, columns, defaults, events, order of migration and code?',
} as const;

/** For every review: it stands with the instructions, so that it is read from the cache. */
export const REVIEW_RULES = `# When the task is to review

Report in \`findings\` what this change brings, arms, or leaves behind where it claims to mend it. A second reviewer will try to
disprove each one with the same tools, so say what you can show, and look up what decides before you accuse: the definition, the
caller, the schema, the sibling. When something that you cannot read decides, name it in \`dependsOn\`.
Where a check, a lock, a limit or a condition was removed, quote the removed line (\`removed\`: true), or the line that it left
unprotected. One cause is one finding; its other places go into \`alsoAt\`.
What stands in <known-…> is said already, and what is \`suspected\` there is looked into by others: do not repeat it. \`verdicts\`
holds one entry for each known finding that the code proves wrong, with the line that proves it, and none for the others; without
known findings it is empty.
A task may name one side from which to look. Others look at the same code from the other sides: leave to them what only their
questions lead to. When you are not sure whose it is, report it; what two say is one finding.`;

/** The tasks of a bundle: one over everything, or one from each angle. */
export function listReviewTasks(tier: Tier): { angle: string; task: string }[] {
  if (tier === 'light') return [{ angle: 'all', task: '# Task: review it from every side' }];
  return Object.entries(ANGLES).map(([angle, text]) => ({ angle, task: `# Task: ${angle}\n\n${text}` }));
}
