import { describe, expect, it } from 'vitest';
import { fillTemplate, oneLine } from '../../src/findings/evidence.ts';

describe('filling the text of a rule', () => {
  it('lets no value close the code quotes that it stands in', () => {
    const call = 'db.query(`select 1\n  from users`)';
    expect(fillTemplate('Before, `{{CALL}}` stood in `{{FILE}}`.', { CALL: call, FILE: 'a.ts' }, oneLine)).toBe(
      "Before, `db.query('select 1 from users')` stood in `a.ts`.",
    );
  });

  it('leaves words outside of quotes and whole lines as they are', () => {
    const values = { WHO: '`a` and `b`', CODE: 'const a = `x`;' };
    expect(fillTemplate('`once` {{WHO}} write.', values, oneLine)).toBe('`once` `a` and `b` write.');
    expect(fillTemplate('See `this`:\n```ts\n{{CODE}}\n```', values, oneLine)).toBe(
      'See `this`:\n```ts\nconst a = `x`;\n```',
    );
  });

  it('refuses a name that nothing gives', () => {
    expect(() => fillTemplate('`{{NAME}}`', {})).toThrow('{{NAME}}');
  });
});
