import type { Instruction } from 'dockerfile-ast';
import type { FoundSecret } from '../secretlint/find-secrets.ts';

/** An instruction at fault, and what the rule's text may name. */
export interface Place {
  instruction: Instruction;
  values: Record<string, string>;
  /** There is a reason for it that a reader must weigh. */
  suspected?: boolean;
}

export type Check = (instructions: readonly Instruction[], secrets: readonly FoundSecret[]) => Place[];
