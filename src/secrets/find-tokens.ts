import { isFiller, looksRandom } from './judge-value.ts';
import { MASK } from './masked-text.ts';
import type { Secret } from './secret.ts';
import { PUBLISHED, TOKEN_KINDS, TOKEN_SHAPES } from './token-kinds.ts';

const ANY_PREFIX = new RegExp(`(?<![A-Za-z0-9])(?:${TOKEN_KINDS.map(({ prefix }) => prefix).join('|')})`, 'g');
const KINDS = TOKEN_KINDS.map((one) => ({
  ...one,
  start: new RegExp(one.prefix, 'y'),
  body: new RegExp(`${one.rest}+`, 'y'),
}));

/** Tokens of providers, by their public beginnings. Each character is read once: a run that was read is not read again. */
export function findTokens(text: string): Secret[] {
  const found: Secret[] = [];
  for (let match = seek(ANY_PREFIX, text, 0); match; match = seek(ANY_PREFIX, text, ANY_PREFIX.lastIndex)) {
    const token = readToken(text, match.index);
    if (!token) continue;
    found.push(token);
    ANY_PREFIX.lastIndex = token.end;
  }
  return [...found, ...findWebTokens(text), ...findEncodedKeys(text), ...findHeaders(text), ...findShapes(text)];
}

function seek(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

function readToken(text: string, start: number): Secret | null {
  for (const { kind, start: prefix, body, least, report, random = false, home = false } of KINDS) {
    const shown = seek(prefix, text, start)?.[0];
    if (shown === undefined) continue;
    const rest = seek(body, text, start + shown.length)?.[0] ?? '';
    if (rest.length < least || (random && !looksRandom(rest.slice(0, 200)))) continue;
    const value = shown + rest;
    const real = report && !PUBLISHED.has(value) && !isFiller(rest);
    return { start, end: start + value.length, shown, kind, label: shown + MASK, report: real, home };
  }
  return null;
}

const SHAPES = TOKEN_SHAPES.map(({ kind, shape }) => ({
  kind,
  shape: new RegExp(`(?<![A-Za-z0-9_~.-])${shape}(?![A-Za-z0-9_~-])`, 'g'),
}));

function findShapes(text: string): Secret[] {
  return SHAPES.flatMap(({ kind, shape }) =>
    [...text.matchAll(shape)].map(({ 0: value, index }) => ({
      start: index,
      end: index + value.length,
      shown: '',
      kind,
      label: MASK,
      report: !isFiller(value),
      home: false,
    })),
  );
}

const SEGMENT = /[A-Za-z0-9_-]+/y;

/** JSON Web Tokens: header and payload begin with `{"` in base64. Found from the payload, so that no start is tried twice. */
function findWebTokens(text: string): Secret[] {
  const found: Secret[] = [];
  let from = 0;
  for (let dot = text.indexOf('.eyJ'); dot !== -1; dot = text.indexOf('.eyJ', Math.max(dot + 1, from))) {
    let head = dot;
    while (head > from && /[A-Za-z0-9_-]/.test(text[head - 1] ?? '')) head -= 1;
    const start = text.indexOf('eyJ', head);
    const payload = seek(SEGMENT, text, dot + 1)?.[0] ?? '';
    let end = dot + 1 + payload.length;
    from = end;
    if (start === -1 || start >= dot || payload.length < 10) continue;
    while (text[end] === '.') {
      const next = seek(SEGMENT, text, end + 1)?.[0];
      if (next === undefined) break;
      end += 1 + next.length;
    }
    from = end;
    const signed = text.slice(dot + 1 + payload.length + 1, end).length >= 20;
    const report = signed && !isSampleToken(payload);
    found.push({ start, end, shown: 'eyJ', kind: 'JSON Web Token', label: `eyJ${MASK}`, report, home: true });
  }
  return found;
}

/** Made for a documentation, or made to be public (Supabase's anonymous key). */
function isSampleToken(payload: string): boolean {
  const json = Buffer.from(payload.slice(0, 4000), 'base64url').toString('utf8');
  return (
    /"sub":\s*"?(?:1234567890|user|test)|John Doe|example|"role":\s*"anon"|\btest\b|"iss":\s*"(?:supabase-demo|joe)"/i.test(
      json,
    ) || isSession(json)
  );
}

/** Good for a day at most: over before anybody finds it. */
function isSession(json: string): boolean {
  const [until, from] = ['exp', 'iat'].map((name) =>
    Number(new RegExp(`"${name}":\\s*(\\d{9,10})\\b`).exec(json)?.[1]),
  );
  return until !== undefined && from !== undefined && until - from <= 86_400;
}

/** The base64 of "-----BEGIN", as it is put into environment variables. */
function findEncodedKeys(text: string): Secret[] {
  return [...text.matchAll(/LS0tLS1CRUdJTi[A-Za-z0-9+/=]{40,}/g)].map(({ 0: value, index }) => ({
    start: index,
    end: index + value.length,
    shown: '',
    kind: 'private key',
    label: 'base64 of a PEM block',
    // Cut off with dots, it is an illustration.
    report:
      /PRIVATE KEY/.test(Buffer.from(value.slice(0, 80), 'base64').toString('latin1')) &&
      !text.startsWith('...', index + value.length),
    home: true,
  }));
}

/** `Authorization: Bearer …`, `Basic …`, wherever it is written. */
function findHeaders(text: string): Secret[] {
  return [...text.matchAll(/\b(Bearer|Basic|Token)[ \t]{1,4}([A-Za-z0-9._~+/=-]{16,4000})/g)].flatMap((match) => {
    const [, word = '', value = ''] = match;
    const kind = word === 'Basic' ? 'password of a header' : 'bearer token';
    if (!/\d/.test(value) && !/[A-Z].*[a-z].*[A-Z]/.test(value.slice(0, 200))) return [];
    const start = match.index + match[0].length - value.length;
    return [
      {
        start,
        end: start + value.length,
        shown: '',
        kind,
        label: MASK,
        report: isSaid(text, match.index, kind, value),
        home: true,
      },
    ];
  });
}

/** Behind the name of its header; of `Basic` the password is read, and of the others the value itself must be random. */
function isSaid(text: string, at: number, kind: string, value: string): boolean {
  if (
    !/authorization["'\]]{0,3}\s{0,5}[:=,(]?\s{0,5}(?:value\s{0,3}[:=]\s{0,5})?["'`]?$/i.test(
      text.slice(Math.max(0, at - 60), at),
    )
  )
    return false;
  if (kind === 'bearer token') return looksRandom(value);
  const [user, ...rest] = Buffer.from(value, 'base64').toString('latin1').split(':');
  const password = rest.join(':');
  return /^[ -~]+$/.test(`${user}${password}`) && password !== user && looksRandom(password);
}
