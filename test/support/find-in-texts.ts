import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findInFiles, type NapiConfig, type SgNode } from '@ast-grep/napi';
import { decideGrammar, type RuleLanguage } from '../../src/analysis/languages.ts';
import { makeTempDir } from './temp.ts';
import { waitFor } from './wait-for.ts';

const ENDINGS: Record<RuleLanguage, string> = { typescript: 'ts', python: 'py', go: 'go' };

export type FindInTexts = (config: NapiConfig) => Promise<ReadonlyMap<string, SgNode[]>>;

/**
 * Matches in each of many texts. ast-grep reads a rule anew for each text that it is asked of, for milliseconds, and once for all
 * files of a folder.
 */
export function openTexts(language: RuleLanguage, texts: readonly string[]): FindInTexts {
  const folder = makeTempDir();
  const names = new Map(texts.map((text, index) => [`${index}.${ENDINGS[language]}`, text]));
  for (const [name, text] of names) writeFileSync(join(folder, name), text);
  const grammar = decideGrammar(language, { kind: language, path: '' });
  return async (config) => {
    const found = new Map<string, SgNode[]>();
    let told = 0;
    let failure: Error | null = null;
    const files = await findInFiles(grammar, { paths: [folder], matcher: config }, (error, nodes) => {
      told += 1;
      failure ??= error;
      const text = names.get(basename(nodes[0]?.getRoot().filename() ?? ''));
      if (text !== undefined) found.set(text, nodes);
    });
    // It may end before it has told of the last of them.
    await waitFor('all files with matches', () => told === files || failure !== null);
    if (failure) throw failure;
    return found;
  };
}
