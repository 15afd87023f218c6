import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { StageMemory } from '../pipeline/model-reviewer.ts';

const Recording = z.object({
  version: z.literal(1),
  /** By the key of what was asked: no text of the prompt is kept. */
  answers: z.record(
    z.string(),
    z.object({
      stage: z.string(),
      value: z.unknown(),
      /** By hand: it was given to an earlier wording of the same request, and nobody read this one. */
      carried: z.boolean().optional(),
      /** What was looked up for it; older recordings do not tell. */
      calls: z.array(z.object({ name: z.string(), input: z.record(z.string(), z.unknown()) })).optional(),
    }),
  ),
});
type Recording = z.infer<typeof Recording>;

/** What the model answered, in a file: a review that asks the same again is answered from it, without a key. */
export interface RecordingFile {
  memory: StageMemory;
  /** How many answers came from the file. */
  replayed(): number;
  /** How many of those were given to an earlier wording of what was asked. */
  carried(): number;
  /** Writes what was answered since it was opened. */
  save(): void;
}

/**
 * @param mode `replay`: the file must be there, and is not written
 * @throws AppError CONFIG_INVALID for a file that is no recording
 */
export function openRecording(path: string, mode: 'record' | 'replay'): RecordingFile {
  const { answers } = readRecording(path, mode);
  let [used, carried, isNew] = [0, 0, false];
  return {
    memory: {
      read: async (key) => {
        const known = answers[key];
        if (known) used += 1;
        if (known?.carried) carried += 1;
        return known?.value ?? null;
      },
      write: async (key, stage, value, calls = []) => {
        answers[key] = { stage, value, calls: [...calls] };
        isNew = true;
      },
    },
    replayed: () => used,
    carried: () => carried,
    save: () => {
      if (mode === 'replay' || !isNew) return;
      const sorted = Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(path, `${JSON.stringify({ version: 1, answers: sorted } satisfies Recording, null, 1)}\n`);
    },
  };
}

function readRecording(path: string, mode: 'record' | 'replay'): Recording {
  if (!existsSync(path) && mode === 'record') return { version: 1, answers: {} };
  try {
    return Recording.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? 'it is no recording of this program' : (error as Error).message;
    throw new AppError('CONFIG_INVALID', `--${mode} ${path}: ${why}`, { cause: error });
  }
}
