import { looksRandom } from './judge-value.ts';
import type { Secret } from './secret.ts';

const RUN = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{14,}={0,2}/g;
const HEX = /(?<![A-Za-z0-9])(?:0x)?(?:[0-9a-fA-F]{2}){16,}(?![A-Za-z0-9])/g;
/** Of a longer run only the beginning is decoded: it is data, or it shows there what it is. */
const MOST = 100_000;
/** `user:password`, as headers of HTTP have it. */
const PAIR = /^[\w.@+-]{1,100}:(?!\/\/)\S{4,200}$/;
const SECRET_OBJECT = /^kind:\s*["']?(?:Secret|SealedSecret)\b/m;

/**
 * Credentials in base64 or in hexadecimal digits, under whatever name: what decodes to text is searched as text is, and is a
 * credential itself where it looks like one. What is no text is a key where it is built like one.
 */
export function findEncoded(text: string, search: (decoded: string) => Secret[]): Secret[] {
  const isObject = SECRET_OBJECT.test(text);
  const base64 = [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const bytes = Buffer.from(run.slice(0, MOST), 'base64');
    return isPrivateKey(bytes) ? [keyAt(index, run, isWhole(bytes))] : judge(bytes, index, run, search, isObject);
  });
  const hex = [...text.matchAll(HEX)].flatMap(({ 0: run, index }) =>
    judge(Buffer.from(run.slice(0, MOST).replace(/^0x/, ''), 'hex'), index, run, search, false),
  );
  return [...base64, ...hex];
}

function judge(
  bytes: Buffer,
  start: number,
  run: string,
  search: (decoded: string) => Secret[],
  isObject: boolean,
): Secret[] {
  const decoded = readText(bytes);
  if (decoded === null) return [];
  const inside = search(decoded);
  const first = inside.find(({ report }) => report) ?? inside[0];
  const value = decoded.trim();
  if (!first && !isObject && !looksRandom(value) && !(PAIR.test(value) && /\d|[^\w.:@-]/.test(value))) return [];
  return [
    {
      start,
      end: start + run.length,
      shown: '',
      kind: first ? `${first.kind} in another notation` : 'credential in another notation',
      label: first?.label ?? 'encoded',
      report: first?.report === true && !first.home,
      home: first?.home ?? true,
    },
  ];
}

/** Text that people can read; anything else is data. */
function readText(bytes: Buffer): string | null {
  if (bytes.length < 6) return null;
  for (const byte of bytes) if (byte !== 9 && byte !== 10 && byte !== 13 && (byte < 32 || byte > 126)) return null;
  return bytes.toString('latin1');
}

/**
 * The inner part of a PEM block, without its first line: PKCS 8, PKCS 1 and SEC 1 begin with a sequence of a version and what
 * belongs to the key, a certificate or a public key with a sequence in a sequence. Sources: RFC 5958, RFC 8017, RFC 5915;
 * openssh-portable, PROTOCOL.key.
 */
function isPrivateKey(bytes: Buffer): boolean {
  if (bytes.subarray(0, 15).toString('latin1') === 'openssh-key-v1\0') return true;
  if (bytes[0] !== 0x30 || bytes.length < 32) return false;
  const long = (bytes[1] ?? 0) & 0x80 ? (bytes[1] ?? 0) & 0x7f : 0;
  if (long > 3 || (bytes[1] ?? 0) === 0x80) return false;
  const at = 2 + long;
  const version = bytes[at + 2];
  if (bytes[at] !== 0x02 || bytes[at + 1] !== 1 || (version !== 0 && version !== 1)) return false;
  const next = bytes[at + 3];
  return (version === 0 && (next === 0x30 || next === 0x02)) || (version === 1 && (next === 0x04 || next === 0x30));
}

/** As long as its first bytes say: an illustration is cut off. */
function isWhole(bytes: Buffer): boolean {
  const long = (bytes[1] ?? 0) & 0x80 ? (bytes[1] ?? 0) & 0x7f : 0;
  const length = long === 0 ? (bytes[1] ?? 0) : bytes.readUIntBE(2, long);
  return bytes[0] === 0x30 && bytes.length >= 2 + long + length;
}

function keyAt(start: number, run: string, report: boolean): Secret {
  return {
    start,
    end: start + run.length,
    shown: '',
    kind: 'private key',
    label: 'base64 of a private key',
    report,
    home: true,
  };
}
