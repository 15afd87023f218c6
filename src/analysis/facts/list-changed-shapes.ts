import type { SourceFile } from '../../change/source-file.ts';

/** A field of a struct, a class or an interface, and the line that begins what it stands in. */
const SHAPES: Partial<Record<SourceFile['kind'], { field: RegExp; begins: RegExp }>> = {
  go: { field: /^\s+\w+\s.*`[^`]*\b(?:json|form|query):"/, begins: /^\s*(?:type\s+)?([A-Za-z]\w*)\s+struct\s*\{/ },
  python: { field: /^\s+\w+\s*:\s*[\w"'[]/, begins: /^class\s+(\w+)/ },
  typescript: {
    field: /^\s+(?:(?:public|readonly|declare)\s+)*\w+[?!]?\s*:\s*[^({]+[;,]?\s*$/,
    begins: /^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:class|interface)\s+(\w+)/,
  },
};
const MOST = 5;
/** A shorter name is any word. */
const SHORTEST = 4;

/** The types whose fields this change touched: who names them decides whether callers see it. */
export function listChangedShapes({ kind, text, base, hunks }: SourceFile): string[] {
  const shape = SHAPES[kind === 'javascript' ? 'typescript' : kind];
  if (!shape || !hunks || typeof base !== 'string') return [];
  const sides = { removed: base.split('\n'), added: text.split('\n') };
  const names = new Set<string>();
  for (const { kind: side, text: line, oldLine, newLine } of hunks.flatMap(({ lines }) => lines)) {
    if (side === 'context' || names.size >= MOST || line.length > 1000 || !shape.field.test(line)) continue;
    const lines = sides[side];
    const at = (side === 'removed' ? oldLine : newLine) ?? 0;
    for (let above = at - 2; above >= 0 && above > at - 200; above--) {
      const written = lines[above] ?? '';
      const [, name] = (written.length < 1000 && shape.begins.exec(written)) || [];
      if (name !== undefined && name.length >= SHORTEST) names.add(name);
      // A function, or the end of another declaration: it stands in none.
      if (name !== undefined || /^(?:\}|def\s|async def\s|func\s|function\s)/.test(written)) break;
    }
  }
  return [...names].filter((name) => text.includes(name));
}

/** What sends JSON, or takes it. */
const SENDS =
  /\.(?:json|jsonp|send|JSON|Encode|IndentedJSON|ShouldBind\w*|Bind\w*|Decode|BodyParser)\(|jsonify|[Rr]esponse\(|@\w+\.(?:get|post|put|patch|delete|route)\(|@(?:Get|Post|Put|Patch|Delete)\(/;

/** The file, and those beside it that name one of these and may answer. */
export function listSenders({ path, beside = [] }: SourceFile, names: readonly string[]): string[] {
  const senders = beside.filter(({ text }) => names.some((name) => text.includes(name)) && SENDS.test(text));
  return [path, ...senders.map((one) => one.path)];
}
