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
      ? '<p>GitHub cannot reach this server by that address, so the App is registered without webhooks. Set their URL in the App’s settings later, or give the public address here first.</p>'
      : '';
  return page(`
    <p>No credentials are set. A GitHub App is registered in your name; its id, key and secret are written to <code>.env</code> here.</p>
    <form method="get" action="/probot">
      <label>Public address of this server <input name="address" type="url" placeholder="https://review.example.com" value="${escapeHtml(address ?? '')}"></label>
      <label>Organisation (empty: your own account) <input name="organisation" value="${escapeHtml(organisation)}"></label>
      <button>Use these</button>
    </form>
    ${reach}
    <form method="post" action="${escapeHtml(action)}">
      <button name="manifest" value="${escapeHtml(JSON.stringify(manifest))}">Register GitHub App</button>
    </form>
    <p><a href="/probot/import">or use an existing GitHub App</a></p>`);
}

export function renderImport(problem: string | null = null): string {
  return page(`
    ${problem === null ? '' : `<p role="alert">Nothing was written: ${escapeHtml(problem)}</p>`}
    <form method="post" action="/probot/import">
      <label>App id <input name="appId" inputmode="numeric" required></label>
      <label>Webhook secret <input name="webhook_secret" type="password" minlength="16" required></label>
      <label>Private key (PEM) <textarea name="pem" rows="8" required></textarea></label>
      <button>Write .env</button>
    </form>`);
}

export function renderDone(install: string | null): string {
  const next = install === null ? '' : ` and <a href="${escapeHtml(install)}">install the App</a>`;
  return page(`<p>The credentials are in <code>.env</code>. Start again${next}.</p>`);
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>backend-dev: register the App</title>
<style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}label{display:block;margin:.5rem 0}input,textarea{display:block;width:100%}</style>
<h1>Register the App</h1>
${body}
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
