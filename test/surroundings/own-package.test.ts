import { expect, it } from 'vitest';
import { reviewTrees, type Tree } from '../support/review-trees.ts';

const HANDLER = `package orders

import "net/http"

func List(w http.ResponseWriter, r *http.Request) {
	orders := NewOrders()
	if err := orders.ByOwner(r.FormValue("owner")); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}
`;

const TYPES = `package orders

import "database/sql"

type Orders struct{ db *sql.DB }

func NewOrders() *Orders { return &Orders{db: open()} }
`;

const store = (call: string): string => `package orders

func (o *Orders) ByOwner(owner string) error {
	rows, err := o.db.Query(${call})
	if err != nil {
		return err
	}
	defer rows.Close()
	return rows.Err()
}
`;

const PASTED = store('"SELECT id FROM orders WHERE owner = \'" + owner + "\'"');
const BOUND = store('"SELECT id FROM orders WHERE owner = $1", owner');

/** Files of the package, of which nothing is wanted, before the others by their names. */
const crowd = (count: number): Tree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `orders/a${at}.go`,
      `package orders\n\nfunc helper${at}() int { return ${at} }\n`,
    ]),
  );

it.each([
  ['a method of another file', {}, PASTED, ['critical sql-injection orders/list.go']],
  ['of a package of thirty files', crowd(30), PASTED, ['critical sql-injection orders/list.go']],
  ['that binds what it is given', {}, BOUND, []],
])('a handler of Go calls %s of its package', async (_, others, text, expected) => {
  const base: Tree = {
    ...others,
    'go.mod': 'module example.com/shop\n',
    'orders/types.go': TYPES,
    'orders/store.go': text,
  };
  const found = await reviewTrees(base, { 'orders/list.go': HANDLER });
  const said = found.filter(({ ruleId }) => ruleId === 'sql-injection');
  expect(said.map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`)).toEqual(expected);
});
