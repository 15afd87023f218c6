import type { RepositoryConfig } from '../config/repository-config.ts';
import type { Amendment } from '../ledger/amend.ts';
import type { Precedents } from '../ledger/precedent.ts';
import type { Reviewed } from '../scope/scope.ts';
import type { Forge } from './forge.ts';
import type { StageMemory } from './model-reviewer.ts';
import type { Purse } from './purse.ts';
import type { Reviewers } from './reviewer.ts';
import type { Run, RunData, Stage } from './run.ts';

export interface ReviewDeps {
  github: Forge;
  reviewers: Reviewers;
  /** Writes the run's stage; when this returns, the stage survives a crash. */
  save: (run: Run) => Promise<void>;
  /** What the last completed review of this pull request left, by agent. */
  readReviewed: () => Promise<ReadonlyMap<string, Reviewed>>;
  /** Out of which Claude is paid, by the repository's config. */
  openPurse: (config: RepositoryConfig) => Purse;
  memory: StageMemory;
  /** Somebody answers to commands in comments. */
  commands: boolean;
  /** Nobody else reviews this pull request meanwhile; else what was said is read once more before the plan is made. */
  alone: boolean;
  /** What people settled in this repository. */
  readPrecedents: () => Promise<Precedents>;
  /** Ends what the model is asked: what is reviewed is not wanted any more. */
  signal?: AbortSignal;
  now: () => number;
  /**
   * How long what is proven waits for the model, then it is posted alone; ends when that is aborted, too. `spent` is what the review took
   * until then, in milliseconds: people wait from its beginning.
   */
  patience: (signal: AbortSignal, spent: number) => Promise<void>;
  onStage?: (stage: Stage, seconds: number) => void;
}

/** Why there is a review. */
export interface ReviewRequest {
  /** Who is to review; null: the agent that the repository's config names. A run that was begun is ended by its own agent. */
  agent: string | null;
  /** A person asked: policy is overridden, and a summary is posted. */
  forced: boolean;
  /** Every file, whatever was reviewed before. */
  full: boolean;
  amendments: readonly Amendment[];
}

/** A stage is reached, and saved with what it brought. */
export type Reach = (stage: Stage, data?: Partial<RunData>) => Promise<void>;
