import type { Facts, PlacedFunction } from '../facts.ts';

/**
 * Functions without a name that answer a route, by their route: `POST /orders`. Most handlers of Express are such ones, and what a change
 * took from them is looked for as in any other function.
 */
export function listHandlers({ routes }: Facts, functions: readonly PlacedFunction[]): PlacedFunction[] {
  const ends = new Map(functions.map(({ place }) => [`${place.path}:${place.endLine}`, place.startLine] as const));
  const found = routes.flatMap(({ method, path, handler: { place } }): PlacedFunction[] => {
    // Of a name, what stands before the last dot is its class.
    if (!place || path.includes('.')) return [];
    const start = ends.get(`${place.path}:${place.endLine}`);
    return start !== undefined && start <= place.startLine ? [] : [{ name: `${method} ${path}`, place }];
  });
  // The same function on several routes is one.
  return [
    ...new Map(found.map((one) => [`${one.place.path}:${one.place.startLine}:${one.place.endLine}`, one])).values(),
  ];
}
