import type { SgNode } from '@ast-grep/napi';
import type { RuleLanguage } from '../languages.ts';

type Tell<T> = (root: SgNode, language: RuleLanguage) => T;

/** What is asked of a file's tree with each finding, and is told by reading all of it: it is read once. */
export function onceAFile<T>(tell: Tell<T>): Tell<T> {
  const known = new WeakMap<SgNode, { told: T }>();
  return (root, language) => {
    const before = known.get(root);
    if (before) return before.told;
    const told = tell(root, language);
    known.set(root, { told });
    return told;
  };
}
