import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecording } from '../../src/cli/recording.ts';
import type { Asked } from '../../src/pipeline/model-reviewer.ts';
import { makeTempDir } from '../support/temp.ts';

const CODE = 'const a = 1;\nconst b = 2;\nconst c = 3;';
const asked = (own: Partial<Asked> = {}): Asked => ({
  stage: 'review all',
  model: 'm',
  system: 'You review.\nBe brief.',
  prompt: ['<pull-request->', CODE, '# Task'],
  tools: ['Read'],
  ...own,
});
const calls = [{ name: 'Read', input: { path: 'src/a.ts' } }];
const how = { calls, rounds: 2, tokens: 700 };

async function record(...answers: [key: string, Asked, unknown][]): Promise<string> {
  const path = join(makeTempDir(), 'recording.json');
  const recording = openRecording(path, 'record');
  for (const [key, request, value] of answers) await recording.memory.write(key, request, value, how);
  recording.save();
  return path;
}

describe('a recording', () => {
  it('keeps what was asked, each text once, with its answer and how that came about; and gives it back without asking anybody', async () => {
    const path = await record(['key', asked(), { findings: [] }], ['other', asked({ stage: 'refute' }), {}]);
    const text = readFileSync(path, 'utf8');
    const file = JSON.parse(text) as { texts: Record<string, string[]>; answers: Record<string, unknown> };
    expect(Object.values(file.texts)).toHaveLength(4);
    expect(Object.values(file.texts)).toContainEqual(CODE.split('\n'));
    expect(file.answers['key']).toMatchObject({ stage: 'review all', value: { findings: [] }, ...how });
    const replay = openRecording(path, 'replay');
    expect(await replay.memory.read('key', asked())).toEqual({ findings: [] });
    expect(replay.replayed()).toEqual({ answers: 1, rounds: 2, tokens: 700 });
    expect(replay.stale()).toEqual([]);
    await replay.memory.write('later', asked(), {}, how);
    replay.save();
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('tells by line where what is asked now is not what was asked, and does not answer it', async () => {
    const path = await record(['key', asked(), 1], ['far', asked({ prompt: ['x', 'y', '# Task'] }), 2]);
    const replay = openRecording(path, 'replay');
    const prompt = ['<pull-request->', CODE.replace('b = 2', 'b = 4'), '# Task'];
    expect(await replay.memory.read('new', asked({ prompt, system: 'You review.' }))).toBeNull();
    expect(replay.stale()).toEqual([
      {
        stage: 'review all',
        differs: ['instructions 2 - Be brief.', 'code 2 - const b = 2;', 'code 2 + const b = 4;'],
        carried: false,
      },
    ]);
    // Of a stage that was never asked there is nothing to compare with.
    expect(await replay.memory.read('new', asked({ stage: 'triage' }))).toBeNull();
    expect(replay.stale()).toHaveLength(1);
  });

  it('answers it where that is wanted, from the request that is most like it', async () => {
    const path = await record(
      ['far', asked({ prompt: ['x', 'y', '# Task'] }), 'far'],
      ['key', asked(), 'near'],
      ['refused', asked({ model: 'n', system: 'You review.' }), 'refused'],
    );
    const replay = openRecording(path, 'replay', ({ model }) => model === 'm');
    expect(await replay.memory.read('new', asked({ system: 'You review.' }))).toBe('near');
    expect(replay.stale()).toMatchObject([{ carried: true, differs: ['instructions 2 - Be brief.'] }]);
    expect(replay.replayed().answers).toBe(1);
  });

  it('asks again while it records', async () => {
    const recording = openRecording(await record(['key', asked(), 1]), 'record', () => true);
    expect(await recording.memory.read('new', asked())).toBeNull();
  });

  it('is not taken from a file that is none, or that is not there', () => {
    expect(() => openRecording(join(makeTempDir(), 'none.json'), 'replay')).toThrow('--replay');
  });
});
