import type { Finding } from '../findings/finding.ts';

const MOST = 10;

/** "Also at lines 3, 9; `src/b.ts` 4": the other places of one cause, those of its own file first. */
export function renderAlsoAt({ path, alsoAt }: Finding, show: (path: string) => string): string {
  if (alsoAt.length === 0) return '';
  const shown = alsoAt.slice(0, MOST);
  const byFile = Map.groupBy(shown, (one) => one.path ?? path);
  const files = [...byFile].map(([file, places]) => {
    const lines = places.map(({ line }) => line).join(', ');
    return file === path ? `line${places.length > 1 ? 's' : ''} ${lines}` : `${show(file)}:${lines}`;
  });
  const more = alsoAt.length > MOST ? `; and ${alsoAt.length - MOST} more` : '';
  return `Also at ${files.join('; ')}${more}.`;
}
