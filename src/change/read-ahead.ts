import type { Content, Snapshot } from './change.ts';

/** A snapshot that reads these files of the head with the first ones that it is asked for: a request of their own would cost more. */
export function readAhead(snapshot: Snapshot, paths: readonly string[]): Snapshot {
  let ahead: Map<string, Content> | null = null;
  return {
    readBase: (asked) => snapshot.readBase(asked),
    readHead: async (asked) => {
      const missing = asked.filter((path) => !ahead?.has(path));
      const known = new Map<string, Content>(ahead);
      if (missing.length > 0) {
        const more = ahead === null ? paths : [];
        const read = await snapshot.readHead([...missing, ...more]);
        ahead ??= new Map(more.map((path) => [path, read.get(path) ?? { kind: 'absent' }]));
        for (const [path, content] of read) known.set(path, content);
      }
      return new Map(
        asked.flatMap((path) => {
          const content = known.get(path);
          return content ? [[path, content] as const] : [];
        }),
      );
    },
  };
}
