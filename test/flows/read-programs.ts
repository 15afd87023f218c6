import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small program with the flaws that are to be found in it. */
export interface Program {
  name: string;
  files: { path: string; text: string }[];
  /** `main.ts:7 high path-traversal`, sorted. */
  expected: string[];
}

/**
 * Programs of a folder. In a file, `// --- what it shows` begins a program and `// file: db.ts` a file of it (without one it is
 * `main`). `// ! high path-traversal` at a line's end: this flaw is found there. A program without a mark is right, and nothing
 * may be found in it.
 */
export function readPrograms(dir: string): Program[] {
  return readdirSync(dir)
    .sort()
    .flatMap((name) => split(name, readFileSync(join(dir, name), 'utf8')));
}

function split(file: string, text: string): Program[] {
  const ending = /\.\w+$/.exec(file)?.[0] ?? '';
  const comment = ending === '.py' ? '#' : '//';
  const programs = text.split(new RegExp(`^${comment} --- `, 'm')).slice(1);
  return programs.map((one) => {
    const [title = '', ...lines] = one.split('\n');
    const files: Program['files'] = [];
    let current: string[] = [];
    const start = (path: string): void => {
      current = [];
      files.push({ path, text: '' });
    };
    const finish = (): void => {
      const last = files.at(-1);
      if (last) last.text = current.join('\n');
    };
    start(`main${ending}`);
    for (const line of lines) {
      const [, path] = new RegExp(`^${comment} file: (\\S+)$`).exec(line) ?? [];
      if (path === undefined) current.push(line);
      else {
        finish();
        if (files.length === 1 && files[0]?.text.trim() === '') files.pop();
        start(path);
      }
    }
    finish();
    const expected = files.flatMap(({ path, text: own }) =>
      own.split('\n').flatMap((line, index) => {
        const [, marks] = new RegExp(`${comment} ! (.*)$`).exec(line) ?? [];
        return marks === undefined ? [] : marks.split(',').map((mark) => `${path}:${index + 1} ${mark.trim()}`);
      }),
    );
    return { name: `${file}: ${title.trim()}`, files, expected: expected.sort() };
  });
}
