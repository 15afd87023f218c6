import { loadAgents } from '../../src/agents/load-agents.ts';
import { loadFlowClasses, loadLibraries } from '../../src/analysis/load-flow-data.ts';
import { listUses } from '../../src/analysis/rules/describe-uses.ts';
import { loadRules } from '../../src/analysis/rules/load-rules.ts';
import { createFlowData, type FlowData } from '../../src/flows/flow-data.ts';

let made: FlowData | undefined;

/** Nobody changes it: compiling the models for each test took as long as the tests. */
export function flowData(): FlowData {
  made ??= make();
  return made;
}

function make(): FlowData {
  const principles = new Set((loadAgents().get('backend-dev')?.principles ?? []).map(({ id }) => id));
  const rules = loadRules('backend-dev', principles);
  return createFlowData(
    loadFlowClasses('backend-dev', principles),
    (language) => loadLibraries('backend-dev', language),
    (language) => listUses(rules, language),
  );
}
