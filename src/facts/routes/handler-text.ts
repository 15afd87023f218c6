/** What stands before a handler in its first line: its path, and its guards, which are another question. */
const BEFORE = /^[^\n]*?(?=(?:async\s+)?(?:function\b|\([^()\n]*\)\s*(?::[^=\n]+)?=>|(?<=[(,=]\s*)\w+\s*=>))/;
/** As far as that may go on. */
const MOST_BEFORE = 1000;
/** Each is looked for in the whole handler. */
const MOST_KNOWN = 20;
/** `const userId = event.requestContext.authorizer?.claims.sub;` */
const KNOWN_HERE =
  /^[ \t]*(?:const|let|var)\s+(?:\{\s*(?:\w+\s*:\s*)?)?(\w+)(?:\s*\})?\s*(?::[^=\n]+)?=\s*[^\n]*?(?:session|auth|claims|\.user\b|getUser|currentUser|identity|jwt)[^\n]*$/gim;

/**
 * A handler of TypeScript by itself, without what only asks whether anybody is logged in: it says nothing of whose a row is.
 * `isKnown`: somebody is.
 */
export function readHandler(written: string): { text: string; isKnown: boolean } {
  const own = written.slice(BEFORE.exec(written.slice(0, MOST_BEFORE))?.[0].length ?? 0);
  let text = own;
  let isKnown = false;
  for (const [told, name = ''] of [...own.matchAll(KNOWN_HERE)].slice(0, MOST_KNOWN)) {
    const asks = new RegExp(
      `^[ \\t]*if \\(!${name}\\b(?:\\?*\\.\\w+)*(?:\\s*\\|\\|\\s*!${name}\\b(?:\\?*\\.\\w+)*)*\\)\\s*(?:(?:return|throw)\\b[^\\n]*|\\{[^{}]*(?:\\{[^{}]*\\}[^{}]*)*\\})`,
      'm',
    );
    const rest = text.replace(told, '').replace(asks, '');
    if (rest.length >= text.length - told.length || new RegExp(`\\b${name}\\b`).test(rest)) continue;
    text = rest;
    isKnown = true;
  }
  return { text, isKnown };
}
