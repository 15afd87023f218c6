import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseTogether } from '../../src/analysis/analyse-file.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { SourceFile } from '../../src/change/source-file.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

const principles = loadAgents().get('backend-dev')?.principles ?? [];
const analysers = createAnalysers('backend-dev', new Set(principles.map(({ id }) => id)));
const DIR = new URL('../flows/programs/', import.meta.url).pathname;
const KINDS = { ts: 'typescript', js: 'javascript', py: 'python', go: 'go' } as const;
/** What every object of JavaScript has: a table that is asked for such a name without care gives a function. */
const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];
const KEPT =
  /^(?:import|from|package|func|function|class|const|let|var|type|struct|interface|return|async|await|def|self|this|super|new|else|elif|case|switch|for|while|range|with|try|catch|except|finally|raise|throw|pass|break|continue|defer|export|default|extends|implements|static|public|private|readonly|string|number|boolean|null|None|True|False|true|false|and|not|lambda|yield|global|chan|map|select|error|int|any|void|typeof|instanceof|delete)$/;

/** Each third name of a program becomes one of these. */
function renamed(text: string, shift: number): string {
  const names = [...new Set(text.match(/(?<![\w"'`/.@-])[A-Za-z_]\w{2,}(?=\s*[(=:,){.])|(?<=\w\.)[A-Za-z_]\w{2,}/g))];
  const chosen = new Map(
    names
      .filter((name) => !KEPT.test(name))
      .flatMap((name, at) => (at % 3 === shift ? [[name, NAMES[(at + shift) % NAMES.length] ?? '']] : [])),
  );
  return text.replace(/(?<![\w"'`/])[A-Za-z_]\w{2,}/g, (name) => chosen.get(name) ?? name);
}

const FILES = readdirSync(DIR, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.includes('.'))
  .flatMap((path) => {
    const kind = KINDS[path.split('.').at(-1) as keyof typeof KINDS];
    return kind === undefined ? [] : [{ path, kind }];
  });

it('there are programs to rename', () => {
  expect(FILES.length).toBeGreaterThan(60);
});

it.each(FILES.map((file, at) => ({ ...file, shift: at % 3 })))(
  '$path is read like any other when its names are those that every object has',
  async ({ path, kind, shift }) => {
    const text = maskText(renamed(readFileSync(join(DIR, path), 'utf8'), shift));
    const file: SourceFile = { path: path.replaceAll('/', '-'), kind, text, hunks: null };
    const [analysed] = await analyseTogether(analysers, [file]);
    for (const { analyser, outcome } of analysed?.outcomes ?? [])
      expect({
        analyser,
        status: outcome.status,
        reason: 'reason' in outcome ? outcome.reason : '',
      }).not.toMatchObject({
        status: 'failed',
      });
  },
);

it('a class whose methods answer requests may have a constructor', async () => {
  const text = maskText(
    "import express from 'express';\nimport axios from 'axios';\nconst app = express();\nclass Handler {\n  constructor() {}\n  static middleware() {\n    return new Handler();\n  }\n}\napp.get('/a', Handler.middleware());\napp.get('/b', async (req, res) => res.json((await axios.get(req.query.url)).data));\n",
  );
  const [analysed] = await analyseTogether(analysers, [{ path: 'a.ts', kind: 'typescript', text, hunks: null }]);
  const found = (analysed?.outcomes ?? []).flatMap(({ outcome }) =>
    outcome.status === 'failed' ? [outcome.reason] : outcome.findings.map(({ ruleId }) => ruleId),
  );
  expect(found).toContain('server-side-request-forgery');
});
