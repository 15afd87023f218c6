import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { RequestRecord } from '../../src/sandbox/sandbox.ts';

type Json = Record<string, unknown>;

let ajv: Ajv | undefined;
const compiled = new Map<string, ValidateFunction | null>();

/** GitHub's OpenAPI description, its 3.0 `nullable` rewritten to JSON Schema. */
function load(): { ajv: Ajv; document: Json } {
  const path = fileURLToPath(
    new URL('../../node_modules/@octokit/openapi/generated/api.github.com.json', import.meta.url),
  );
  const document = toJsonSchema(JSON.parse(readFileSync(path, 'utf8'))) as Json;
  const made = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  formats.default(made);
  made.addSchema(document, 'github');
  return { ajv: made, document };
}

let description: Json = {};

function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, example: _, examples: __, ...rest } = value as Json;
  const converted = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)]));
  if (nullable !== true) return converted;
  if (typeof converted.type === 'string') {
    const list = Array.isArray(converted.enum) ? { enum: [...converted.enum, null] } : {};
    return { ...converted, ...list, type: [converted.type, 'null'] };
  }
  return { anyOf: [converted, { type: 'null' }] };
}

/** What is wrong with an answer of the sandbox by GitHub's own description; null when nothing is. */
export function checkAnswer({ method, template, status, body }: RequestRecord): string | null {
  if (!ajv) ({ ajv, document: description } = load());
  const key = `${method} ${template} ${status}`;
  if (!compiled.has(key)) {
    const operation = ((description.paths as Json)[template] as Json | undefined)?.[method.toLowerCase()] as
      | Json
      | undefined;
    if (!operation) return `${key}: GitHub has no such operation`;
    const responses = operation.responses as Json;
    if (!(status in responses)) return `${key}: GitHub's description has no answer ${status}`;
    const escape = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
    const reference = (responses[status] as Json).$ref as string | undefined;
    const pointer = reference ?? `#/paths/${escape(template)}/${method.toLowerCase()}/responses/${status}`;
    const response = reference
      ? pointer
          .slice(2)
          .split('/')
          .reduce((at, part) => at[part] as Json, description)
      : (responses[status] as Json);
    const json = (response.content as Json | undefined)?.['application/json'];
    compiled.set(key, json ? ajv.compile({ $ref: `github${pointer}/content/application~1json/schema` }) : null);
  }
  const validate = compiled.get(key);
  if (!validate || typeof body === 'string' || validate(body)) return null;
  return `${key}: ${(validate.errors ?? [])
    .slice(0, 5)
    .map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
    .join('; ')}`;
}
