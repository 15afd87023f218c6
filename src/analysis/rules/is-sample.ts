import type { SgNode } from '@ast-grep/napi';
import { isSampleFolder } from '../is-sample-folder.ts';
import type { RuleLanguage } from '../languages.ts';

/** What CommonJS loads of a file. */
const GIVEN = /^(?:module\.)?exports\b/;

/**
 * Whether a file shows others how to use the project: a folder's name is no proof of it; one of examples in which the file is a
 * program of its own is. What such a program does badly hurts nobody; what it gives away, or opens, does.
 */
export function isSample(path: string, root: SgNode, language: RuleLanguage): boolean {
  return isSampleFolder(path) && isOwnProgram(root, language);
}

function isOwnProgram(root: SgNode, language: RuleLanguage): boolean {
  const top = root.children();
  if (language === 'go') return top.some((node) => node.kind() === 'package_clause' && /\bmain$/.test(node.text()));
  if (language === 'typescript')
    return !top.some((node) => node.kind() === 'export_statement' || GIVEN.test(node.text().slice(0, 50)));
  return top.some(
    (node) =>
      (node.kind() === 'expression_statement' && /^call$|^await$/.test(String(node.child(0)?.kind()))) ||
      /^(?:for|while|with)_statement$/.test(String(node.kind())) ||
      (node.kind() === 'if_statement' && /__name__/.test(node.field('condition')?.text() ?? '')),
  );
}
