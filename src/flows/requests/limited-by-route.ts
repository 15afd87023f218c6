import { memo } from '../../languages/memo.ts';
import type { Program } from '../program/program.ts';
import type { Hit, Run } from '../run/run.ts';
import { fieldsOfKey } from '../values/field-taint.ts';
import { labelsOfPattern } from '../values/pattern-labels.ts';

/** A route of Go as it is written, or a part of one: `"GET /orders/{id}"`, `":id"`. */
const ROUTE = /(["`])(?:[A-Z]+ )?(?=[/:{]|[\w%-]{1,40}\/)[^"`\n]*\1/g;
/** `:id<int>` of fiber. Source: docs.gofiber.io/guide/routing, Constraints. */
const TYPED = /:(\w+)(?:<(\w+)(?:\((.*?)\))?>)?/g;
const WORD = '[\\w.:-]*';

/**
 * All that comes to the sink are parts of the path, and wherever a route names such a part it limits it by a pattern that lets through
 * nothing that does harm there: `/orders/{id:[0-9]+}` of gorilla/mux and chi, `/orders/:id<int>` of fiber.
 */
export function isLimitedByRoute(run: Run, { kind, holes, home }: Hit): boolean {
  if (home.module.language !== 'go') return false;
  const taints = holes.flatMap((hole) => hole.taints);
  return (
    taints.length > 0 &&
    taints.every(({ says, asked, key }) => {
      const name = says === 'the path of the request' ? (asked ?? fieldsOfKey(key)[0]) : undefined;
      const patterns = name === undefined ? [] : (patternsIn(run.program).get(name) ?? []);
      return (
        patterns.length > 0 &&
        patterns.every((one) => one !== null && (labelsOfPattern(run, one) & run.labelOf(kind)) !== 0)
      );
    })
  );
}

/** By the name of the part; null: it may be anything. */
const patternsIn = memo(({ homes }: Program): ReadonlyMap<string, readonly (string | null)[]> => {
  const all = new Map<string, (string | null)[]>();
  const note = (name: string, pattern: string | null): void => {
    all.set(name, [...(all.get(name) ?? []), pattern]);
  };
  for (const { module, text } of homes) {
    if (module.language !== 'go') continue;
    for (const [route = ''] of text.matchAll(ROUTE)) {
      for (const part of partsInBraces(route)) {
        const [, name = '', pattern] = /^(\w+)(?::(.*))?$/s.exec(part) ?? [];
        if (name !== '') note(name, pattern?.replaceAll('\\\\', '\\') ?? null);
      }
      for (const [, name = '', type, given] of route.replaceAll(/\{.*\}/g, '').matchAll(TYPED))
        note(
          name,
          type === undefined
            ? null
            : type === 'regex'
              ? wholeOf(given)
              : /^(?:int|bool|float|guid|alpha|datetime)$/.test(type)
                ? WORD
                : null,
        );
    }
  }
  return all;
});

/** What stands in the outer braces: of `{id:[0-9]{3}}` all of it. */
function partsInBraces(route: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < route.length; at++) {
    if (route[at] === '{' && depth++ === 0) start = at + 1;
    if (route[at] === '}' && depth > 0 && --depth === 0) parts.push(route.slice(start, at));
  }
  return parts;
}

/** Fiber looks for the pattern anywhere in the part. */
function wholeOf(pattern: string | undefined): string | null {
  return pattern !== undefined && /^\^[^|]*\$$/.test(pattern) ? pattern.replaceAll('\\\\', '\\') : null;
}
