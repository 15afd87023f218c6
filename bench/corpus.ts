/** Code that touches the database in every function, with a flaw in every second one: the hardest case. */
const UNITS = {
  ts: (n: number) => `export async function load${n}(pool, req) {
  const limit = Math.min(Number(req.query.limit ?? 50), 200);
  const { rows } = await pool.query('select id, total from orders where owner = $1 limit $2', [req.user.id, limit]);
  if (rows.length === 0) throw new Error(\`nothing for \${req.user.id}\`);
  return rows.map((row) => ({ id: row.id, total: row.total / 100 }));
}

export async function find${n}(pool, req) {
  const clauses = ['owner = $1'];
  if (req.query.state) clauses.push(\`state = '\${req.query.state}'\`);
  return pool.query('select id from orders where ' + clauses.join(' and '), [req.user.id]);
}
`,
  py: (n: number) => `def load_${n}(conn, request):
    limit = min(int(request.args.get("limit", 50)), 200)
    with conn.cursor() as cursor:
        cursor.execute("select id, total from orders where owner = %s limit %s", (request.user.id, limit))
        rows = cursor.fetchall()
    return [{"id": row[0], "total": row[1] / 100} for row in rows]


def find_${n}(conn, request):
    state = request.args.get("state")
    with conn.cursor() as cursor:
        cursor.execute(f"select id from orders where state = '{state}'")
        return cursor.fetchall()
`,
  go: (n: number) => `func Load${n}(ctx context.Context, db *sql.DB, owner string, limit int) (*sql.Row, error) {
	row := db.QueryRowContext(ctx, "select id, total from orders where owner = $1 limit $2", owner, limit)
	if err := row.Err(); err != nil {
		return nil, fmt.Errorf("load %s: %w", owner, err)
	}
	return row, nil
}

func Find${n}(db *sql.DB, r *http.Request) *sql.Row {
	state := r.URL.Query().Get("state")
	return db.QueryRow("select id from orders where state = '" + state + "'")
}
`,
};

/** What most of a service is made of: no query, no command. */
const PLAIN = {
  ts: (n: number) => `export function total${n}(lines, rate) {
  let sum = 0;
  for (const line of lines) {
    if (line.quantity <= 0) continue;
    sum += line.price * line.quantity;
  }
  const tax = Math.round(sum * rate);
  return { sum, tax, total: sum + tax, label: \`\${lines.length} lines\` };
}
`,
  py: (n: number) => `def total_${n}(lines, rate):
    amount = 0
    for line in lines:
        if line.quantity <= 0:
            continue
        amount += line.price * line.quantity
    tax = round(amount * rate)
    return {"sum": amount, "tax": tax, "total": amount + tax, "label": f"{len(lines)} lines"}
`,
  go: (n: number) => `func Total${n}(lines []Line, rate int) (int, int) {
	sum := 0
	for _, line := range lines {
		if line.Quantity <= 0 {
			continue
		}
		sum += line.Price * line.Quantity
	}
	tax := sum * rate / 100
	return sum, sum + tax
}
`,
};

const HEADS = {
  ts: '',
  py: '',
  go: 'package orders\n\nimport (\n\t"context"\n\t"database/sql"\n\t"fmt"\n\t"net/http"\n)\n\n',
};

/**
 * About `lines` lines of a language.
 *
 * @param plain functions without a query between two that have one
 */
export function makeSource(kind: keyof typeof UNITS, lines: number, seed = 0, plain = 0): string {
  let text = HEADS[kind];
  for (let unit = 0; text.split('\n').length < lines; unit++)
    text += `${(unit % (plain + 1) === 0 ? UNITS : PLAIN)[kind](seed * 1000 + unit)}\n`;
  // Whole functions: of a text that ends in the midst of one, no tree is read without a gap.
  return text;
}
