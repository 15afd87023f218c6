import { escapeHtml, renderShell } from './render-shell.ts';

/** Where the App is registered, and what for. */
export interface SetupPage {
  /** GitHub's own address. */
  github: string;
  organisation: string;
  /** Where GitHub will reach this server; null as long as only this machine does. */
  address: string | null;
  manifest: Record<string, unknown>;
  state: string;
}

/** The page that leads to registering the App: two forms, no script. */
export function renderSetup({ github, organisation, address, manifest, state }: SetupPage): string {
  const owner = organisation === '' ? '' : `/organizations/${encodeURIComponent(organisation)}`;
  const action = `${github}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`;
  const reach =
    address === null
      ? '<p class="note">GitHub cannot reach this server by that address, so the App is registered without webhooks. Give the public address here first, or go on: the next page says how webhooks come here, for trying and for real.</p>'
      : '';
  return page(`<p>No credentials are set yet. A GitHub App is registered in your name, and this process goes on as that App; its id, key and secret are written to <code>.env</code> here.</p>
    <form method="get" action="/probot">
      <label>Public address of this server <input name="address" type="url" placeholder="https://review.example.com" value="${escapeHtml(address ?? '')}"></label>
      <label>Organisation (empty: your own account) <input name="organisation" value="${escapeHtml(organisation)}"></label>
      <button class="quiet">Use these</button>
    </form>
    ${reach}
    <form method="post" action="${escapeHtml(action)}">
      <button name="manifest" value="${escapeHtml(JSON.stringify(manifest))}">Register GitHub App</button>
    </form>
    <p><a href="/probot/import">or use an existing GitHub App</a></p>`);
}

export function renderImport(problem: string | null = null): string {
  return page(`${problem === null ? '' : `<p class="note fail" role="alert">Nothing was written: ${escapeHtml(problem)}</p>`}
    <form method="post" action="/probot/import">
      <label>App id <input name="appId" inputmode="numeric" required></label>
      <label>Webhook secret <input name="webhook_secret" type="password" minlength="16" required></label>
      <label>Private key (PEM) <textarea name="pem" rows="8" required></textarea></label>
      <button>Write .env and start</button>
    </form>`);
}

/** While the App starts in this process, until it answers itself; or why it could not. */
export function renderStarting(problem: string | null): string {
  if (problem === null)
    return renderShell({
      title: 'Set-up',
      refresh: { seconds: 2, to: '/setup' },
      body: `<p class="note waiting" role="status">The credentials are in <code>.env</code>, and the App is starting: a few seconds, longer where its database is made. This page then goes on by itself.</p>
<p><a href="/setup">Look again</a></p>`,
    });
  return renderShell({
    title: 'Set-up',
    body: `<p class="note fail" role="alert">The credentials are in <code>.env</code>, but the App did not start: ${escapeHtml(problem)}</p>
<p>Put that right, then end this process and start again: it reads <code>.env</code>.</p>`,
  });
}

function page(body: string): string {
  return renderShell({ title: 'Register the App', body });
}
