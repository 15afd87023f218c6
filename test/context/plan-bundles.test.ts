import { describe, expect, it } from 'vitest';
import { outlineText } from '../../src/analysis/outline/outline-text.ts';
import type { SelectedFile } from '../../src/change/selected-file.ts';
import { planBundles } from '../../src/context/plan-bundles.ts';
import { decideSelection } from '../../src/scope/select.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

function plan(texts: Record<string, string>, mostChars: number): { bundles: string[][]; tooLarge: string[] } {
  const files = Object.entries(texts).map(([path, text]): SelectedFile => {
    const selection = decideSelection(path);
    return { path, kind: 'kind' in selection ? selection.kind : 'config', text: maskText(text), hunks: null };
  });
  const outlines = new Map(files.map(({ path, text }) => [path, outlineText(path, text)]));
  const { bundles, tooLarge } = planBundles(
    files.map((file) => ({ file, shown: file.text })),
    { outlines, mostChars },
  );
  return {
    bundles: bundles.map(({ files: own }) => own.map(({ file }) => file.path)),
    tooLarge: tooLarge.map(({ path }) => path),
  };
}

const long = (text: string): string => `${text}\n${'// filler\n'.repeat(30)}`;

describe('which files share a request', () => {
  it.each([
    [
      'import',
      {
        'src/a/pay.ts': long("import { take } from '../z/stock.js';"),
        'src/z/stock.ts': long('export const take = () => 1;'),
      },
    ],
    [
      'contract and handler',
      {
        'api/orders.proto': long('service Orders { rpc CancelOrder(Request) returns (Reply); }'),
        'src/z/handler.go': long('package z\nfunc (s *Server) CancelOrder() {}'),
      },
    ],
    [
      'migration and query',
      {
        'db/migrations/9.sql': long('ALTER TABLE invoices ADD COLUMN paid boolean;'),
        'src/z/read.py': long('def read(db):\n    db.execute("select id from invoices")'),
      },
    ],
    [
      'name and use',
      {
        'src/a.go': long('package a\nfunc ReserveStock() {}'),
        'src/z.go': long('package a\nfunc run() { ReserveStock() }'),
      },
    ],
  ])('by %s', (_, related) => {
    const [first = '', second = ''] = Object.keys(related);
    const { bundles } = plan({ ...related, 'src/b/b.ts': long('b();'), 'src/c/c.ts': long('c();') }, 800);
    expect(bundles.find((one) => one.includes(first))).toContain(second);
  });

  it('puts the riskiest first, fills each request, and names what fits in none', () => {
    const { bundles, tooLarge } = plan({ 'src/a.ts': 'a', 'src/auth.ts': 'b', 'src/big.ts': 'x'.repeat(5000) }, 1000);
    expect(bundles).toEqual([['src/auth.ts', 'src/a.ts']]);
    expect(tooLarge).toEqual(['src/big.ts']);
  });
});
