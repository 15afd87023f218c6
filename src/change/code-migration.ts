import type { SourceFile } from './source-file.ts';

/** Tools whose migrations are written in code. */
export const CODE_TOOLS = ['alembic', 'django'] as const;
export type CodeTool = (typeof CODE_TOOLS)[number];

interface Sign {
  tool: CodeTool;
  kinds: readonly SourceFile['kind'][];
  text: RegExp;
}

const SIGNS: readonly Sign[] = [
  {
    tool: 'alembic',
    kinds: ['python'],
    text: /^\s*(?:from\s+alembic\s+import\b|import\s+alembic\b)[\s\S]*\bdef\s+upgrade\b/m,
  },
  { tool: 'django', kinds: ['python'], text: /\bclass\s+Migration\s*\(\s*(?:\w+\.)*Migration\b/ },
];

/** The tool whose migration a file is, by its text; null for other code. */
export function decideCodeTool({ kind, text }: Pick<SourceFile, 'kind' | 'text'>): CodeTool | null {
  return SIGNS.find((one) => one.kinds.includes(kind) && one.text.test(text))?.tool ?? null;
}
