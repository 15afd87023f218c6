import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRecording } from '../../src/cli/recording.ts';
import { makeTempDir } from '../support/temp.ts';

it('keeps each answer with what was looked up for it, and gives it back without asking anybody', async () => {
  const path = join(makeTempDir(), 'recording.json');
  const record = openRecording(path, 'record');
  const calls = [{ name: 'Read', input: { path: 'src/a.ts' } }];
  await record.memory.write('key', 'review all', { findings: [] }, calls);
  record.save();
  const file = JSON.parse(readFileSync(path, 'utf8')) as { answers: Record<string, unknown> };
  expect(file.answers['key']).toEqual({ stage: 'review all', value: { findings: [] }, calls });
  const replay = openRecording(path, 'replay');
  expect(await replay.memory.read('key')).toEqual({ findings: [] });
  expect(await replay.memory.read('another key')).toBeNull();
  expect([replay.replayed(), replay.carried()]).toEqual([1, 0]);
  await replay.memory.write('later', 'refute', {});
  replay.save();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(file);
});

it('is not taken from a file that is none, or that is not there', () => {
  expect(() => openRecording(join(makeTempDir(), 'none.json'), 'replay')).toThrow('--replay');
});
