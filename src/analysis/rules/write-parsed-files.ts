import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { z } from 'zod';
import { AGENTS_DIR, listFiles } from '../../agents/load-agents.ts';
import { PARSED_EXAMPLES, PARSED_FILES } from '../../built-files.ts';
import { FlowClass } from '../../flows/data/flow-class.ts';
import { LibraryModel } from '../../flows/data/library-model.ts';
import { type FileKind, joinParsed, nameParsed } from './parsed-files.ts';
import { Rule } from './rule.ts';

const KINDS: Record<string, readonly [FileKind, z.ZodType<object>]> = {
  rules: ['rule', Rule],
  classes: ['class', FlowClass],
  models: ['model', LibraryModel],
};

/** A step of the build. A file that is wrong, or says more than JSON can, is left to the loader, which says where. */
const parsed = new Map<string, object>();
for (const file of listFiles(AGENTS_DIR, '.yml')) {
  const [kind, schema] = KINDS[file.split('/')[1] ?? ''] ?? [];
  const bytes = readFileSync(join(AGENTS_DIR, file));
  const data = schema?.safeParse(readYaml(bytes.toString('utf8'))).data;
  if (kind && data !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(data)), data))
    parsed.set(nameParsed(kind, bytes), data);
}
const { files, examples } = joinParsed(parsed);
writeFileSync(PARSED_FILES, files);
writeFileSync(PARSED_EXAMPLES, examples);

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
