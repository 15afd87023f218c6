import { z } from 'zod';
import { AppError } from '../errors.ts';
import { Severity } from '../findings/finding.ts';
import type { Environment } from './env.ts';
import { readEnvironment } from './env.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const Path = z
  .string()
  .max(300)
  .refine((path) => !path.startsWith('/') && !path.split('/').includes('..'), 'a path within the repository');

/** The inputs of action.yml, by their names there. */
const Inputs = z.object({
  'github-token': z
    .string({ error: 'is missing: leave it out for the job’s own, or give `${{ secrets.NAME }}` of one that is set' })
    .regex(/^\S+$/, 'is no token'),
  'anthropic-api-key': z.string().optional(),
  'fail-on': z.union([Severity, z.literal('never')]).default('never'),
  config: Path.optional(),
  agent: z.string().max(40).optional(),
  'sarif-file': z.string().max(1000).optional(),
  comment: z.enum(['true', 'false']).default('true'),
  app: z
    .string()
    .regex(/^[\w-]{1,60}(\[bot\])?$/, 'is no name of an App, such as backend-dev')
    .transform((name) => name.replace('[bot]', ''))
    .optional(),
  'pull-request': z.coerce.number().int().positive().optional(),
});
export type Inputs = z.infer<typeof Inputs>;
export const INPUT_NAMES = Object.keys(Inputs.shape);

const Address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** What the runner tells a step. Source: docs.github.com, "Variables reference", default environment variables. */
const Job = z.object({
  GITHUB_API_URL: Address.default('https://api.github.com'),
  GITHUB_EVENT_NAME: z.string(),
  GITHUB_EVENT_PATH: z.string(),
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_WORKSPACE: z.string(),
  RUNNER_TEMP: z.string(),
  GITHUB_OUTPUT: z.string().nullable().default(null),
  GITHUB_STEP_SUMMARY: z.string().nullable().default(null),
});
export type Job = z.infer<typeof Job>;

/**
 * Of the environment of a job the engine is told how to reach Claude, through which proxy, and nothing else: a job's `PORT` is no
 * setting of ours.
 */
const OURS =
  /^(BACKEND_DEV_|ANTHROPIC_|AWS_|CLOUD_ML_REGION$|GOOGLE_APPLICATION_CREDENTIALS$|(HTTPS?|NO)_PROXY$|(https?|no)_proxy$|NODE_EXTRA_CA_CERTS$)/;

export interface ActionEnvironment {
  inputs: Inputs;
  job: Job;
  env: Environment;
}

/**
 * Reads what the runner gives a step. It calls an input by its name in capitals, hyphens kept: `INPUT_GITHUB-TOKEN`.
 *
 * @throws AppError CONFIG_INVALID naming the input or the variable
 */
export function readActionEnvironment(variables: Variables): ActionEnvironment {
  const read = (name: string): [string, string][] => {
    const value = variables[name]?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  };
  const given = INPUT_NAMES.flatMap((name) =>
    read(`INPUT_${name.toUpperCase()}`).map(([, value]): [string, string] => [name, value]),
  );
  const inputs = parse(Inputs, Object.fromEntries(given), 'input ');
  const job = parse(Job, Object.fromEntries(Object.keys(Job.shape).flatMap(read)), '');
  const ours = Object.keys(variables)
    .filter((name) => OURS.test(name))
    .flatMap(read);
  const key = inputs['anthropic-api-key'];
  const env = readEnvironment({ ...Object.fromEntries(ours), ...(key !== undefined && { ANTHROPIC_API_KEY: key }) });
  return { inputs, job, env };
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('CONFIG_INVALID', `${what}${issue?.path.join('.')}: ${issue?.message}`);
}
