/** Engines whose views look alike: Mustache and Handlebars; Jinja, Django's templates, Nunjucks and Twig. */
export type Engine = 'ejs' | 'mustache' | 'pug' | 'jinja';

const ENGINES: readonly [RegExp, Engine][] = [
  [/\.ejs$/i, 'ejs'],
  [/\.(?:hbs|handlebars|mustache)$/i, 'mustache'],
  [/\.(?:pug|jade)$/i, 'pug'],
  [/\.(?:njk|nunjucks|jinja2?|twig|swig)$|\.html?\.j2$/i, 'jinja'],
  [/(?:^|\/)(?:templates?|views)\/(?:[^\n]*\/)?[^/\n]*\.html?$/i, 'jinja'],
];

/** The endings that a handler may leave out when it names a view. */
export const VIEW_ENDINGS: readonly string[] =
  'ejs hbs handlebars mustache pug jade njk nunjucks html twig swig jinja2 jinja'.split(' ');

/** By which engine a server fills it with values, as its path says; null: it is no view. */
export function engineOf(path: string): Engine | null {
  return path.length > MOST_PATH ? null : (ENGINES.find(([pattern]) => pattern.test(path))?.[1] ?? null);
}

/** Nobody names a file so. */
const MOST_PATH = 1000;
