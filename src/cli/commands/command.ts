import type { Command } from 'commander';

/**
 * Adds a command to the program. What it does is imported when it is called and not before: `--help`, and every other command,
 * load nothing of it. `end` takes the exit code.
 */
export type DefineCommand = (program: Command, end: End) => void;

export type End = (run: () => Promise<number>) => Promise<void>;
