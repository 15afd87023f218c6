import { z } from 'zod';
import type { Analysis } from '../analysis/analysis.ts';
import type { About } from '../change/change.ts';
import type { Repository } from '../change/repository.ts';
import type { SelectedFile } from '../change/selected-file.ts';
import type { Finding, RawFinding } from '../findings/finding.ts';
import type { Precedent } from '../ledger/precedent.ts';
import type { FileCoverage, ModelCoverage } from '../scope/coverage.ts';
import type { HideKnown } from '../secrets/mask-text.ts';
import type { Purse } from './purse.ts';

/** The change that the model judges. */
export interface Subject {
  /** The same for each push of one pull request, and for nothing else. */
  name: string;
  about: About;
  files: readonly SelectedFile[];
  /** What the analysers found in them. */
  known: readonly Finding[];
  /** What the model said of them on this pull request before, and what stands open there. */
  standing: readonly Standing[];
  /** Files of the change that are not among `files`, and why. */
  others: readonly Pick<FileCoverage, 'path' | 'reasonCode' | 'detail'>[];
  /** Files that the change removes whole, and names before a rename by the name now. */
  removed: readonly string[];
  previous: ReadonlyMap<string, string>;
  /** Masks and outlines texts, where a stranger's text can do no harm. */
  outline: Analysis['outline'];
  /** Hides credentials that were found in any file of the change. */
  hide: HideKnown;
  /** To look things up in; null: there are the files alone. */
  repository: Repository | null;
}

/** A finding of the model in a comment that stands open. */
export interface Standing extends Pick<Finding, 'path' | 'side' | 'ruleId' | 'principle' | 'cwe' | 'severity'> {
  /** As the ledger names it. */
  id: string;
  /** Where its code stands now. */
  line: number;
  title: string;
  /** The comment's words, without its title. */
  explanation: string;
}

/** An open comment that a line of the code disproves now. */
export const Disproved = z.object({ path: z.string(), id: z.string(), reason: z.string() });
export type Disproved = z.infer<typeof Disproved>;

/** What a reviewer is given besides. */
export interface Hands {
  /** Out of which each answer is paid. */
  purse: Purse;
  /** The review is called off: what is under way ends within a moment. */
  signal?: AbortSignal;
  memory?: StageMemory;
  /** What people of this repository settled, newest first. */
  precedents?: readonly Precedent[];
}

/** What stages of the model review answered before, by the key of what they were asked: a crash or a push pays for nothing twice. */
export interface StageMemory {
  read(key: string, asked: Asked): Promise<unknown>;
  write(key: string, asked: Asked, value: unknown, how: Exchange): Promise<void>;
}

/** What a stage is asked: masked, and without the random delimiter. */
export interface Asked {
  stage: string;
  model: string;
  system: string;
  prompt: readonly string[];
  /** Names of those that are offered. */
  tools: readonly string[];
}

/** How an answer came about. */
export interface Exchange {
  calls: readonly ToolCall[];
  /** Answers of the model, the last one among them. */
  rounds: number;
  /** Sent and received, what was read from the cache among them. */
  tokens: number;
}

/** What was looked up for an answer. */
export interface ToolCall {
  name: string;
  input: Record<string, unknown>;
}

/** Remembers in this process alone. */
export function keepAnswers(
  known: { get(key: string): unknown; set(key: string, value: unknown): unknown } = new Map<string, unknown>(),
): StageMemory {
  return {
    read: async (key) => known.get(key) ?? null,
    write: async (key, _asked, value) => {
      known.set(key, value);
    },
  };
}

/** Remembers nothing. */
export const NO_MEMORY: StageMemory = { read: async () => null, write: async () => undefined };

/** A deterministic finding before the second reader, in whose words the line that decides is named. */
export interface Tried {
  finding: Finding;
  reason: string;
}

export interface ModelReview {
  findings: RawFinding[];
  /** Deterministic findings that the model refuted, with its reason. */
  refuted: Tried[];
  /** Those that were only suspected, and that a line of the code bears out. */
  confirmed: Tried[];
  /** Of what stands open. */
  disproved: Disproved[];
  coverage: ModelCoverage;
}

/** The judging reviewer. It sees text only; it has no way to GitHub, to a shell or to a disk. */
export interface ModelReviewer {
  review(subject: Subject, hands: Hands): Promise<ModelReview>;
}
