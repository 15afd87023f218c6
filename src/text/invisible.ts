/**
 * What no reader sees and a machine obeys: control and format characters (bidirectional, zero-width, tags, escape sequences),
 * variation selectors and fillers, line ends that git does not know, halves of characters. By Unicode's own properties, so
 * that no list goes stale. Tab, line feed and a carriage return before one are ordinary. Source: unicode.org, UAX 44,
 * Default_Ignorable_Code_Point; CVE-2021-42574.
 */
const INVISIBLE = String.raw`(?![\t\n])(?!\r\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
const ALL = new RegExp(INVISIBLE, 'gu');
const ANY = new RegExp(INVISIBLE, 'u');

export function hasInvisible(text: string): boolean {
  return ANY.test(text);
}

export function withoutInvisible(text: string): string {
  return text.replace(ALL, '');
}

/** Every invisible character as `\u{202E}`: for pages, prompts and terminals alike. */
export function escapeInvisible(text: string): string {
  return text.replace(ALL, nameCharacter);
}

/** A name with a line feed must not look like two lines of ours. */
export function onOneLine(name: string): string {
  return escapeInvisible(name.replaceAll('\n', '\\n'));
}

/**
 * `escapeInvisible` in JSON, so that what reads it gets the visible form too: a terminal obeys what a log line or a report holds once it
 * is decoded. Raw characters, and those that JSON itself has written as escapes.
 */
export function escapeInvisibleInJson(json: string): string {
  return json
    .replace(/\\(?:u([0-9a-f]{4})|[^])/gi, (escape, hex: string | undefined, at: number) => {
      const unit =
        hex === undefined
          ? { '\\b': 8, '\\f': 12, '\\r': json.startsWith('\\n', at + 2) ? undefined : 13 }[escape]
          : Number.parseInt(hex, 16);
      return unit !== undefined && hasInvisible(String.fromCharCode(unit)) ? `\\\\u{${toHex(unit)}}` : escape;
    })
    .replace(ALL, (char) => `\\${nameCharacter(char)}`);
}

/** `\u{202E}` */
export function nameCharacter(char: string): string {
  return `\\u{${toHex(char.codePointAt(0) ?? 0)}}`;
}

function toHex(code: number): string {
  return code.toString(16).toUpperCase();
}
