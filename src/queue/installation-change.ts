/** What GitHub says about an installation, or about a repository of it. */
export type InstallationChange =
  | { kind: 'suspended' | 'resumed'; installationId: number }
  /** Null: every repository of it. */
  | { kind: 'removed'; installationId: number; repositoryIds: number[] | null }
  | { kind: 'renamed'; installationId: number; repositoryId: number; owner: string; repo: string };
