/** Every command: what parses, what help and the summary show, and what docs/commands.md is made from. */
export const COMMANDS = [
  { name: 'review', argument: '', needs: 'triage', author: true, does: 'reviews what changed since the last review' },
  { name: 'review full', argument: '', needs: 'triage', author: true, does: 'reviews every file again' },
  {
    name: 'ask',
    argument: ' TEXT',
    needs: 'triage',
    author: true,
    does: 'answers a question about this change (Claude, read-only)',
  },
  {
    name: 'explain',
    argument: '',
    needs: 'triage',
    author: true,
    does: 'in a finding’s thread: says why it is a flaw, and when it would be none',
  },
  {
    name: 'fix',
    argument: '',
    needs: 'write',
    author: false,
    does: 'in a finding’s thread: commits its exact fix; in the conversation: all exact fixes in one commit',
  },
  {
    name: 'ignore',
    argument: ' [REASON]',
    needs: 'write',
    author: false,
    does: 'in a finding’s thread: the finding is not said again on this pull request; PATH:LINE names a finding without a thread',
  },
  {
    name: 'resolve',
    argument: '',
    needs: 'write',
    author: false,
    does: 'closes the finding’s thread, or all threads of this App',
  },
  { name: 'pause', argument: '', needs: 'write', author: false, does: 'stops automatic reviews of this pull request' },
  { name: 'resume', argument: '', needs: 'write', author: false, does: 'starts automatic reviews again' },
  {
    name: 'config',
    argument: '',
    needs: 'triage',
    author: true,
    does: 'shows the settings in force and where they come from',
  },
  {
    name: 'override',
    argument: ' REASON',
    needs: 'write',
    author: false,
    does: 'lets the check of this commit pass; the summary says who did it and why',
  },
  {
    name: 'help',
    argument: '',
    needs: 'none',
    author: true,
    does: 'lists the commands; people without rights get it once on a pull request',
  },
] as const;

export type CommandName = (typeof COMMANDS)[number]['name'];
