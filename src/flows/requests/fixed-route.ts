import { functionAt, functionsAround } from '../../languages/enclosing.ts';
import type { Span } from '../../languages/form.ts';
import { sourceOf } from '../run/run.ts';
import type { Hole, Home, Taint } from '../values/value.ts';

const PATH = /\.(?:path|path_info|path_qs|full_path|originalUrl|url)$/;

/** The path that was asked for, from its beginning, and no parameter that is called so. */
export function isWholePath({ name }: Hole, { says, steps: [first] }: Taint): boolean {
  return /^the (?:path|address) of the request$/.test(says) && PATH.test(name) && first?.text === name;
}

/** A route of its own name (Pyramid), or one that begins with a word: `@app.route('/login')`. */
const DECORATED = /\broute_name\s*=|\(\s*(?:(?:path|rule)\s*[:=]\s*)?(?:f?['"`])\/\w/;
/** `app.post('/login', guard, (req, res) => …`, `app.get('/:name', …`: one slash, and then something else. */
const GIVEN =
  /\.(?:get|post|put|patch|delete|all|head|options)\(\s*(['"`])\/(?:[\w-]|:\w+(?![\w(*]))[^'"`\n]*\1\s*,[^;{}]*$/;
const BEFORE = 300;

/** The function around a place runs for a path that cannot begin with two slashes: its route says how it begins. */
export function hasFixedRoute(home: Home, span: Span): boolean {
  const forms = functionsAround(home.module, functionAt(home.module, span));
  return forms.some((form) => {
    const owner = form.owner === null ? undefined : home.module.classes[form.owner];
    const decorators = [...form.decorators, ...(owner?.decorators ?? [])].map((one) => sourceOf(home, one.span, 400));
    if (decorators.length > 0)
      return decorators.some((one) => DECORATED.test(one)) && !decorators.some((one) => /notfound|forbidden/.test(one));
    const [start] = form.span;
    return GIVEN.test(home.text.slice(Math.max(0, start - BEFORE), start));
  });
}
