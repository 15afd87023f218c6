import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INPUT_NAMES, readActionEnvironment } from '../../src/config/action-env.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const action = parse(readFileSync(`${ROOT}action.yml`, 'utf8')) as {
  inputs: Record<string, { default?: string }>;
  outputs: object;
  runs: { using: string; main: string };
};
const page = readFileSync(`${ROOT}docs/github-action.md`, 'utf8');

/** Written from docs.github.com, "Metadata syntax reference": what GitHub takes of an action in JavaScript. */
const text = { type: 'string', minLength: 1 };
const NAME = '^[_a-zA-Z][a-zA-Z0-9_-]*$';
const listOf = (properties: object) => ({
  type: 'object',
  additionalProperties: false,
  patternProperties: {
    [NAME]: { type: 'object', additionalProperties: false, required: ['description'], properties },
  },
});
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'description', 'runs'],
  properties: {
    name: text,
    author: text,
    description: { ...text, maxLength: 125 },
    branding: {
      type: 'object',
      additionalProperties: false,
      required: ['icon', 'color'],
      properties: {
        icon: { type: 'string', pattern: '^[a-z0-9-]+$' },
        color: { enum: ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'] },
      },
    },
    inputs: listOf({
      description: text,
      required: { type: 'boolean' },
      default: { type: 'string' },
      deprecationMessage: text,
    }),
    outputs: listOf({ description: text }),
    runs: {
      type: 'object',
      additionalProperties: false,
      required: ['using', 'main'],
      properties: {
        using: { enum: ['node20', 'node24'] },
        main: text,
        pre: text,
        post: text,
        'pre-if': text,
        'post-if': text,
      },
    },
  },
};

describe('action.yml', () => {
  it('is what GitHub takes, and starts a file that is there', () => {
    const validate = new Ajv().compile(SCHEMA);
    validate(action);
    expect(validate.errors).toBeNull();
    expect(existsSync(`${ROOT}${action.runs.main}`)).toBe(true);
  });

  it('names the inputs that are read, and the page tells of each input and output', () => {
    expect(Object.keys(action.inputs).sort()).toEqual([...INPUT_NAMES].sort());
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page, name).toContain(`\`${name}\``);
  });

  it('has defaults that are read as given', () => {
    const given = Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[`INPUT_${name.toUpperCase()}`, value.replace(/\$\{\{.*\}\}/, 'ghs_x')]],
    );
    const job = {
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: '/e',
      GITHUB_REPOSITORY: 'a/b',
      GITHUB_WORKSPACE: '/w',
      RUNNER_TEMP: '/t',
    };
    const { inputs, env } = readActionEnvironment({
      ...Object.fromEntries(given),
      ...job,
      PORT: 'no number',
      'INPUT_ANTHROPIC-API-KEY': 'k',
      'INPUT_SARIF-FILE': ' ',
    });
    expect(inputs).toEqual({ 'github-token': 'ghs_x', 'anthropic-api-key': 'k', 'fail-on': 'never', comment: 'true' });
    expect(env.ANTHROPIC_API_KEY).toBe('k');
  });
});

/** A workflow's parts that matter here. */
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<
    string,
    { permissions?: Record<string, string>; steps: { uses?: string; with?: Record<string, unknown> }[] }
  >;
}

describe('the examples of docs/github-action.md', () => {
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => parse(yaml) as Workflow);

  it('are workflows with the least permissions, pinned by full commit ids, and give inputs that there are', () => {
    expect(examples).toHaveLength(4);
    for (const { permissions, jobs } of examples) {
      expect(permissions).toEqual({ contents: 'read' });
      for (const { steps, permissions: own = {} } of Object.values(jobs)) {
        for (const [name, level] of Object.entries(own))
          expect(['contents read', 'pull-requests write', 'checks write', 'security-events write']).toContain(
            `${name} ${level}`,
          );
        for (const { uses = '', with: inputs = {} } of steps) {
          expect(uses).toMatch(/@[0-9a-f]{40}$/);
          if (uses.startsWith('OWNER/backend-dev@'))
            expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
        }
      }
    }
  });
});
