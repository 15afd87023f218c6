import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AGENTS_DIR, findAgent, loadAgents } from '../src/agents/load-agents.ts';
import { DEFAULT_AGENT } from '../src/config/repository-config.ts';

/**
 * `npm run new-rule -- AREA/ID PRINCIPLE`: a rule file to fill in. It loads at once; its examples fail until they are written.
 * Overwrites nothing.
 */
function main([name = '', principle = '']: readonly string[]): number {
  const [, area, id] = /^([a-z]+)\/([a-z][a-z0-9-]+)$/.exec(name) ?? [];
  const principles = findAgent(loadAgents(), DEFAULT_AGENT).principles.map((one) => one.id);
  if (area === undefined || id === undefined || !principles.includes(principle)) {
    const why =
      id === undefined
        ? `${JSON.stringify(name)} is not AREA/ID in small letters`
        : `there is no principle ${JSON.stringify(principle)}`;
    process.stderr.write(
      `${name === '' ? '' : `${why}\n`}usage: npm run new-rule -- AREA/ID PRINCIPLE, such as security/weak-cipher ${principles[0]}\nprinciples:\n  ${principles.join('\n  ')}\n`,
    );
    return 2;
  }
  const path = join(AGENTS_DIR, DEFAULT_AGENT, 'rules', area, `${id}.yml`);
  if (existsSync(path)) {
    process.stderr.write(`${path} is there already.\n`);
    return 2;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, template(id, principle));
  process.stderr.write(
    `${path}\nFill it in, then: npx vitest run --project rules test/analysis/examples.test.ts -t ${id}; npm run docs\n`,
  );
  return 0;
}

function template(id: string, principle: string): string {
  return `id: ${id}
principle: ${principle}
cwe: []
# By impact and reach: say why in \`why\`.
severity: medium
# high or medium: a comment. low: only suspected, it stands in a fold of the summary (docs/decisions/0042).
confidence: high
# {{CALL}}, {{VALUE}} and {{NAME}} are filled in.
title: '{{CALL}} … (what is wrong, under 90 characters)'
explanation: Trigger and consequence in one or two sentences.
fix: What to write instead.
phrases: [what people call it]
why: Why it is a flaw.
falseAlarm: What would make it a false alarm.
references:
  - https://cwe.mitre.org/
detect:
  # Files in which it hurts nobody.
  unless: { test: true, sample: true }
  # Every key is described in src/flows/data/use-clause.ts; what is about syntax alone goes under \`ast\`.
  uses:
    typescript:
      # Source: the address of the documentation.
      - call: module.function
        when: { '0': constant }
    python:
      - call: module.function
        when: { keyword: { missing: true } }
    go:
      - made: module/package.Type
        when: { Field: 'true' }
# The flawed line is marked. At least four flawed and four right ones for each language; the right ones look wrong.
examples:
  - language: typescript
    invalid:
      - |
        import { wrong } from 'module';
        wrong('constant'); // ! medium
    valid:
      - |
        import { wrong } from 'module';
        wrong('right');
`;
}

process.exitCode = main(process.argv.slice(2));
