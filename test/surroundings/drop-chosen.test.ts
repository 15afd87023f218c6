import { describe, expect, it } from 'vitest';
import type { FileAnalysis } from '../../src/analysis/process/task.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { dropChosen } from '../../src/surroundings/drop-chosen.ts';
import { finding as aFinding } from '../support/finding.ts';

/** Whether the place of `os.ReadFile(…)` in the first file is still told. */
async function isTold(files: Record<string, string>, own: Partial<RawFinding> = {}): Promise<boolean> {
  const [[path, text] = ['', '']] = Object.entries(files);
  const startLine = text.split('\n').findIndex((line) => line.includes('os.ReadFile(')) + 1;
  const snippet = /os\.ReadFile\((.*)\)$/m.exec(text)?.[1] ?? '';
  const finding: RawFinding = {
    ...aFinding(),
    ruleId: 'file-name-not-known',
    confidence: 'low',
    trace: [],
    startLine,
    snippet,
    ...own,
    path,
  };
  const analysis = {
    path,
    outcomes: [{ analyser: 'rules', outcome: { status: 'analysed', findings: [finding] } }],
  } as unknown as FileAnalysis;
  const find = async (words: readonly string[]): Promise<Map<string, string>> =>
    new Map(Object.entries(files).filter(([, one]) => words.some((word) => one.includes(word))));
  const sources = Object.entries(files).map(([one, content]) => ({ path: one, text: content }));
  const [made] = await dropChosen([analysis], sources, find);
  const outcome = made?.outcomes[0]?.outcome;
  return outcome !== undefined && outcome.status !== 'failed' && outcome.findings.length > 0;
}

const HEAD = 'package utils\n\nimport (\n\t"os"\n\t"path/filepath"\n)\n\n';
const READS = `${HEAD}func ReadText(file string) ([]byte, error) {\n\treturn os.ReadFile(file)\n}\n`;

const calling = (line: string): string =>
  `package main\n\nimport (\n\t"app/utils"\n\t"os"\n)\n\nfunc start(cfg Config, name string) {\n\t${line}\n}\n`;

describe('what the operator or the program itself chooses', () => {
  it.each([
    ['a constant of the only caller', { 'main.go': calling('utils.ReadText("terms.md")') }],
    ['its configuration', { 'main.go': calling('text, err := utils.ReadText(cfg.SecretFile)') }],
    ['its environment', { 'main.go': calling('utils.ReadText(os.Getenv("FILE") + ".txt")') }],
    ['a flag', { 'main.go': calling('utils.ReadText(viper.GetString("file"))') }],
    [
      'a variable of the environment',
      { 'main.go': calling('path, _ := env.GetEnv("TOKEN_FILE")\n\tutils.ReadText(path)') },
    ],
    [
      'the callers of the caller',
      {
        'main.go': `${calling('utils.ReadText(name)')}\nfunc main() {\n\tstart(load(), "a.txt")\n\tstart(load(), os.Args[1])\n}\n`,
      },
    ],
    [
      'the rest of a command line',
      {
        'main.go':
          'package main\n\nimport "app/utils"\n\nfunc command() *Command {\n\treturn &Command{RunE: func(cmd *cobra.Command, args []string) error {\n\t\treturn utils.ReadText(args[0])\n\t}}\n}\n',
      },
    ],
    [
      'a variable that a flag fills',
      {
        'main.go':
          'package main\n\nimport (\n\t"app/utils"\n\t"flag"\n)\n\nfunc main() {\n\tvar file string\n\tflag.StringVar(&file, "file", "", "what to read")\n\tflag.Parse()\n\tutils.ReadText(file)\n}\n',
      },
    ],
    ['a test asks for more', { 'main.go': calling('utils.ReadText("a")'), 'a_test.go': 'utils.ReadText(name)\n' }],
  ])('says nothing: %s', async (_, others) => {
    expect(await isTold({ 'utils/read.go': READS, ...others })).toBe(false);
  });

  it.each([
    ['reads configuration', 'package config', false],
    ['is the command line', 'package cmd', false],
    ['is anything else', 'package utils', true],
  ])('a package that %s', async (_, head, told) => {
    expect(await isTold({ 'utils/read.go': READS.replace('package utils', head) })).toBe(told);
  });

  it.each([
    ['nobody calls it', {}],
    ['a request', { 'main.go': calling('utils.ReadText(c.Param("file"))') }],
    ['a request besides', { 'main.go': calling('utils.ReadText("a")\n\tutils.ReadText(r.URL.Path)') }],
    ['a caller that nobody calls', { 'main.go': calling('utils.ReadText(name)') }],
    ['a stored row', { 'main.go': calling('row := load()\n\tutils.ReadText(row.File)') }],
    ['a folder of the operator, and a name of others', { 'main.go': calling('utils.ReadText(cfg.Folder + r.Name)') }],
    ['it is handed on', { 'main.go': calling('utils.ReadText("a")\n\tserve(utils.ReadText)') }],
    [
      'a parameter of a handler that is written there',
      { 'main.go': calling('return func(name string) { utils.ReadText(name) }') },
    ],
  ])('says it: %s', async (_, others) => {
    expect(await isTold({ 'utils/read.go': READS, ...others })).toBe(true);
  });

  it('asks of a handler what its maker is given', async () => {
    const page = `${HEAD}func Page(file string) Handler {\n\treturn func(c *Context) error {\n\t\ttext, err := os.ReadFile(filepath.Join("etc", file))\n`;
    const asked = { snippet: 'filepath.Join("etc", file)' };
    expect(await isTold({ 'utils/a.go': page, 'm.go': 'r.Get("/terms", utils.Page("terms.md"))\n' }, asked)).toBe(
      false,
    );
    expect(await isTold({ 'utils/a.go': page, 'm.go': 'r.Get("/terms", utils.Page(name))\n' }, asked)).toBe(true);
  });

  it('looks at some calls of a function, and not at thousands', async () => {
    const calls = (count: number): string => 'utils.ReadText(cfg.Path)\n\t'.repeat(count);
    expect(await isTold({ 'utils/a.go': READS, 'main.go': calling(calls(50)) })).toBe(false);
    expect(await isTold({ 'utils/a.go': READS, 'main.go': calling(calls(20_000)) })).toBe(true);
  });
});
