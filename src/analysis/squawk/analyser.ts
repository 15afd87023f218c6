import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { cutText } from '../../review/cut-text.ts';
import type { SourceFile } from '../../review/source-file.ts';
import type { Analyser } from '../analyser.ts';
import { describeRule } from '../describe.ts';
import type { Rule } from '../rules/rule.ts';

const Report = z.array(
  z.object({ line: z.number().int(), line_end: z.number().int(), message: z.string(), rule_name: z.string() }),
);

const MAX_OUTPUT = 4_000_000;
const LIMIT_MS = 10_000;

/**
 * squawk, a linter for PostgreSQL migrations, as a child process: the text goes in by standard input, no file of the
 * repository is opened, no configuration of theirs is read, and its environment holds no secret. Lines are 0-based in its
 * answer. Severities and words are those of our rule files; its rules that none of them names are not reported.
 */
export function createSquawkAnalyser(rules: readonly Rule[]): Analyser {
  const byName = new Map(
    rules.flatMap((rule) => ('squawk' in rule.detect ? rule.detect.squawk.map((name) => [name, rule] as const) : [])),
  );
  return {
    name: 'squawk',
    handles: (file) => file.kind === 'sql' && byName.size > 0 && isPostgres(file),
    analyse: async (file) => {
      const created = listCreatedTables(file.text);
      const findings = (await runSquawk(file.text)).flatMap((entry) => {
        const rule = byName.get(entry.rule_name);
        const statement = readStatement(file.text, entry.line);
        if (!rule || created.has(nameTable(statement) ?? '')) return [];
        const values = { STATEMENT: shorten(statement), TABLE: nameTable(statement) ?? 'the table' };
        const place = { startLine: entry.line + 1, endLine: entry.line_end + 1, symbol: nameTable(statement) ?? '' };
        return [describeRule(rule, file, place, 'squawk', values)];
      });
      return findings.filter(
        (one, index) =>
          findings.findIndex((other) => other.ruleId === one.ruleId && other.startLine === one.startLine) === index,
      );
    },
  };
}

/** Other databases lock otherwise; only what is plainly theirs is left out. */
function isPostgres(file: SourceFile): boolean {
  return (
    !/\b(AUTO_INCREMENT|ENGINE\s*=\s*InnoDB|AUTOINCREMENT|IDENTITY\s*\(1|NVARCHAR|PRAGMA)\b/i.test(file.text) &&
    !/(^|\/)(mysql|sqlite|mssql|oracle)\//i.test(file.path)
  );
}

/** A table made in the same file is empty: no lock on it hurts anyone. */
function listCreatedTables(text: string): Set<string> {
  const names = [
    ...text.matchAll(/\bcreate\s+(?:unlogged\s+|temp(?:orary)?\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)/gi),
  ];
  return new Set(names.map(([, name = '']) => name.replaceAll('"', '').toLowerCase()));
}

function readStatement(text: string, line: number): string {
  const from = text.split('\n').slice(line).join('\n');
  return cutText(from, 2000).split(';')[0] ?? '';
}

function nameTable(statement: string): string | undefined {
  const match =
    /\b(?:alter\s+table|on|update|truncate(?:\s+table)?|drop\s+table)\s+(?:if\s+exists\s+)?(?:only\s+)?([\w."]+)/i.exec(
      statement,
    );
  return match?.[1]?.replaceAll('"', '').toLowerCase();
}

function shorten(statement: string): string {
  const line = statement.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return cutText(line, 80, '…');
}

async function runSquawk(text: string): Promise<z.infer<typeof Report>> {
  const output = await new Promise<string>((resolve, reject) => {
    const { binary, cwd } = findBinary();
    const child = spawn(binary, ['--reporter', 'json', '--stdin-filepath', 'migration.sql'], {
      cwd,
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let received = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk;
      if (received.length > MAX_OUTPUT) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal)
        reject(new AppError('ANALYSER_FAILED', `squawk was stopped after ${LIMIT_MS / 1000} s or ${MAX_OUTPUT} bytes`));
      else resolve(received);
    });
    // "squawk-ignore" in a comment of the text under review would switch rules off; squawk has no option against it.
    child.stdin.on('error', () => undefined).end(text.replaceAll('squawk-ignore', 'squawk_ignore'));
  });
  return output.trim() === '' ? [] : Report.parse(JSON.parse(output));
}

let found: { binary: string; cwd: string } | undefined;

/** The platform's binary itself, without the package's launcher script: one process less per file. */
function findBinary(): { binary: string; cwd: string } {
  if (found) return found;
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('squawk-cli/package.json'));
  const name = `@squawk-cli/${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch}`;
  const folder = dirname(createRequire(join(home, 'package.json')).resolve(`${name}/package.json`));
  found = { binary: join(folder, 'bin', process.platform === 'win32' ? 'squawk.exe' : 'squawk'), cwd: folder };
  return found;
}
