import { AGENTS_DIR } from '../agents/load-agents.ts';
import type { Analyser } from './analyser.ts';
import { createContractAnalyser } from './contracts/analyser.ts';
import { createDockerfileAnalyser } from './dockerfile/analyser.ts';
import { createInvisibleAnalyser } from './invisible/analyser.ts';
import { loadFlowData } from './load-flow-data.ts';
import { createManifestAnalyser } from './manifests/analyser.ts';
import { createMigrationAnalyser } from './migrations/analyser.ts';
import { createSyntaxAnalysers } from './rules/analyser.ts';
import { loadRules } from './rules/load-rules.ts';
import { createSecretlintAnalyser } from './secretlint/analyser.ts';

/**
 * The registry of analysers: a literal list, no discovery.
 * @throws AppError RULE_INVALID when a rule, class or model file is wrong or cites an unknown principle
 */
export function createAnalysers(agent: string, principles: ReadonlySet<string>, dir: string = AGENTS_DIR): Analyser[] {
  const rules = loadRules(agent, principles, dir);
  return [
    ...createSyntaxAnalysers(rules, loadFlowData(agent, principles, rules, dir)),
    createSecretlintAnalyser(rules),
    createMigrationAnalyser(rules),
    createDockerfileAnalyser(rules),
    createManifestAnalyser(rules),
    createContractAnalyser(rules),
    createInvisibleAnalyser(rules),
  ];
}
