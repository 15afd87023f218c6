import type { FunctionForm, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';

export type SetStatement = Extract<Statement, { kind: 'set' }>;

/** The most assignments of one name: nobody sets a name more often in a function that people read. */
const MOST = 50;

/** Where a function sets each name, or a field of it. */
export const setsOf = memo(({ body }: FunctionForm): ReadonlyMap<string, readonly SetStatement[]> => {
  const sets = new Map<string, SetStatement[]>();
  const visitAll = (statements: readonly Statement[]): void => {
    for (const one of statements) {
      const at = one.kind === 'set' && one.target.kind === 'field' ? one.target.of : one.kind === 'set' && one.target;
      if (one.kind === 'set' && at && at.kind === 'name') {
        const known = sets.get(at.name) ?? [];
        if (known.length < MOST) known.push(one);
        sets.set(at.name, known);
      }
      visitAll(blocksOf(one));
    }
  };
  visitAll(body);
  return sets;
});
