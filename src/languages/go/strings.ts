import { SIMPLE_ESCAPES } from '../simple-escapes.ts';
import type { Syntax } from '../syntax-node.ts';

/** The text of a string literal, with or without escapes, as the program sees it. */
export function readString(node: Syntax, text: string): string {
  const raw = text.slice(node.start, node.end);
  if (raw.startsWith('`')) return raw.slice(1, raw.endsWith('`') ? -1 : undefined).replaceAll('\r', '');
  const inner = raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined);
  return inner.includes('\\') ? resolveEscapes(inner) : inner;
}

/** The code point of a rune literal. */
export function readRune(node: Syntax, text: string): number {
  return resolveEscapes(text.slice(node.start + 1, node.end - 1)).codePointAt(0) ?? 0;
}

function resolveEscapes(inner: string): string {
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
    (whole, hex?: string, short?: string, long?: string, octal?: string, one?: string) => {
      if (one !== undefined) return SIMPLE_ESCAPES[one] ?? one;
      const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** `0x1F`, `1_000`, `0o17`, `017`, `1.5e3`, `2i`. A form of hexadecimal fractions that JavaScript has not is 0. */
export function readNumber(written: string): number {
  const plain = written.replaceAll('_', '').replace(/i$/, '');
  const value = /^0\d+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain);
  return Number.isNaN(value) ? 0 : value;
}
