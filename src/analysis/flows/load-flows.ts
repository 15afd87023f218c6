import { join } from 'node:path';
import { AGENTS_DIR } from '../../agents/load-agents.ts';
import { loadDataFiles } from '../rules/load-rules.ts';
import { Flow } from './flow.ts';

export function loadFlows(agent: string, principles: ReadonlySet<string>, dir: string = AGENTS_DIR): Flow[] {
  return loadDataFiles(join(dir, agent, 'flows'), { kind: 'flow', schema: Flow }, principles);
}
