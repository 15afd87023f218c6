import { z } from 'zod';

/** No quote, no line end: what is written to `.env` is one value, whatever was typed. */
const Secret = z
  .string()
  .trim()
  .regex(/^[\x21\x23-\x26\x28-\x5b\x5d-\x7e]{16,200}$/, 'a random text of at least 16 characters, without quotes');

const Pem = z
  .string()
  .trim()
  .regex(
    /^-----BEGIN (RSA )?PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n]+\n-----END (RSA )?PRIVATE KEY-----$/,
    'a private key in PEM format',
  );

/** An App that is registered already, as the form sends it; the names are those of Probot's page. */
export const ImportedApp = z.object({
  appId: z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, 'the numeric id of the App'),
  pem: Pem,
  webhook_secret: Secret,
});

/** What GitHub tells of an App that it has just registered. Source: docs.github.com, "Create a GitHub App from a manifest". */
export const RegisteredApp = z.object({
  id: z.number().int().positive(),
  pem: Pem,
  webhook_secret: Secret,
  html_url: z.url({ protocol: /^https?$/ }),
});

/** What the next start reads. */
export function toEnvironment({ appId, pem, webhook_secret }: z.infer<typeof ImportedApp>): Record<string, string> {
  return { APP_ID: appId, PRIVATE_KEY: pem.replaceAll(/\r?\n/g, '\\n'), WEBHOOK_SECRET: webhook_secret };
}
