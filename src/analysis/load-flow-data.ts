import { join } from 'node:path';
import { AGENTS_DIR } from '../agents/load-agents.ts';
import { FlowClass } from '../flows/data/flow-class.ts';
import { LibraryModel } from '../flows/data/library-model.ts';
import { createFlowData, type FlowData } from '../flows/flow-data.ts';
import type { Language } from '../languages/form.ts';
import { listUses } from './rules/describe-uses.ts';
import { loadDataFiles, readDataFiles } from './rules/load-rules.ts';
import type { Rule } from './rules/rule.ts';

/**
 * The classes of flaws of an agent, and its library models.
 * @throws AppError RULE_INVALID naming the file, the line and the field: here for a class, later for a model
 */
export function loadFlowData(
  agent: string,
  principles: ReadonlySet<string>,
  rules: readonly Rule[],
  dir: string = AGENTS_DIR,
): FlowData {
  return createFlowData(
    loadFlowClasses(agent, principles, dir),
    (language) => loadLibraries(agent, language, dir),
    (language) => listUses(rules, language),
  );
}

/** @throws AppError RULE_INVALID naming the file, the line and the field */
export function loadFlowClasses(agent: string, principles: ReadonlySet<string>, dir: string = AGENTS_DIR): FlowClass[] {
  return loadDataFiles(join(dir, agent, 'classes'), { kind: 'class', schema: FlowClass }, principles);
}

/** @throws AppError RULE_INVALID naming the file, the line and the field */
export function loadLibraries(agent: string, language: Language, dir: string = AGENTS_DIR): LibraryModel[] {
  const files = readDataFiles(join(dir, agent, 'models', language), { kind: 'model', schema: LibraryModel });
  return files.map(({ data, fail }) => (data.language === language ? data : fail(`it is for ${data.language}`)));
}
