const CLASSES: Readonly<Record<string, string>> = { w: '0-9A-Za-z_', d: '0-9', s: ' \\t\\r\\n\\f' };

/**
 * A rule object whose regular expressions know ASCII only. ast-grep compiles a rule anew for every file, and Unicode's tables
 * for `\w`, `\d`, `\s` and `\b` cost most of that: several milliseconds a file.
 */
export function withAsciiClasses<T>(rule: T): T {
  if (Array.isArray(rule)) return rule.map(withAsciiClasses) as T;
  if (typeof rule !== 'object' || rule === null) return rule;
  const entries = Object.entries(rule).map(([key, value]) => [
    key,
    key === 'regex' && typeof value === 'string' ? narrow(value) : withAsciiClasses(value),
  ]);
  return Object.fromEntries(entries) as T;
}

function narrow(regex: string): string {
  let inClass = false;
  return regex.replace(/\\[\s\S]|\[\^?\]?|\]/g, (token) => {
    if (token.startsWith('[') && !inClass) inClass = true;
    else if (token === ']') inClass = false;
    const name = token.startsWith('\\') ? token.slice(1) : '';
    if (name === 'b' && !inClass) return '(?-u:\\b)';
    const range = CLASSES[name];
    if (range === undefined) return token;
    return inClass ? range : `[${range}]`;
  });
}
