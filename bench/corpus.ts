/** Ordinary backend code, a few flaws in it, of any length: the same on every machine. */
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

const HEADS = {
  ts: '',
  py: '',
  go: 'package orders\n\nimport (\n\t"context"\n\t"database/sql"\n\t"fmt"\n\t"net/http"\n)\n\n',
};

/** About `lines` lines of a language. */
export function makeSource(kind: keyof typeof UNITS, lines: number, seed = 0): string {
  let text = HEADS[kind];
  for (let unit = 0; text.split('\n').length < lines; unit++) text += `${UNITS[kind](seed * 1000 + unit)}\n`;
  return text.split('\n').slice(0, lines).join('\n');
}
