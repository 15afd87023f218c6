import { readFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = '/var/lib/attachments';

export async function readAttachment(name: string): Promise<Buffer> {
  return await readFile(path.join(ROOT, name));
}

export async function readOwn(id: number): Promise<Buffer> {
  return await readFile(path.join(ROOT, `${id}.bin`));
}
