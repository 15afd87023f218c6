import { expect, it } from 'vitest';
import { parseSource, type RuleLanguage } from '../../src/analysis/languages.ts';
import { readPlace } from '../../src/analysis/rules/read-place.ts';

const MAIN = 'package main\nfunc main() { http.Get(url) }\n';

it.each<['sample' | 'tool' | null, RuleLanguage, string, string]>([
  ['sample', 'go', 'examples/publish/main.go', MAIN],
  ['sample', 'go', 'sdk/_examples/a.go', MAIN],
  ['sample', 'python', 'examples/publish.py', 'import requests\nrequests.get(url)\n'],
  ['sample', 'python', 'demo/run.py', 'def main():\n    pass\n\nif __name__ == "__main__":\n    main()\n'],
  ['sample', 'typescript', 'packages/client/examples/a.ts', "import { Client } from '..';\nawait fetch(url);\n"],
  [
    'tool',
    'python',
    'tools/scripts/report.py',
    'import requests\nfor row in requests.get(url).json():\n    print(row)\n',
  ],
  [
    'tool',
    'python',
    'tools/hooks.py',
    'import requests\ndef make(name):\n    return requests.get(name)\n\nfirst = make("a")\n',
  ],
  [
    null,
    'python',
    'tools/hooks.py',
    'import requests\nlog = get_logger()\ndef make(name):\n    return requests.get(name)\n',
  ],
  ['tool', 'go', 'tools/bridge/main.go', MAIN],
  // A package of an example is the example's, if nothing of the service imports it, which is asked of every 'tool'.
  ['tool', 'go', 'examples/publish/client.go', 'package publish\nfunc Get() { http.Get(url) }\n'],
  ['tool', 'typescript', 'extra/release/lib.mjs', 'export const load = () => fetch(url);\n'],
  [null, 'typescript', 'src/extra/lib.mjs', 'export const load = () => fetch(url);\n'],
  [null, 'python', 'app/tools/report.py', 'import requests\nrequests.get(url)\n'],
  [null, 'python', 'scripts/report.py', 'import requests\ndef load():\n    return requests.get(url)\n'],
  // A folder of that name alone; a service whose business it is; code that others import.
  [null, 'go', 'cmd/publish/main.go', MAIN],
  [null, 'typescript', 'examples/routes.js', 'const router = Router();\nmodule.exports = router;\n'],
  [null, 'typescript', 'examples/routes.js', 'exports.get = () => fetch(url);\n'],
  [null, 'go', 'internal/examples/main.go', MAIN],
  [null, 'python', 'lab/src/samples/store.py', 'import requests\nrequests.get(url)\n'],
  [null, 'python', 'samples/store.py', 'import requests\ndef load():\n    return requests.get(url)\n'],
  [null, 'typescript', 'samples/routes.ts', 'export const load = () => fetch(url);\n'],
])('%s: %s %s', (expected, language, path, text) => {
  expect(readPlace(path, () => parseSource(language, { kind: language, path, text }), language)).toBe(expected);
});
