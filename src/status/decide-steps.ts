import type { AppFacts, InstallationFacts } from '../github/read-app.ts';
import type { Progress } from '../queue/read-progress.ts';
import { type Outcome, ok } from './check.ts';
import { showTime } from './decide-webhook.ts';

export function decideApp({ slug, id, owner, url, settings }: AppFacts): Outcome {
  return ok(`${slug} is registered (App id ${id}, owner ${owner})`, {
    links: [
      { text: 'The App', url },
      { text: 'Its settings', url: settings },
    ],
  });
}

/** What the App asks for, and what each account has granted of it. */
export function decidePermissions({ slug, missing, settings }: AppFacts, installed: InstallationFacts[]): Outcome {
  if (missing.length > 0)
    return {
      status: 'fail',
      text: `${slug} lacks ${missing.join(', ')}`,
      todo: 'Grant it under “Permissions & events” in the App’s settings, then let each account accept it.',
      links: [{ text: 'Permissions and events of the App', url: `${settings}/permissions` }],
    };
  const behind = installed.filter((one) => one.missing.length > 0);
  if (behind.length > 0)
    return {
      status: 'fail',
      text: behind.map((one) => `${one.account} has not granted ${one.missing.join(', ')}`).join('; '),
      todo: 'Whoever owns the account accepts what the App asks for, in the installation’s settings.',
      links: behind.map((one) => ({ text: `Installation of ${one.account}`, url: one.url })),
    };
  return ok('permissions and events as needed');
}

export function decideInstalled({ url }: AppFacts, installed: InstallationFacts[]): Outcome {
  const add = { text: 'Install the App', url: `${url}/installations/new` };
  if (installed.length === 0)
    return { status: 'waiting', text: 'nowhere yet', todo: 'Install the App on a repository.', links: [add] };
  const links = [...installed.map((one) => ({ text: `Installation of ${one.account}`, url: one.url })), add];
  const text = installed.map(describe).join('; ');
  if (installed.every((one) => one.suspended))
    return { status: 'fail', text, todo: 'Unsuspend the App in the settings of the account.', links };
  if (installed.every((one) => one.suspended || one.repositories === 0))
    return { status: 'waiting', text, todo: 'Choose a repository in the installation’s settings.', links };
  return ok(text, { links });
}

function describe({ account, suspended, repositories }: InstallationFacts): string {
  if (suspended) return `${account} (suspended)`;
  if (repositories === null) return account;
  return `${account} (${repositories} ${repositories === 1 ? 'repository' : 'repositories'})`;
}

export function decideFirstReview({ review }: Progress): Outcome {
  const todo = 'Open a pull request in a repository where the App is installed, or write `/backend-dev review` on one.';
  if (review === null) return { status: 'waiting', text: 'no pull request was reviewed yet', todo };
  if (review.done) return ok(`the last review was done at ${showTime(review.at)}`);
  if (review.error === null)
    return { status: 'waiting', text: `one is under review since ${showTime(review.at)}`, todo: null };
  return {
    status: 'fail',
    text: `the last review failed at ${showTime(review.at)}: ${review.error}`,
    todo: 'It is tried again by itself; the log has more. docs/errors.md explains the code.',
  };
}
