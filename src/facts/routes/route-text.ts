/**
 * Places in a route's text that take a value, as routers write them: `:id`, `:id(\d+)`, `*rest` · `{id}`, `{id:[0-9]+}`, `{rest...}`,
 * `{*rest}`, `{$}` · `<int:id>` · `[id]`, `[...rest]` · `(?P<id>\d+)`.
 */
const HOLE =
  /:(?<colon>[A-Za-z_]\w*)(?:\([^()]*\))?[?*+]?|\*(?<star>\w*)|\{\*?(?<brace>\$|[A-Za-z_]\w*)(?:\.\.\.|:(?:[^{}]|\{[\d,]*\})*)?\}|<(?:[\w.]+(?:\([^()]*\))?:)?(?<angle>[A-Za-z_]\w*)>|\[\[?(?:\.\.\.)?(?<square>\w+)\]\]?|\(\?P<(?<named>\w+)>(?:[^()\\]|\\.)*\)/g;

interface Part {
  /** Null: constant text. */
  name: string | null;
  text: string;
}

/** The names of the places in a route that take a value. */
export function namesIn(route: string): readonly string[] {
  return partsOf(route).flatMap(({ name }) => (name === null ? [] : [name]));
}

/** The path of a route with a value in each of its places, encoded; null: it is a pattern that is not understood. */
export function fillRoute(route: string, valueOf: (name: string) => string): string | null {
  // A path by pattern: its anchors are no part of it.
  const bare = route.replace(/^\^/, '').replace(/\$$/, '');
  const parts = partsOf(bare.startsWith('/') ? bare : `/${bare}`);
  const texts = parts.filter(({ name }) => name === null).map(({ text }) => text);
  if (texts.some((text) => /[\\^$|()[\]{}<>…?*+]/.test(text)) || !texts.join('/').split('/').every(isShowable))
    return null;
  return parts
    .map(({ name, text }) =>
      name === null ? text.split('/').map(encodePart).join('/') : name === '$' ? '' : encodePart(valueOf(name)),
    )
    .join('');
}

function partsOf(route: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of route.matchAll(HOLE)) {
    if (match.index > at) parts.push({ name: null, text: route.slice(at, match.index) });
    const { colon, star, brace, angle, square, named } = match.groups ?? {};
    parts.push({ name: colon ?? star ?? brace ?? angle ?? square ?? named ?? '', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < route.length) parts.push({ name: null, text: route.slice(at) });
  return parts;
}

/** By RFC 3986: what is left are letters, digits and `-._~`. */
export function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Whether a name or a part of a path may be shown: it comes from a file beside the one under review, perhaps, where nobody looked for
 * credentials, so that nothing that could be one is repeated.
 */
export function isShowable(text: string): boolean {
  return text.length <= 48 && !text.includes('•') && (text.match(/\d/g)?.length ?? 0) < 6;
}
