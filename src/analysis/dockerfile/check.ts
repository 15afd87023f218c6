import type { Instruction } from 'dockerfile-ast';
import type { FoundSecret } from '../secretlint/find-secrets.ts';

/** An instruction at fault, and what the rule's text may name. */
export interface Place {
  instruction: Instruction;
  values: Record<string, string>;
}

export type Check = (instructions: readonly Instruction[], secrets: readonly FoundSecret[]) => Place[];
