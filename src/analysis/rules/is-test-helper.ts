import type { SgNode } from '@ast-grep/napi';
import type { RuleLanguage } from '../languages.ts';
import { onceAFile } from './once-a-file.ts';

/** What an import names, and the modules that only tests use. */
const SIGNS: Record<RuleLanguage, { nodes: readonly { kind: string; regex?: string }[]; modules: RegExp }> = {
  typescript: {
    nodes: [{ kind: 'import_statement' }, { kind: 'call_expression', regex: '^require\\(' }],
    modules:
      /['"](?:vitest|@jest\/globals|mocha|chai|sinon|nock|supertest|ava|tap|cypress|testcontainers|k6(?:\/[\w/-]+)?|autocannon|@(?:testcontainers|playwright|testing-library)\/[\w-]+|node:test)['"]/,
  },
  python: {
    nodes: [{ kind: 'import_statement' }, { kind: 'import_from_statement' }],
    modules:
      /^(?:import|from)\s+(?:pytest|unittest|django\.test|rest_framework\.test|testcontainers|responses|respx)\b/,
  },
  go: {
    nodes: [{ kind: 'import_spec' }],
    modules:
      /"(?:testing|net\/http\/httptest|go\.uber\.org\/mock\/gomock|github\.com\/(?:stretchr\/testify|onsi\/(?:ginkgo|gomega)|ory\/dockertest|testcontainers\/testcontainers-go|jarcoal\/httpmock|DATA-DOG\/go-sqlmock|golang\/mock\/gomock)(?:\/[^"]*)?)"/,
  },
};

/** A class of tests, on a base of the project itself: `class UserTests(TransactionTestCase):`. */
const TEST_CASE = /^class \w{1,200}\((?:[\w., ]{0,200}[\w.])?TestCase\w{0,100}[^)\n]{0,200}\):/m;

/** In no build but those for tests, or for who develops. Source: pkg.go.dev/cmd/go, "Build constraints". */
const LEFT_OUT =
  /^\/\/go:build (?:[\w!]+ && )*(?!\w*device)\w*(?:e2e|test|integration|bench|ignore|dev|debug)\w*(?: && [\w!]+)*$|^\/\/ ?\+build ignore$/;

/**
 * What runs in a program that makes load, by what it is given there. Source: artillery.io/docs/reference/engines/http, "Function signatures".
 */
const PROCESSOR =
  /\b(?:requestParams|req|requestParameters)\s*,\s*(?:(?:response|res)\s*,)?\s*(?:context|userContext)\s*,\s*(?:ee|events|eventEmitter)\s*(?:,\s*(?:next|done)\s*)?\)|\((?:userContext|context|vuContext)\s*,\s*(?:ee|events|eventEmitter)\s*(?:,\s*(?:next|done)\s*)?\)[^]*\b(?:userContext|context|vuContext)\.vars\b/;

/**
 * Whether a file helps tests: it imports what they are written with and uses it (Go refuses an import that nothing uses), or only a
 * build for them has it. An import alone costs whoever hides something one line.
 */
export const isTestHelper = onceAFile((root, language): boolean => {
  if (language === 'go' && isLeftOut(root)) return true;
  if (language === 'typescript' && PROCESSOR.test(root.text())) return true;
  if (language === 'python' && TEST_CASE.test(root.text())) return true;
  const { nodes, modules } = SIGNS[language];
  const imports = root.findAll({ rule: { any: [...nodes] } }).filter((node) => modules.test(node.text()));
  return imports.some((node) =>
    language === 'go' ? !node.text().startsWith('_') : listNames(node).some((name) => isUsed(root, name)),
  );
});

/** What an import binds, as far as its text tells. */
function listNames(node: SgNode): string[] {
  const binding =
    node.kind() === 'call_expression'
      ? node
          .ancestors()
          .find((one) => one.kind() === 'variable_declarator')
          ?.field('name')
      : node;
  const words =
    binding
      ?.text()
      .replace(/'[^']*'|"[^"]*"/g, '')
      .match(/[A-Za-z_]\w*/g) ?? [];
  return words.filter((word) => !['import', 'from', 'as', 'type'].includes(word));
}

/** It is written more than once: where it is imported, and where it is used. */
function isUsed(root: SgNode, name: string): boolean {
  return (root.text().match(new RegExp(`\\b${name}\\b(?!['"])`, 'g')) ?? []).length > 1;
}

/** A constraint stands before the package's name. */
function isLeftOut(root: SgNode): boolean {
  const before = root.children();
  const end = before.findIndex((node) => node.kind() === 'package_clause');
  return before.slice(0, Math.max(0, end)).some((node) => LEFT_OUT.test(node.text().trim()));
}
