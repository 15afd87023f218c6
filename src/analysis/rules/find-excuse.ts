import type { SgNode } from '@ast-grep/napi';
import type { SourceFile } from '../../change/source-file.ts';
import type { RuleLanguage } from '../languages.ts';
import { compilePattern } from './compile-pattern.ts';
import { isProgram } from './is-program.ts';
import { isTestHelper } from './is-test-helper.ts';
import { readPlace } from './read-place.ts';
import type { Unless } from './rule.ts';

/** Whether a rule says nothing of a file, as far as that is told without its text. */
export function isExcusedUnread({ path, generated }: Unless, file: SourceFile): boolean {
  if (path !== undefined && compilePattern(path).test(file.path)) return true;
  return generated === true && (file.unjudged === 'GENERATED' || file.unjudged === 'MINIFIED');
}

/**
 * Why a rule says nothing of a file (`silent`), or less: `tool`, if nothing of the service names the file. What the path tells is
 * asked before anything of the text.
 */
export function findExcuse(
  unless: Unless,
  file: SourceFile,
  tree: () => SgNode,
  language: RuleLanguage,
): 'silent' | 'tool' | null {
  if (isExcusedUnread(unless, file)) return 'silent';
  if (!unless.program && !unless.test && !unless.sample) return null;
  if (unless.program && isProgram(tree(), language)) return 'silent';
  if (unless.test && isTestHelper(tree(), language)) return 'silent';
  const place = unless.sample ? readPlace(file.path, tree, language) : null;
  return place === 'sample' ? 'silent' : place;
}
