import type { SgNode } from '@ast-grep/napi';
import { isSampleFolder, isToolFolder } from '../../change/beside.ts';
import type { RuleLanguage } from '../languages.ts';
import { onceAFile } from './once-a-file.ts';

/** What CommonJS loads of a file. */
const GIVEN = /^(?:module\.)?exports\b/;

/**
 * Whether a file shows others how to use the project (`sample`), or is one of its tools, if nothing of the service names it
 * (`tool`): a folder's name is no proof of either; one in which the file is a program of its own is. What such a program does badly
 * hurts nobody; what it gives away, or opens, does.
 */
export function readPlace(path: string, root: () => SgNode, language: RuleLanguage): 'sample' | 'tool' | null {
  const place = isSampleFolder(path) ? 'sample' : isToolFolder(path) ? 'tool' : null;
  // What a script gives to others tells by its names who they are.
  if (place === 'tool' && language === 'typescript') return place;
  // A package of Go below an example or a tool is theirs, if nothing of the service imports it.
  if (place !== null && language === 'go' && !isOwnProgram(root(), language)) return 'tool';
  return place !== null && isOwnProgram(root(), language) ? place : null;
}

const isOwnProgram = onceAFile((root, language): boolean => {
  const top = root.children();
  if (language === 'go') return top.some((node) => node.kind() === 'package_clause' && /\bmain$/.test(node.text()));
  if (language === 'typescript')
    return !top.some((node) => node.kind() === 'export_statement' || GIVEN.test(node.text().slice(0, 50)));
  const own = new Set(
    top.map((node) => (node.kind() === 'function_definition' ? node.field('name')?.text() : undefined)),
  );
  // What a function of the file gives is kept: it does its work while the file is loaded.
  const works = (node: SgNode): boolean => {
    const value = node.child(0)?.kind() === 'assignment' ? node.child(0)?.field('right') : null;
    return value?.kind() === 'call' && own.has(value.field('function')?.text());
  };
  return top.some(
    (node) =>
      works(node) ||
      (node.kind() === 'expression_statement' && /^call$|^await$/.test(String(node.child(0)?.kind()))) ||
      /^(?:for|while|with)_statement$/.test(String(node.kind())) ||
      (node.kind() === 'if_statement' && /__name__/.test(node.field('condition')?.text() ?? '')),
  );
});
