/** The lines of a declaration that are looked at on each side: it ends at an empty line. */
const MOST_LINES = 20;
const MOST_TEXT = 3000;

/** The id of an OAuth client, or of an application, as a literal. */
const ID = /(?:client|app)_?id["'`]?\s{0,20}(?::=|[:=])\s{0,20}["'`][^"'`\s]{1,200}["'`]/i;
const SECRET = /(?:client|app|sign)_?(?:secret|key)\w{0,20}$/i;
/**
 * The name of a package as a shop for phones knows it: the client is an app in people's hands, and whoever has the app has its
 * secret. Source: RFC 8252, 8.5: such a secret "should not be treated as a confidential secret".
 */
const PACKAGE =
  /(?:package_?name|bundle_?id(?:entifier)?|application_?id)["'`]?\s{0,20}(?::=|[:=])\s{0,20}["'`](?:com|org|net|io|cn|de|app|me|tv)(?:\.[A-Za-z0-9_-]+)+["'`]/i;
/** Not that of an app that the provider itself keeps on a server. */
const HELD = /(?:client|sign)_?(?:secret|key)\w{0,20}$/i;
/** What a server has beside it: it speaks to the shop, or to the provider, about the app of that name. */
const SERVER =
  /(?:refresh_?token|private_?key|service_?account|shared_?secret|redirect_?ur[il]|callback|web_?hook|issuer)/i;

/**
 * What the secret of a client is beside, in its own declaration: `app`: the id of a client and the name of the app that holds it,
 * so it is known to everybody; `client`: the id alone. Null: it is no such secret.
 */
export function findClient(text: string, at: number, name: string): 'app' | 'client' | null {
  if (!SECRET.test(name)) return null;
  const around = declarationAround(text, at);
  if (!ID.test(around)) return null;
  return PACKAGE.test(around) && HELD.test(name) && !SERVER.test(around) ? 'app' : 'client';
}

/**
 * Keys that every visitor's browser holds: the search key of Algolia's DocSearch, the token of a website at Chatwoot.
 * Sources: docsearch.algolia.com/docs/api; chatwoot.com/hc, "Website live chat widget".
 */
const PUBLIC: readonly { name: RegExp; around: readonly RegExp[] }[] = [
  { name: /api_?key$/i, around: [/\bindex_?name\b/i, /\bapp(?:lication)?_?id\b/i] },
  { name: /website_?token$/i, around: [/chatwoot/i] },
];

/** Whether a credential is meant to be read by everybody. */
export function isPublicKey(text: string, at: number, name: string): boolean {
  const known = PUBLIC.filter((one) => one.name.test(name));
  return known.some(({ around }) => around.every((sign) => sign.test(declarationAround(text, at))));
}

function declarationAround(text: string, at: number): string {
  const before = text
    .slice(Math.max(0, at - MOST_TEXT), at)
    .split('\n')
    .slice(-MOST_LINES);
  const after = text
    .slice(at, at + MOST_TEXT)
    .split('\n')
    .slice(0, MOST_LINES);
  const from = before.findLastIndex((line) => line.trim() === '');
  const to = after.findIndex((line) => line.trim() === '');
  return [...before.slice(from + 1), ...after.slice(0, to === -1 ? after.length : to)].join('\n');
}
