import type { SgNode } from '@ast-grep/napi';
import type { RuleLanguage } from '../languages.ts';

/** What an import names, and the modules that only tests use. */
const SIGNS: Record<RuleLanguage, { nodes: readonly { kind: string; regex?: string }[]; modules: RegExp }> = {
  typescript: {
    nodes: [{ kind: 'import_statement' }, { kind: 'call_expression', regex: '^require\\(' }],
    modules:
      /['"](?:vitest|@jest\/globals|mocha|chai|sinon|nock|supertest|ava|tap|cypress|testcontainers|@(?:testcontainers|playwright|testing-library)\/[\w-]+|node:test)['"]/,
  },
  python: {
    nodes: [{ kind: 'import_statement' }, { kind: 'import_from_statement' }],
    modules:
      /^(?:import|from)\s+(?:pytest|unittest|django\.test|rest_framework\.test|testcontainers|responses|respx)\b/,
  },
  go: {
    nodes: [{ kind: 'import_spec' }],
    modules: /"(?:testing|net\/http\/httptest|github\.com\/(?:stretchr\/testify|onsi\/(?:ginkgo|gomega))(?:\/[^"]*)?)"/,
  },
};

/** Whether a file helps tests: it imports what they are written with. */
export function isTestHelper(root: SgNode, language: RuleLanguage): boolean {
  const { nodes, modules } = SIGNS[language];
  return root.findAll({ rule: { any: [...nodes] } }).some((node) => modules.test(node.text()));
}
