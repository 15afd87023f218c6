import { expect, it } from 'vitest';
import { parseSource, type RuleLanguage } from '../../src/analysis/languages.ts';
import { isSample } from '../../src/analysis/rules/is-sample.ts';

const MAIN = 'package main\nfunc main() { http.Get(url) }\n';

it.each<[boolean, RuleLanguage, string, string]>([
  [true, 'go', 'examples/publish/main.go', MAIN],
  [true, 'go', 'sdk/_examples/a.go', MAIN],
  [true, 'python', 'examples/publish.py', 'import requests\nrequests.get(url)\n'],
  [true, 'python', 'demo/run.py', 'def main():\n    pass\n\nif __name__ == "__main__":\n    main()\n'],
  [true, 'typescript', 'packages/client/examples/a.ts', "import { Client } from '..';\nawait fetch(url);\n"],
  // A folder of that name alone; a service whose business it is; code that others import.
  [false, 'go', 'cmd/publish/main.go', MAIN],
  [false, 'go', 'examples/publish/client.go', 'package publish\nfunc Get() { http.Get(url) }\n'],
  [false, 'typescript', 'examples/routes.js', 'const router = Router();\nmodule.exports = router;\n'],
  [false, 'typescript', 'examples/routes.js', 'exports.get = () => fetch(url);\n'],
  [false, 'go', 'internal/examples/main.go', MAIN],
  [false, 'python', 'lab/src/samples/store.py', 'import requests\nrequests.get(url)\n'],
  [false, 'python', 'samples/store.py', 'import requests\ndef load():\n    return requests.get(url)\n'],
  [false, 'typescript', 'samples/routes.ts', 'export const load = () => fetch(url);\n'],
])('%s: %s %s', (expected, language, path, text) => {
  expect(isSample(path, parseSource(language, { kind: language, path, text }), language)).toBe(expected);
});
