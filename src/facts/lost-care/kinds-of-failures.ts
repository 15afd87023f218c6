const KINDS =
  /\berrors\.(?:Is|As)\([^,]+,\s*&?([\w.]+)|\binstanceof\s+([\w.]*(?:Error|Exception)\w*)|\bcode\s*===?\s*['"](\w+)['"]|\bexcept\s+\(?([\w., ]+)\)?|\bif\s*\(?\s*(?:\w+\.)?([iI]s\w*(?:Unique|Duplicate|Conflict)\w*)\(/g;
const ANY = /^(?:Exception|BaseException|Error|error|err|e|ex|exc|as|ImportError|ModuleNotFoundError)$/;

/** The failures that a text tells apart by their names. */
export function kindsIn(text: string): Set<string> {
  const names = [...text.matchAll(KINDS)].flatMap(([, ...groups]) =>
    groups.flatMap((one) => (one ?? '').split(/,|\bas\b\s*\w*/)).map((one) => one.trim()),
  );
  return new Set(names.filter((one) => one.length > 3 && !ANY.test(one)));
}

/** Failures that a call is known to have. */
export const RAISED_BY: readonly (readonly [RegExp, RegExp])[] = [
  [/\bDoesNotExist$/, /\.objects\b[\w.()]*\.get\(/],
  [/\bIntegrityError$/, /\.(?:create|save|commit|flush|get_or_create|bulk_create)\(/],
  [/JSONDecodeError$/, /\bjson\.loads?\(|\.json\(\)/],
  [/UnicodeDecodeError$/, /\.decode\(/],
  [/FileNotFoundError$|^ENOENT$/, /\bopen\(|readFile|unlink|\bstat(?:Sync)?\(|\bos\.(?:remove|stat)\(/],
  [
    /^(?:is|Is)\w*(?:Unique|Duplicate|Conflict)\w*$/,
    /\.(?:create|insert\w*|update|upsert|save|query|execute|set|values|Create|Save|Exec)\(/,
  ],
  [/^(?:P2002|23505|11000|ER_DUP_ENTRY)$/, /\.(?:create|insert\w*|update|upsert|save|query|execute)\(/],
];
