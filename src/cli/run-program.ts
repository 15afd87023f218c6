import { CommanderError } from 'commander';
import { AppError, describeError, describeFileFault } from '../errors.ts';
import { escapeInvisible } from '../text/invisible.ts';
import { createProgram } from './create-program.ts';

/** 0 done, 1 a finding at or above --fail-on, 2 usage or configuration, 3 not all could be reviewed. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code = 0;
  // `… | head`: whoever reads has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const program = createProgram(async (run) => {
    code = await run();
  });
  try {
    await program.parseAsync(argv);
    if (code === 3)
      process.stderr.write(
        'Exit code 3: not everything could be reviewed. The report says what is missing, and why.\n',
      );
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${escapeInvisible(describeError(error))}\n`);
    if (!(error instanceof AppError) && describeFileFault(error) === null)
      process.stderr.write(`${escapeInvisible((error instanceof Error && error.stack) || '')}\n`);
    return 2;
  }
}
