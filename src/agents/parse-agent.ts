import { parse as parseYaml } from 'yaml';
import { AppError } from '../errors.ts';
import { describeYamlCost } from '../yaml-cost.ts';
import { type Agent, AgentFrontMatter } from './agent.ts';
import { parsePrinciples } from './parse-principles.ts';
import { readPersona } from './read-persona.ts';

const MAX_BYTES = 64 * 1024;
const MAX_FRONT = 8 * 1024;

/**
 * Reads an agent definition. `text` may come from a repository, so it is hostile: its front matter is bounded, and YAML.
 *
 * @param source shown in messages as `source:line`
 * @throws AppError AGENT_INVALID with file and line
 */
export function parseAgent(text: string, source: string): Agent {
  const fail = (line: number, problem: string): never => {
    throw new AppError('AGENT_INVALID', `${source}:${line}: ${problem}`);
  };
  if (Buffer.byteLength(text) > MAX_BYTES) fail(1, `an agent definition is at most ${MAX_BYTES / 1024} KB`);
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!clean.startsWith('---\n')) fail(1, 'the first line must be exactly ---, followed by YAML front matter');
  const closing = clean.indexOf('\n---\n', 3);
  if (closing === -1) fail(1, 'the front matter is not closed by a line ---');
  if (closing > MAX_FRONT) fail(1, `the front matter is at most ${MAX_FRONT / 1024} KB`);
  const front = clean.slice(4, closing);
  const content = clean.slice(closing + '\n---\n'.length);
  const cost = describeYamlCost(front);
  if (cost !== null) fail(2, `the front matter is ${cost}`);
  const parsed = AgentFrontMatter.safeParse(readFrontMatter(front, fail));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const key =
        issue.code === 'unrecognized_keys' ? issue.keys[0] : typeof issue.path[0] === 'string' ? issue.path[0] : '';
      const line =
        clean
          .slice(0, closing)
          .split('\n')
          .findIndex((row) => row.startsWith(`${key}:`)) + 1;
      return `${source}:${line || 1}: ${issue.message}`;
    });
    throw new AppError('AGENT_INVALID', problems.join('\n'));
  }
  const firstLine = clean.slice(0, closing).split('\n').length + 2;
  const principles = parsePrinciples(content, firstLine);
  if (principles.length === 0)
    fail(firstLine, 'no principle found: write a list below a heading such as **Security:**');
  return { ...parsed.data, source, body: content.trim(), persona: readPersona(content, principles), principles };
}

function readFrontMatter(front: string, fail: (line: number, problem: string) => never): unknown {
  try {
    // It limits aliases.
    return parseYaml(front) ?? {};
  } catch (error) {
    const at = (error as { linePos?: [{ line: number }] }).linePos?.[0]?.line ?? 1;
    return fail(at + 1, `the front matter is not valid YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}
