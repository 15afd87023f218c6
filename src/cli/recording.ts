import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, describeFileError } from '../errors.ts';
import type { Asked, StageMemory } from '../pipeline/model-reviewer.ts';
import { compareRequests } from './compare-requests.ts';

/** Hashes stand for the texts, so that a text that many requests share is in the file once. */
const Request = z.object({
  model: z.string(),
  system: z.string(),
  prompt: z.array(z.string()),
  tools: z.array(z.string()),
});
const Answer = z.object({
  stage: z.string(),
  /** What was asked, masked as it was sent. Recordings of before do not tell. */
  request: Request.optional(),
  value: z.unknown(),
  /** What was looked up for it, in how many answers of the model, and how much was sent and received for it. */
  calls: z.array(z.object({ name: z.string(), input: z.record(z.string(), z.unknown()) })).optional(),
  rounds: z.int().optional(),
  tokens: z.int().optional(),
});
const Recording = z.object({
  version: z.literal(1),
  /** By their hashes; in lines, so that two versions of a recording can be compared. */
  texts: z.record(z.string(), z.array(z.string())).default({}),
  answers: z.record(z.string(), Answer),
});
type Recording = z.infer<typeof Recording>;
type Answer = z.infer<typeof Answer>;

/** A request that is not as it was recorded. */
export interface Stale {
  stage: string;
  /** Line by line. */
  differs: string[];
  /** The recorded answer was given all the same. */
  carried: boolean;
}

/** What the model was asked and answered, in a file: a review that asks the same again is answered from it, without a key. */
export interface RecordingFile {
  memory: StageMemory;
  /** The answers that came from the file: how many, and what was looked up and paid for them. */
  replayed(): { answers: number; rounds: number; tokens: number };
  stale(): readonly Stale[];
  isEmpty(): boolean;
  /** Writes what was answered since it was opened. */
  save(): void;
}

/**
 * @param mode `replay`: the file must be there, and is not written
 * @param mayCarry whether what was answered to one request is taken for an answer to another one
 * @throws AppError CONFIG_INVALID for a file that is no recording
 */
export function openRecording(
  path: string,
  mode: 'record' | 'replay',
  mayCarry: (recorded: Asked, now: Asked) => boolean = () => false,
): RecordingFile {
  const recording = readRecording(path, mode);
  const { answers } = recording;
  const texts = new Map(Object.entries(recording.texts));
  const used = new Set<Answer>();
  const stale: Stale[] = [];
  let isNew = false;
  const keep = (text: string): string => {
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16);
    texts.set(hash, text.split('\n'));
    return hash;
  };
  const tell = ({ stage, request }: Answer): Asked | null => {
    if (!request) return null;
    const read = (hash: string): string => (texts.get(hash) ?? []).join('\n');
    return { ...request, stage, system: read(request.system), prompt: request.prompt.map(read) };
  };
  /** The answer to a request of the same stage that is most like this one. */
  const findNearest = (asked: Asked): Answer | null => {
    const near = Object.values(answers).flatMap((answer) => {
      const recorded = answer.stage === asked.stage ? tell(answer) : null;
      if (!recorded) return [];
      return [{ answer, differs: compareRequests(recorded, asked), carried: mayCarry(recorded, asked) }];
    });
    const [nearest] = near.sort((a, b) => Number(b.carried) - Number(a.carried) || a.differs.length - b.differs.length);
    if (!nearest) return null;
    stale.push({ stage: asked.stage, differs: nearest.differs, carried: nearest.carried });
    return nearest.carried ? nearest.answer : null;
  };
  return {
    memory: {
      read: async (key, asked) => {
        const known = answers[key] ?? (mode === 'replay' ? findNearest(asked) : null);
        if (known) used.add(known);
        return known?.value ?? null;
      },
      write: async (key, { stage, model, system, prompt, tools }, value, { calls, rounds, tokens }) => {
        const request = { model, system: keep(system), prompt: prompt.map(keep), tools: [...tools] };
        answers[key] = { stage, request, calls: [...calls], rounds, tokens, value };
        isNew = true;
      },
    },
    replayed: () => ({
      answers: used.size,
      rounds: sum([...used].map(({ rounds = 0 }) => rounds)),
      tokens: sum([...used].map(({ tokens = 0 }) => tokens)),
    }),
    stale: () => stale,
    isEmpty: () => Object.keys(answers).length === 0,
    save: () => {
      if (mode === 'replay' || !isNew) return;
      const named = new Set(
        Object.values(answers).flatMap(({ request }) => (request ? [request.system, ...request.prompt] : [])),
      );
      const held = [...texts].filter(([hash]) => named.has(hash));
      const whole: Recording = { version: 1, texts: sort(Object.fromEntries(held)), answers: sort(answers) };
      writeFileSync(path, `${JSON.stringify(whole, null, 1)}\n`);
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function sort<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readRecording(path: string, mode: 'record' | 'replay'): Recording {
  if (!existsSync(path) && mode === 'record') return { version: 1, texts: {}, answers: {} };
  try {
    return Recording.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const isOther = error instanceof z.ZodError || error instanceof SyntaxError;
    const why = isOther ? 'it is no recording of this program' : describeFileError(error);
    throw new AppError('CONFIG_INVALID', `--${mode} ${path}: ${why}`, { cause: error });
  }
}
