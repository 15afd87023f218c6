import type { Flag, Instruction } from 'dockerfile-ast';

/** What stands behind an instruction's word, its flags (`--from=build`) first: the parser gives the rest without them. */
export function readArguments(instruction: Instruction): string {
  const flags = 'getFlags' in instruction ? (instruction as Instruction & { getFlags(): Flag[] }).getFlags() : [];
  return [...flags.map(String), instruction.getArgumentsContent() ?? ''].join(' ').slice(0, 20_000);
}
