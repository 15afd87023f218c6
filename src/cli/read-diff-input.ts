import { createReadStream } from 'node:fs';
import { AppError, describeFileError } from '../errors.ts';

/** The largest patch that is read, in bytes: nobody reviews more. */
const MAX_BYTES = 50_000_000;

/**
 * The bytes of a patch.
 *
 * @param source a file, or "-" for standard input
 * @throws AppError PATCH_INVALID
 */
export async function readDiffInput(source: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source === '-' ? process.stdin : createReadStream(source)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES / 1_000_000} MB`);
      chunks.push(bytes);
    }
  } catch (error) {
    throw new AppError('PATCH_INVALID', `--diff ${source}: ${describeFileError(error)}`, { cause: error });
  }
  return Buffer.concat(chunks);
}
