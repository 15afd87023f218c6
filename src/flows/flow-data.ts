import type { Language } from '../languages/form.ts';
import type { FlowClass } from './data/flow-class.ts';
import type { LibraryModel } from './data/library-model.ts';
import { compileModels, LEVEL, type Models, ROOTLESS, SEGMENT, TAGLESS } from './data/models.ts';
import { compileUses, type Use, type UseTable } from './data/use-table.ts';
import { createJudge } from './sinks/judge.ts';
import type { Hole, Value } from './values/value.ts';

export interface FlowData {
  classes: readonly FlowClass[];
  /** Of one language, read when they are first asked for: most processes see files of one alone. */
  modelsOf(language: Language): Models;
  /** The same, as they are written. */
  librariesOf(language: Language): readonly LibraryModel[];
  labelOf(kind: string): number;
  judge(kind: string, value: Value, before?: string): readonly Hole[];
  usesOf(language: Language): UseTable;
}

/** The bits of a number that are left beside `OURS`. */
const MOST_KINDS = 31;

export function createFlowData(
  classes: readonly FlowClass[],
  readLibraries: (language: Language) => readonly LibraryModel[],
  readUses: (language: Language) => readonly Use[],
): FlowData {
  const shared = new Map(classes.map(({ kind, safeAs }) => [kind, safeAs ?? kind]));
  const kinds = [...new Set(shared.values()), SEGMENT, LEVEL, ROOTLESS, TAGLESS];
  if (kinds.length > MOST_KINDS) throw new Error(`${kinds.length} kinds of flows: a label has ${MOST_KINDS} bits`);
  // A label that no class has is nobody's: it makes nothing safe.
  const labelOf = (kind: string): number => {
    const index = kinds.indexOf(shared.get(kind) ?? kind);
    return index < 0 ? 0 : 1 << index;
  };
  const libraries = new Map<Language, readonly LibraryModel[]>();
  const librariesOf = (language: Language): readonly LibraryModel[] => {
    const read = libraries.get(language) ?? readLibraries(language);
    libraries.set(language, read);
    return read;
  };
  const compiled = new Map<Language, Models>();
  const modelsOf = (language: Language): Models => {
    const models = compiled.get(language) ?? compileModels(librariesOf(language), labelOf);
    compiled.set(language, models);
    return models;
  };
  const tables = new Map<Language, UseTable>();
  const usesOf = (language: Language): UseTable => {
    const table = tables.get(language) ?? compileUses(readUses(language));
    tables.set(language, table);
    return table;
  };
  return { classes, modelsOf, librariesOf, labelOf, judge: createJudge(classes), usesOf };
}
