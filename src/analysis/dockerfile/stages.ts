import type { From, Instruction } from 'dockerfile-ast';

export interface Stage {
  from: From;
  /** Without FROM. */
  instructions: Instruction[];
  /** The stage of this file that it goes on from; null: an image from outside. */
  base: Stage | null;
  /** The image from outside, with the default of an ARG for a variable; null where it has none. */
  image: string | null;
}

/** The stages of a Dockerfile in order. */
export function listStages(instructions: readonly Instruction[]): Stage[] {
  const stages: Stage[] = [];
  const byName = new Map<string, Stage>();
  const defaults = new Map<string, string>();
  for (const instruction of instructions) {
    if (isFrom(instruction)) {
      const named = fillDefaults(instruction.getImage() ?? '', defaults);
      const base = (named === null ? undefined : byName.get(named.toLowerCase())) ?? null;
      const stage: Stage = { from: instruction, instructions: [], base, image: base ? base.image : named };
      stages.push(stage);
      const name = instruction.getBuildStage()?.toLowerCase();
      if (name !== undefined) byName.set(name, stage);
    } else if (stages.length === 0 && instruction.getKeyword() === 'ARG') {
      const [, name, value] = /^(\w+)=["']?([^"'\s]+)/.exec(instruction.getArgumentsContent() ?? '') ?? [];
      if (name !== undefined && value !== undefined && !STAND_IN.test(value)) defaults.set(name, value);
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** Stands where whoever starts the build names an image. */
const STAND_IN =
  /^(?:placeholder|no|false|null|nil|empty|dummy|none|unset|undefined|required|change-?me|todo|invalid)$/i;

/** A stage and the stages that it goes on from, the outermost first. */
export function listLineage(stage: Stage): Stage[] {
  const lineage: Stage[] = [];
  for (let at: Stage | null = stage; at; at = at.base) lineage.push(at);
  return lineage.reverse();
}

/** The instructions of the image that is built last, with those of the stages that it goes on from. */
export function listShipped(instructions: readonly Instruction[]): readonly Instruction[] {
  const last = listStages(instructions).at(-1);
  return last ? listLineage(last).flatMap((stage) => stage.instructions) : [];
}

function fillDefaults(image: string, defaults: ReadonlyMap<string, string>): string | null {
  const filled = image.replace(/\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g, (whole, braced, otherwise, plain) => {
    return otherwise ?? defaults.get(braced ?? plain) ?? whole;
  });
  return filled.includes('$') ? null : filled;
}

function isFrom(instruction: Instruction): instruction is From {
  return instruction.getKeyword() === 'FROM';
}
