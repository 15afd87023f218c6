import { isPlaceholder, isReference, isTrivial, looksRandom } from './judge-value.ts';
import { MASK } from './masked-text.ts';
import type { Secret } from './secret.ts';

const SCHEME = /[A-Za-z][A-Za-z0-9+.-]{0,30}$/;
const RUN = /[^\s"'`<>]{1,600}/y;
/** Nobody outside can reach these. */
const LOCAL =
  /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|.*\.(?:local|localhost|test|invalid|example)|example\.\w+|.*\.example\.\w+)$/i;
/** What is asked with a token in the place of the user; under a scheme of one's own a user stands there. */
const TAKES_TOKEN = /^(?:https?|git|git\+https?|svn\+https?|wss?|ftps?|rediss?|amqps?|nats|tls)$/i;
const HOST_PLACEHOLDER =
  /example|placeholder|^your|^(?:(?:db|my|some|your)?-?(?:host(?:name)?|server|address)\d*|dbserver\d*|host\d*|x+)$/i;

/** An address of Go's MySQL driver: `user:password@tcp(host:3306)/name`. Source: github.com/go-sql-driver/mysql, "DSN". */
const GO_DSN = /(?<=["'`=\s])([\w.%-]{1,60}):([^@"'`\s/]{3,100})@(?:tcp|unix|tls)\(([^)"'`\s]{0,100})\)/g;

function findDrivers(text: string): Secret[] {
  return [...text.matchAll(GO_DSN)].flatMap(({ 1: user = '', 2: password = '', 3: host = '', index }) => {
    const parts = { user, password, offset: user.length + 1, host: host.replace(/:\d+$/, '') };
    const secret = describe('mysql', parts, index);
    return secret ? [secret] : [];
  });
}

/** Passwords in addresses: `scheme://user:password@host`, with any scheme, without a user, with a token as the user. */
export function findUrlPasswords(text: string): Secret[] {
  const found: Secret[] = findDrivers(text);
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const scheme = SCHEME.exec(text.slice(Math.max(0, at - 31), at))?.[0];
    RUN.lastIndex = at + 3;
    const run = RUN.exec(text)?.[0];
    const parts = run === undefined ? null : splitUserInfo(run);
    if (!scheme || !parts) continue;
    const secret = describe(scheme, parts, at + 3);
    if (secret) found.push(secret);
  }
  return found;
}

interface Parts {
  user: string;
  password: string;
  /** Where the password begins in the run after `://`. */
  offset: number;
  host: string;
}

function splitUserInfo(run: string): Parts | null {
  const authority = run.split(/[/?#]/, 1)[0] ?? '';
  const at = authority.lastIndexOf('@');
  // What stands behind the first `/` or `?` is a path or a query: `?resource=acct:group@host`. A password may hold "/", "?" and "#" though it should not; a port followed by a path is no password.
  const wide = at === -1 ? /^[^:@/?#]{0,100}:(?!\d{1,5}(?:[/?#]|$))[^@]{1,200}@(?=[\w[])/.exec(run)?.[0] : undefined;
  const info = at === -1 ? wide?.slice(0, -1) : authority.slice(0, at);
  if (info === undefined) return null;
  const colon = info.indexOf(':');
  const host = /^[\w.[\]-]*/.exec(run.slice(info.length + 1))?.[0] ?? '';
  const [user, password] = colon === -1 ? [info, ''] : [info.slice(0, colon), info.slice(colon + 1)];
  // `https://TOKEN@host`, `https://TOKEN:x-oauth-basic@host`
  if (password === '' || password === 'x-oauth-basic')
    // Sentry's addresses are made to be public.
    return looksRandom(user) ? { user: '', password: user, offset: 0, host: /sentry/.test(host) ? '' : host } : null;
  return { user, password, offset: colon + 1, host };
}

function describe(scheme: string, { user, password, offset, host }: Parts, from: number): Secret | null {
  if (isReference(password) || isTrivial(password) || /^[:{}]/.test(password)) return null;
  const outside = host.includes('.') && !LOCAL.test(host) && !/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host);
  const nowhere = LOCAL.test(host) || HOST_PLACEHOLDER.test(host) || host === '';
  const real =
    (offset > 0 || TAKES_TOKEN.test(scheme)) &&
    !isPlaceholder(password) &&
    password !== user &&
    (outside ? password.length >= 6 : looksRandom(password));
  return {
    start: from + offset,
    end: from + offset + password.length,
    shown: '',
    kind: 'URL with a password',
    label: `${scheme}://${offset === 0 ? '' : `${user}:`}${MASK}@${host}`,
    report: real && !nowhere,
    home: true,
    near: !outside,
  };
}
