import type { Content } from './change.ts';

/** Larger files are not read. */
export const MAX_BYTES = 2_000_000;

/**
 * Text of a file's bytes, or why there is none. A stray NUL byte, UTF-16 or Latin-1 makes no binary file of a source: what a
 * compiler or a database would read, we read. Such text is `lossy`: it must not be written back.
 */
export function decodeText(bytes: Uint8Array): Content {
  if (bytes.byteLength > MAX_BYTES) return { kind: 'too-large' };
  const utf16 = decideUtf16(bytes);
  if (utf16) return { kind: 'text', text: new TextDecoder(utf16).decode(bytes), lossy: true };
  if (isBinary(bytes)) return { kind: 'binary' };
  // The byte order mark stays in the text, so that lines and lengths are those of the file.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const exact = text.includes('\uFFFD') ? sameBytes(new TextEncoder().encode(text), bytes) : true;
  return exact && !bytes.includes(0) ? { kind: 'text', text } : { kind: 'text', text, lossy: true };
}

/** By the byte order mark, or by NUL in nearly every second place of the beginning (ASCII text in UTF-16 has it there). */
function decideUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = start.length / 2;
  if (start.length < 8) return null;
  if (odd > most * 0.7 && even < most * 0.1) return 'utf-16le';
  return even > most * 0.7 && odd < most * 0.1 ? 'utf-16be' : null;
}

/** More than one control character in thirty: no text that a tool would run. */
function isBinary(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 8000);
  if (!bytes.includes(0)) return false;
  const odd = start.reduce((sum, byte) => (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 ? sum + 1 : sum), 0);
  return odd * 30 > Math.max(60, start.length);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
