import { atTop } from '../../flows/program/class-bases.ts';
import type { Run } from '../../flows/run/run.ts';
import type { Home } from '../../flows/values/value.ts';
import { constantKey } from '../../flows/values/value-key.ts';
import type { Expression, Span } from '../../languages/form.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import type { FactModels } from './compile-fact-models.ts';
import { textAt } from './read-argument.ts';

const SECRET =
  /secret|token|passw|pwd|(?:api|private|access|signing|encryption|auth)_?key|credential|dsn|salt|database_url|_url_with_auth/i;

/** Whether a setting of this name is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/** Settings that a file reads: `os.environ['PORT']`, `os.getenv('PORT')`. */
export function findSettings(run: Run, home: Home, models: FactModels): { name: string; span: Span }[] {
  if (!models.read.has) return [];
  const found: { name: string; span: Span }[] = [];
  const nameOf = (of: Expression): string | null => {
    const parts: string[] = [];
    let at = of;
    while (at.kind === 'field') {
      parts.unshift(at.name);
      at = at.of;
    }
    if (at.kind !== 'name' || ![at.name, ...parts].some((part) => models.readWords.has(part))) return null;
    const root = run.evaluate(atTop(run, home), at).name;
    return root === null ? null : [root, ...parts].join('.');
  };
  const key = (by: Expression): string | null => constantKey(run.evaluate(atTop(run, home), by));
  run.work.share = run.work.left;
  visitExpressions(home.module, (one) => {
    if (one.kind === 'field' || one.kind === 'index') {
      const of = nameOf(one.of);
      if (of === null || !models.read(`${of}.*`)) return;
      const name = one.kind === 'field' ? one.name : key(one.by);
      if (name !== null && (one.kind === 'index' || /^[A-Z_][A-Z0-9_]*$/.test(name)))
        found.push({ name, span: one.span });
    } else if (one.kind === 'call') {
      const of = nameOf(one.of);
      const model = of === null ? null : models.read(of)?.model;
      const first = one.arguments[Number(model?.name ?? 0)]?.value;
      if (!model || model.at.toString().endsWith('*') || !first) return;
      const name = textAt(run.evaluate(atTop(run, home), first));
      if (name !== null) found.push({ name, span: one.span });
    }
  });
  return found;
}
