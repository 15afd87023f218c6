import { stemOf } from '../../text/route-files.ts';
import type { FindFacts } from '../fact-hit.ts';
import type { Route } from '../facts.ts';
import { rolesOfName } from './decide-roles.ts';
import { withDecorators } from './find-unguarded-routes.ts';
import { isMeantForAll } from './is-meant-for-all.ts';
import { speaksOfCaller } from './speaks-of-caller.ts';

/** As much of a file is looked at for words about the caller. */
const MOST_LINES = 2000;

/**
 * A file of routes in which nothing asks who calls, and that changes or removes things. Whether it should ask, the files beside it say:
 * `surroundings/keep-unlike.ts` reads them, and keeps only what nearly all of them do otherwise.
 */
export const findUnguardedFiles: FindFacts = ({ routes }, read) =>
  [...Map.groupBy(routes, ({ place }) => place.path)].flatMap(([path, group]) => {
    if (path.endsWith('.go') || group.some(isGuarded)) return [];
    // In a file of its own `/` is what the file is called.
    const stem = stemOf(path);
    const open = group.filter(
      (one) => /^(?:PUT|PATCH|DELETE)$/.test(one.method) && !isMeantForAll({ ...one, path: `/${stem}${one.path}` }),
    );
    const [one] = open;
    if (!one || speaksOfCaller(withoutImports(read({ path, startLine: 1, endLine: MOST_LINES })))) return [];
    if (open.some(({ handler }) => handler.place !== null && speaksOfCaller(read(handler.place)))) return [];
    const hit = { place: one.place, symbol: one.handler.name, values: { ROUTE: `${one.method} ${one.path}` } };
    return [withDecorators(hit, read)];
  });

function isGuarded({ authorised, middleware }: Route): boolean {
  return authorised || middleware.some(({ name }) => rolesOfName(name).includes('authorises'));
}

/** What is only brought in asks nobody. */
function withoutImports(text: string): string {
  return text.replace(/^(?:import|from)\s[^\n]*$/gm, '');
}
