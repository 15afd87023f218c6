import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const App = z.looseObject({ name: z.string(), url: z.string() });

interface Options {
  /** Where GitHub will reach this server; null when it cannot. */
  address: string | null;
  webhookPath: string;
  /** Where GitHub sends the browser afterwards. */
  returnTo: string;
}

/** What is registered: app.yml, and where this server is. Source: docs.github.com, "Registering a GitHub App from a manifest". */
export function makeManifest({ address, webhookPath, returnTo }: Options): Record<string, unknown> {
  const app = App.parse(parse(readFileSync(new URL('../../../app.yml', import.meta.url), 'utf8')));
  return {
    ...app,
    redirect_url: returnTo,
    hook_attributes: {
      url: `${address ?? 'https://example.com'}${webhookPath}`,
      active: address !== null,
    },
  };
}
