import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { describeUnknownAgent, loadAgents } from '../agents/load-agents.ts';
import { describeRules } from '../analysis/describe-rules.ts';
import { describeUnknown } from '../analysis/explain/explain-rule.ts';
import { CONFIG_PATH, parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import { AppError, describeFileError } from '../errors.ts';
import { escapeInvisible } from '../text/invisible.ts';

/** `config`: prints the effective config. Prints the problems and exits with 2 when it is broken or names something that does not exist. */
export function runConfig(file: string): number {
  const text = readConfig(file);
  const outcome = parseRepositoryConfig(text, file);
  if (outcome.kind === 'invalid') {
    process.stderr.write(
      `${escapeInvisible(outcome.problems.join('\n'))}\nUntil it is corrected, reviews run with the defaults:\n`,
    );
  }
  if (text === null)
    process.stderr.write(`There is no ${file}: these are the defaults. \`backend-dev init\` writes one.\n`);
  const unknown = listUnknown(outcome.config).map((told) => `${file}: ${told}\n`);
  process.stderr.write(escapeInvisible(unknown.join('')));
  process.stdout.write(escapeInvisible(stringify(outcome.config)));
  return outcome.kind === 'invalid' || unknown.length > 0 ? 2 : 0;
}

/** What a config names and this version does not have: it changes nothing, and nobody is told so in a review. */
function listUnknown({ agent: name, rules }: RepositoryConfig): string[] {
  const agents = loadAgents();
  const agent = agents.has(name) ? [] : [`agent: ${describeUnknownAgent(name, agents.keys())}`];
  const named = Object.keys(rules).filter((id) => !id.includes('/'));
  if (named.length === 0) return agent;
  const known = [...agents.values()].flatMap((one) => describeRules(one));
  const ids = new Set(known.map(({ id }) => id));
  return [...agent, ...named.filter((id) => !ids.has(id)).map((id) => `rules: ${describeUnknown(id, known)}`)];
}

function readConfig(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && file === CONFIG_PATH) return null;
    throw new AppError('CONFIG_INVALID', `${file}: ${describeFileError(error)}`);
  }
}
