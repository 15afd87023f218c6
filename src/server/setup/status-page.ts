import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../log.ts';
import type { Check } from '../../status/check.ts';
import { decideSetup, type Keys, readAddress, remember } from './guard.ts';
import { listHeaders } from './render-shell.ts';
import { renderStatus } from './render-status.ts';

/** @returns false for a path that is none of its own */
export type StatusPage = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Whether GitHub was asked to send its last webhook again; `none`: it has sent none. */
export type Asked = 'again' | 'none' | 'failed';

interface Options {
  look: () => Promise<Check[]>;
  redeliver: () => Promise<Asked>;
  keys: Keys;
  /** Whether whoever sits at this machine comes in without a token: only where nothing but this machine is led to. */
  isOpenHere: () => boolean;
  log: Logger;
}

const PATH = '/setup';
const NOTICES: Record<Asked, string> = {
  again: 'GitHub was asked to send its last webhook again. It comes within seconds.',
  none: 'GitHub has sent no webhook in the last days, so there is none to send again.',
  failed: 'GitHub could not be asked to send its last webhook again; the log has more.',
};

/** How far the set-up is, once the App runs. It shows names of accounts and no secret, and answers whoever the guard lets in. */
export function createStatusPage({ look, redeliver, keys, isOpenHere, log }: Options): StatusPage {
  return async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const own = path === PATH || path === `${PATH}/redeliver`;
    // Where the page was before the App ran.
    const former = path === '/' || path === '/probot' || path.startsWith('/probot/');
    if (!own && !former) return false;
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    const answer = (status: number, body: string, headers: Record<string, string> = {}): true => {
      response.writeHead(status, { ...listHeaders(null), ...headers }).end(body);
      return true;
    };
    const url = readAddress(request);
    const verdict = url && decideSetup({ method, url, headers: request.headers }, keys, isOpenHere());
    if (!verdict || verdict.kind === 'refuse') {
      if (!own) return false;
      log.warn(
        { reason: verdict?.reason ?? 'no usable address', from: request.socket.remoteAddress },
        'set-up: refused',
      );
      return answer(verdict?.status ?? 400, `${verdict?.reason ?? 'a request without a usable address'}\n`, {
        'content-type': 'text/plain; charset=utf-8',
      });
    }
    if (former) return answer(302, '', { location: PATH });
    if (verdict.kind === 'remember' && method === 'GET') return answer(303, '', remember(keys.session, PATH));
    if (method === 'POST' && path !== PATH) return answer(303, '', { location: `${PATH}?asked=${await redeliver()}` });
    if (method !== 'GET' || path !== PATH) return answer(405, 'method not allowed\n', { 'content-type': 'text/plain' });
    const asked = url.searchParams.get('asked');
    const view = {
      checks: await look(),
      path: PATH,
      refreshes: !url.searchParams.has('still'),
      notice: isAsked(asked) ? NOTICES[asked] : null,
    };
    return answer(200, renderStatus(view));
  };
}

function isAsked(text: string | null): text is Asked {
  return text !== null && Object.hasOwn(NOTICES, text);
}
