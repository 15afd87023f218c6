import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AGENTS_DIR, listFiles } from '../../agents/load-agents.ts';
import { hashText, PARSED_FILES } from './parsed-files.ts';

/** A step of the build. A file that is no YAML is left to the loader, which says where. */
const parsed: Record<string, unknown> = {};
for (const file of listFiles(AGENTS_DIR, '.yml')) {
  const text = readFileSync(join(AGENTS_DIR, file), 'utf8');
  try {
    parsed[hashText(text)] = parse(text);
  } catch {}
}
writeFileSync(PARSED_FILES, JSON.stringify(parsed));
