/** Allowed, or the permission that the App lacks for it, by the forge's name. */
export type Ability = { able: true } | { able: false; lacks: string };

/** What a forge offers to this App at this moment, and what it accepts. */
export interface ForgeTraits {
  /** Threads can be resolved and opened again. */
  resolve: Ability;
  /** A commit can be put on the pull request's own branch. */
  commit: Ability;
  /** A comment can offer a replacement of the lines that it stands on. */
  suggest: boolean;
  /** Characters of a comment or a summary. */
  longestBody: number;
  /** Characters of the text of a check. */
  longestCheck: number;
}

/** Of a text that goes to no forge. */
export const NO_FORGE: Pick<ForgeTraits, 'suggest' | 'longestBody'> = {
  suggest: true,
  longestBody: Number.POSITIVE_INFINITY,
};
