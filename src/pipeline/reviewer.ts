import type { Analysis } from '../analysis/analysis.ts';
import type { PullRequestRef } from '../change/pull-request.ts';
import type { RepositoryConfig } from '../config/repository-config.ts';
import type { ReviewContext } from './forge.ts';
import type { ModelReviewer } from './model-reviewer.ts';

/** An agent at work. */
export interface Reviewer {
  name: string;
  /** This App's version, what the agent is made of, and its model: with the repository's config all that decides what it finds. */
  version: string;
  /** Analysis for one review or command of a pull request, with a budget of its own; null: of the user's own files. */
  openAnalysis: (pull: PullRequestRef | null) => Analysis;
  /** The model reviewer for the repository's own agent and config, or the built-in one. `obstacle`: why Claude may not be paid. */
  chooseModel: (own: ReviewContext['agent'], config: RepositoryConfig, obstacle: string | null) => ChosenModel;
}

export interface ChosenModel {
  model: ModelReviewer | { off: string };
  /** For the summary. */
  note: string | null;
}

/** Every agent of this App, by name. */
export interface Reviewers<T extends Reviewer = Reviewer> {
  names: readonly string[];
  /** The agent of that name; one that this App does not have is the built-in one. */
  get(name: string): T;
  /** Of these names of rules those that no agent has, each with what is like it. */
  listUnknownRules(named: readonly string[]): string[];
}
