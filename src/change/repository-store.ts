import type { Repository, Side } from './repository.ts';

/** Where a repository is fetched from, and as whom. */
export interface Remote {
  /** What one installation fetched is seen by no other. */
  installationId: number;
  repositoryId: number;
  /** For git, without credentials. */
  url: string;
  token: {
    /** It may read the contents of this repository, and nothing else. */
    get(): Promise<string>;
    /** It was not taken. */
    refuse(token: string): void;
  };
}

/** Repositories as they were fetched by git. */
export interface RepositoryStore {
  /**
   * Two commits of a repository, fetched as far as they are not there. It stays usable for any time.
   * @throws AppError GIT_FAILED, with why it is not fetched: then GitHub's API is left
   */
  open(remote: Remote, sides: Readonly<Record<Side, string>>): Promise<Repository>;
  /** Deletes what was fetched of an installation's repositories; null: of all of them. */
  forget(installationId: number, repositoryIds: readonly number[] | null): Promise<void>;
  close(): void;
}
