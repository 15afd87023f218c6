import { type Agent, TOOL_NAMES, TOOLS, type ToolName } from './agent.ts';

export interface EffectivePermissions {
  granted: { tool: ToolName; how: string }[];
  refused: { tool: ToolName; why: string }[];
  edits: string;
}

/** What an agent may really do here. A definition asks; this App decides, and says why. */
export function decidePermissions(agent: Pick<Agent, 'tools' | 'permissionMode'>): EffectivePermissions {
  const asked = TOOL_NAMES.filter((tool) => agent.tools.includes(tool));
  const granted = asked.filter((tool) => TOOLS[tool].granted);
  return {
    granted: granted.map((tool) => ({ tool, how: TOOLS[tool].why })),
    refused: asked.filter((tool) => !granted.includes(tool)).map((tool) => ({ tool, why: TOOLS[tool].why })),
    edits:
      agent.permissionMode === 'acceptEdits' && agent.tools.includes('Edit')
        ? 'fix commits to the pull request’s branch when someone with write access asks; never to a fork'
        : 'fix shows a suggestion that a person commits',
  };
}
