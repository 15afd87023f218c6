import { lineAt } from '../flows/line-at.ts';
import type { Home } from '../flows/value.ts';
import type { Span } from '../languages/form.ts';
import type { FactPlace } from './facts.ts';

export function placed(home: Home, [start, end]: Span): FactPlace {
  return { path: home.path, startLine: lineAt(home, start), endLine: lineAt(home, Math.max(start, end - 1)) };
}
