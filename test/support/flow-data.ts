import { loadAgents } from '../../src/agents/load-agents.ts';
import { loadAllFlowClasses, loadLibraries } from '../../src/analysis/flows/load-flow-data.ts';
import { listUses } from '../../src/analysis/rules/describe-uses.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import { createFlowData, type FlowData } from '../../src/flows/flow-data.ts';

/** With the classes that are not reported. */
export function flowData(): FlowData {
  const principles = new Set((loadAgents().get('backend-dev')?.principles ?? []).map(({ id }) => id));
  const rules = loadRules('backend-dev', principles);
  return createFlowData(
    loadAllFlowClasses('backend-dev', principles),
    (language) => loadLibraries('backend-dev', language),
    (language) => listUses(rules, language),
  );
}
