/** `<int:id>`, `<id:int>`, `{id:int}`: the route takes numbers and the like only in this place. */
export function isNumberOfRoute(route: string, name: string): boolean {
  // Most names are asked of functions that have no route.
  if (!/[<{]/.test(route)) return false;
  const types = '(?:int|float|uuid|number|decimal|ymd|unsigned)(?:\\([^)]*\\))?';
  return new RegExp(`[<{](?:${types}:${name}|${name}:${types})[>}]`, 'i').test(route);
}

/** The names of parts of the path: `/x/<path:name>`, `/x/{name}`. */
export function namesOfRoute(route: string): readonly string[] {
  return [...route.matchAll(/[<{](?:[^<>{}:]*:)?(\w+)(?::[^<>{}]*)?[>}]/g)].flatMap(([, name]) => name ?? []);
}
