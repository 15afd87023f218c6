import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGuidance } from '../../src/agents/guidance.ts';
import { chooseAreas } from '../../src/model/choose-areas.ts';
import { maskText } from '../../src/secrets/mask-text.ts';
import { makeTempDir } from '../support/temp.ts';

describe('guidance', () => {
  it('is for every review, or for changes that hold its area', () => {
    const { core, areas } = loadGuidance('backend-dev');
    expect(core).toContain('# How to judge');
    const choose = (path: string, text: string) =>
      chooseAreas(areas, [{ path, text: maskText(text) }]).map(({ name }) => name);
    expect(choose('db/migrations/7.sql', 'ALTER TABLE orders ADD COLUMN note text;')).toContain('migrations');
    expect(choose('src/a.ts', "import IORedis from 'ioredis';")).toEqual(['caches-and-redis']);
    expect(choose('src/a.ts', 'export const a = 1;')).toEqual([]);
    expect(choose('src/a.ts', 'const client = new PrismaClient();')).toEqual(['queries-and-transactions']);
    // A session of a database is nobody who signed in.
    expect(choose('store/workflow.go', 'sess.Limit(perPage).Find(&ids) // "xorm.io/xorm"')).toEqual([
      'queries-and-transactions',
    ]);
    expect(choose('app/models.py', 'Alias.filter_by(mailbox_id=obj_id)\nSession.commit()')).toEqual([
      'queries-and-transactions',
    ]);
    // Words that only end so, or that a comment says in passing.
    expect(choose('src/a.ts', 'forgot(mail); // for each consumer of these coordinates')).toEqual([]);
    // No area's text repeats what every review is told.
    for (const { text } of areas) expect(core).not.toContain(text.split('\n')[0]);
  });

  it('with a broken head is named', () => {
    const dir = makeTempDir();
    mkdirSync(join(dir, 'x', 'guidance', 'areas'), { recursive: true });
    writeFileSync(join(dir, 'x', 'guidance', 'areas', 'a.md'), '---\nwhen:\n  word: [x]\n---\ntext\n');
    expect(() => loadGuidance('x', dir)).toThrow('agents/x/guidance/areas/a.md: when: Unrecognized key');
  });

  it('is none for an agent without any', () => {
    expect(loadGuidance('nobody', makeTempDir())).toEqual({ core: '', areas: [] });
  });
});
