import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { isLoopback } from '../../is-loopback.ts';
import { knowsSecret } from '../knows-secret.ts';

/** What the guard is told of a request. */
export interface SetupRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
}

export type Verdict =
  | { kind: 'pass' }
  /** The token came in the address: it becomes a cookie, and leaves the address. */
  | { kind: 'remember' }
  | { kind: 'refuse'; status: 401 | 403; reason: string };

const SETUP_COOKIE = 'backend-dev-setup';

/** Headers that a proxy adds: whoever sent the request is somewhere else, although the connection comes from this machine. */
const FORWARDED = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*|true-client-ip|cf-.*|fly-.*|ngrok-.*)$/;

/** What lets in. */
export interface Keys {
  /** In the cookie, and in the address. */
  session: string;
  /** In the address, or as `Authorization: Bearer`; a browser keeps the session's in its place. */
  others?: readonly string[];
}

/**
 * Who may use the page that writes the App's credentials, and the one that tells how it is. On the loopback address whoever sits at this machine and says so in
 * `Host` (a name that was bound anew to 127.0.0.1 does not); anywhere else, and through a proxy, who knows the token that the log
 * tells. A page of another site may send no form and call nothing.
 */
export function decideSetup({ method, url, headers }: SetupRequest, keys: Keys, loopback: boolean): Verdict {
  const known = [keys.session, ...(keys.others ?? [])];
  const knows = (given: string | null | undefined): boolean => known.some((key) => knowsSecret(key, given));
  const origin = headers.origin;
  if (origin !== undefined && origin !== url.origin && origin !== url.origin.replace(/^http:/, 'https:'))
    return refuse(403, 'a form of another site');
  const from = headers['sec-fetch-site'];
  if (method !== 'GET' && method !== 'HEAD' && from !== undefined && from !== 'same-origin' && from !== 'none')
    return refuse(403, 'a form of another site');
  if (knows(url.searchParams.get('token'))) return { kind: 'remember' };
  if (knows(readBearer(headers.authorization))) return { kind: 'pass' };
  if (readCookies(headers.cookie).some((value) => knowsSecret(keys.session, value))) return { kind: 'pass' };
  if (!loopback) return refuse(401, 'the token is needed');
  if (Object.keys(headers).some((name) => FORWARDED.test(name)))
    return refuse(401, 'the token is needed through a proxy');
  if (!isLoopback(url.hostname)) return refuse(403, 'only by the name localhost, or with the token');
  return { kind: 'pass' };
}

/** What `Authorization: Bearer` gives. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}

/** The answer to whoever may come in by a token: it leaves the address, and becomes a cookie. */
export function remember(session: string, to: string): Record<string, string> {
  return { location: to, 'set-cookie': `${SETUP_COOKIE}=${session}; HttpOnly; SameSite=Lax; Path=/` };
}

/** The address as the browser sees it. */
export function readAddress(request: IncomingMessage): URL | null {
  const host = request.headers.host ?? '';
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return null;
  const address = `http://${host}${request.url ?? '/'}`;
  return URL.canParse(address) ? new URL(address) : null;
}

/** Whether a server is bound to this machine alone. */
export function isLocal(server: Server): boolean {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null && isLoopback(bound.address);
}

function readCookies(header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SETUP_COOKIE}=`))
    .map((pair) => pair.slice(SETUP_COOKIE.length + 1));
}

function refuse(status: 401 | 403, reason: string): Verdict {
  return { kind: 'refuse', status, reason };
}
