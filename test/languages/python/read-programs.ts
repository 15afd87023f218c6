import { readFileSync } from 'node:fs';

export interface Program {
  behaviour: string;
  source: string;
  print: string;
}

/** The table of `lowering.txt`: behaviour, source, `---`, what its form prints. */
export function readPrograms(): Program[] {
  const text = readFileSync(new URL('lowering.txt', import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [, behaviour = '', source = '', print = ''] = /^(.*)\n([^]*?)\n?---\n([^]*)$/.exec(part) ?? [];
      return { behaviour, source, print: `${print.trimEnd()}\n` };
    });
}
