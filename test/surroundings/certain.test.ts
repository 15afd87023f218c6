import { describe, expect, it } from 'vitest';
import { loadAgents } from '../../src/agents/load-agents.ts';
import { analyseFile } from '../../src/analysis/analyse-file.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { createAnalysers } from '../../src/analysis/create-analysers.ts';
import type { Change } from '../../src/change/change.ts';
import { analyseChange } from '../../src/pipeline/review-change.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { createMemoryRepository } from '../support/memory-repository.ts';

const agent = loadAgents().get('backend-dev');
const analysers = createAnalysers('backend-dev', new Set(agent?.principles.map(({ id }) => id)));
const analysis: Analysis = {
  compare: async () => [],
  outline: async () => [],
  analyse: async (files) => await Promise.all(files.map((file) => analyseFile(analysers, file))),
};

/** Of a scan of one file, beside which a service stands: each rule with how sure it is. */
async function scan(path: string, text: string): Promise<string[]> {
  const none = maskText('');
  const head = { [path]: text, 'src/limits.js': 'export const MOST = 10;\n' };
  const files = Object.keys(head).map((one) => ({
    path: one,
    previousPath: null,
    status: 'added' as const,
    hunks: null,
    binary: false,
    blob: null,
  }));
  const change: Change = { title: none, description: none, base: null, head: null, unlisted: 0, files };
  const repository = createMemoryRepository({ base: {}, head });
  const { findings } = await analyseChange(change, repository, analysis, { whole: true });
  expect(findings.filter((one) => 'certain' in one)).toEqual([]);
  return findings.flatMap(({ ruleId, confidence }) =>
    ruleId === 'address-not-known' ? [] : [`${ruleId} ${confidence}`],
  );
}

const LOAD = (gives: string): string =>
  `package a\ntype Session struct{ User string }\nfunc load(id string) (*Session, error) {\n\tif id == "" {\n\t\treturn ${gives}, errMissing\n\t}\n\treturn &Session{id}, nil\n}\nfunc owner(id string) string {\n\ts, err := load(id)\n\tname := s.User\n\tif err != nil {\n\t\treturn ""\n\t}\n\treturn name\n}\n`;
/** A file that a request names, as many lines further on. */
const SEND = (lines: number): string =>
  `from flask import Blueprint, request, send_file\nfiles = Blueprint("files", __name__)\n@files.get("/files")\ndef show():\n    name = request.args["name"]\n${"    audit.count('files')\n".repeat(lines)}    return send_file("/srv/files/" + name)\n`;
const DIAL = (body: string): string =>
  `package a\nimport ("crypto/tls"; "net/http")\nfunc orders(url, key string) (*http.Response, error) {\n\tclient := &http.Client{Timeout: 5, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}\n\treq, err := http.NewRequest(http.MethodPost, url, nil)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\t${body}\n\treturn client.Do(req)\n}\n`;

describe('what is certain', () => {
  it.each([
    // Readers called about half of what these rules say worth acting on.
    ['a function that gives nil beside its error', 'a.go', LOAD('nil'), ['failed-result-used medium']],
    ['one that gives what it has', 'a.go', LOAD('&Session{}'), ['failed-result-used low']],
    ['a credential goes along', 'a.go', DIAL('req.Header.Set("Authorization", key)'), ['tls-verification-off high']],
    [
      'a stranger names the title of an issue',
      '.github/workflows/triage.yml',
      `on:\n  issues:\n    types: [opened]\njobs:\n  triage:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "\${{ github.event.issue.title }}"\n`,
      ['workflow-script-injection high'],
    ],
    [
      'of a push',
      '.github/workflows/build.yml',
      `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "\${{ github.event.head_commit.message }}"\n`,
      ['workflow-script-injection low'],
    ],
    [
      // Readers called nine of ten of these worth acting on. Nothing names a workflow: GitHub starts it.
      'strangers change what a step is, and it is handed a secret',
      '.github/workflows/deploy.yml',
      `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: acme/deploy@v2\n        with: { token: "\${{ secrets.DEPLOY_TOKEN }}" }\n`,
      ['workflow-action-not-pinned high'],
    ],
    ['a request names a file that is sent a line further on', 'src/files.py', SEND(1), ['path-traversal high']],
    ['… that is sent far below', 'src/files.py', SEND(30), ['path-traversal low']],
    ['none does', 'a.go', DIAL('req.Header.Set("Accept", "text/html")'), ['tls-verification-off low']],
  ])('speaks up in a scan: %s', async (_, path, text, said) => {
    expect(await scan(path, text)).toEqual(said);
  });

  it.each([
    ['a look for a newer version', 'src/version-check.js', 'low'],
    ['what serves', 'src/orders.js', 'high'],
  ])('is nothing that nobody waits for: %s', async (_, path, sure) => {
    const text =
      "import axios from 'axios';\nexport const load = async (id) => (await axios.get(`https://api.acme.io/${id}`)).data;\n";
    expect(await scan(path, text)).toEqual([`missing-request-timeout ${sure}`]);
  });
});
