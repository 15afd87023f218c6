import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SandboxState } from './state.ts';
import { deliverWebhook, pingPayload } from './webhooks.ts';

const Manifest = z.object({
  redirect_url: z.string(),
  hook_attributes: z.object({ url: z.string(), active: z.boolean() }),
});

/**
 * The page where a person presses “Create GitHub App”, as if pressed. The ping is sent at once, when the one who asked does not
 * know the secret yet. Source: docs.github.com, "Registering a GitHub App from a manifest".
 * @returns where the browser goes
 */
export function registerApp(state: SandboxState, form: string, given: string | null): string {
  const { redirect_url, hook_attributes } = Manifest.parse(JSON.parse(new URLSearchParams(form).get('manifest') ?? ''));
  state.code = randomBytes(20).toString('hex');
  state.account = null;
  state.hook.url = hook_attributes.url;
  if (hook_attributes.active) void deliverWebhook(state, 'ping', pingPayload(state));
  const back = new URL(redirect_url);
  back.searchParams.set('code', state.code);
  if (given !== null) back.searchParams.set('state', given);
  return back.href;
}
