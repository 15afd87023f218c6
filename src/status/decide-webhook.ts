import { isIP } from 'node:net';
import type { HookDelivery, HookFacts } from '../github/read-app.ts';
import { isLoopback } from '../is-loopback.ts';
import { type Outcome, ok } from './check.ts';

/** The last webhook with a valid signature that came here. */
export interface Seen {
  event: string;
  /** ISO 8601. */
  at: string;
}

interface Known {
  hook: HookFacts;
  /** `unknown`: what came here cannot be asked now. */
  seen: Seen | null | 'unknown';
  webhookPath: string;
  /** The App's settings on GitHub. */
  settings: string;
  /** Where this server listens, for a client of Smee; null: not known. */
  port: number | null;
}

/** Whether GitHub's webhooks come here, from both ends: what GitHub sent, and what arrived. */
export function decideWebhook({ hook, seen, webhookPath, settings, port }: Known): Outcome {
  const links = [
    { text: 'The webhook’s settings', url: settings },
    { text: 'What GitHub sent, and what was answered', url: `${settings}/advanced` },
  ];
  const [last] = hook.deliveries;
  const here = `http://localhost:${port ?? 3000}${webhookPath}`;
  const came = seen === 'unknown' || seen === null ? null : seen;
  if (last && !isTaken(last) && !(came && Date.parse(came.at) > Date.parse(last.at)))
    return {
      status: 'fail',
      text: `GitHub sent ${last.event} at ${showTime(last.at)} and got ${showAnswer(last)}`,
      todo: adviseOn(last, hook.url, webhookPath, here),
      links,
    };
  if (came) return ok(`a signed webhook (${came.event}) came at ${showTime(came.at)}${countFailed(hook)}`, { links });
  if (last && seen === 'unknown')
    return ok(`GitHub sent ${last.event} at ${showTime(last.at)} and got ${last.code}${countFailed(hook)}`, { links });
  if (last)
    return {
      status: 'waiting',
      text: `GitHub sent ${last.event} at ${showTime(last.at)} to ${hook.url} and got ${last.code}, but nothing came here`,
      todo: isSmee(hook.url)
        ? `Smee takes webhooks whether or not anyone listens. Start its client: \`${nameSmeeClient(hook.url ?? '', here)}\``
        : 'Something between answers for this App, or another process of it with another database: look at where that address leads.',
      links,
    };
  if (!hook.url || isUnreachable(hook.url))
    return {
      status: 'waiting',
      text: `GitHub knows no address of this server${hook.url ? `: ${hook.url} cannot be reached from outside` : ''}`,
      todo: adviseOnReach(webhookPath, here),
      links,
    };
  return {
    status: 'waiting',
    text: `GitHub’s ping to ${hook.url} has not come yet`,
    todo: `It comes when the App is registered and when that address changes.\n${adviseOnReach(webhookPath, here)}`,
    links,
  };
}

function isTaken({ code }: HookDelivery): boolean {
  return code >= 200 && code < 300;
}

function showAnswer({ code, status }: HookDelivery): string {
  if (code === 0) return status || 'no answer';
  return status && status !== String(code) ? `${code} (${status})` : String(code);
}

/** The ping of a registration comes before its secret can be known here: that it failed is no news. */
function countFailed({ deliveries }: HookFacts): string {
  const first = deliveries.at(-1);
  const counted = first?.event === 'ping' ? deliveries.slice(0, -1) : deliveries;
  const failed = counted.filter((one) => !isTaken(one)).length;
  return failed === 0 ? '' : `; of the last ${counted.length} that GitHub sent, ${failed} failed`;
}

/** By what the other side answered. Codes of ours: src/server/take-webhook.ts. */
function adviseOn({ code, status }: HookDelivery, url: string | null, webhookPath: string, here: string): string {
  if (code === 401)
    return 'The secret was not the same. A webhook from before the App knew it: ask GitHub for it again. Else set the same secret in the App’s settings and in WEBHOOK_SECRET.';
  if (code === 404 || code === 405)
    return `Something answers, but not for webhooks: the path of the address is \`${webhookPath}\`.`;
  if (code >= 300 && code < 400) return 'GitHub follows no redirect: set the address where it leads.';
  if (code === 503 && !/connect|timed? ?out/i.test(status))
    return 'The App, or what stands before it, was overloaded or had no database: see “database”, then ask GitHub for it again.';
  if (/certificate|ssl|tls/i.test(status)) return 'The certificate of that address is not one that GitHub believes.';
  if (code === 0 || code >= 500)
    return `Nothing answered behind ${url ?? 'that address'}.\n${adviseOnReach(webhookPath, here)}`;
  return 'Look at that webhook on GitHub: it shows the answer.';
}

function adviseOnReach(webhookPath: string, here: string): string {
  return [
    'A server behind a firewall or on your own machine needs a way in.',
    `For trying: open https://smee.io/new, set its address as the webhook URL in the App’s settings, tick Active, and run \`${nameSmeeClient('https://smee.io/…', here)}\` here. Whoever knows that address reads along.`,
    `For real: a tunnel (such as cloudflared), an ingress or a reverse proxy, with a certificate, leads \`https://YOUR.HOST${webhookPath}\` here. Set that as the webhook URL.`,
  ].join('\n');
}

function nameSmeeClient(url: string, here: string): string {
  return `npx smee-client --url ${url} --target ${here}`;
}

function isSmee(url: string | null): boolean {
  return url !== null && URL.canParse(url) && new URL(url).hostname === 'smee.io';
}

/** An address that means nothing outside. Source: RFC 1918, RFC 2606 (example.com), RFC 6762 (local). */
function isUnreachable(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (isLoopback(host) || /(^|\.)example\.(com|org|net)$|\.(example|invalid|test|local|localhost)$/.test(host))
    return true;
  if (isIP(host) === 4) return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.)/.test(host);
  return /^\[f[cd]|^\[fe80/.test(host);
}

/** `2026-11-26 12:30 UTC` */
export function showTime(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
