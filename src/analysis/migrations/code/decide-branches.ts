const OTHER = /(?:['"]|\bis_?)(?:sqlite3?|mysql|mariadb|mssql|oracle|cockroach(?:db)?)(?![\w-])/i;
const POSTGRES = /['"](?:postgres|pg['"])|\bis_?postgres/i;
const NOT = /!=|\bnot\b|!\w/i;

/** Which ways a test goes under PostgreSQL, where it names one database: `dialect == 'sqlite'`, `url.startswith('mysql')`. */
export function decideBranches(test: string): { yes: boolean; no: boolean } {
  const [isOther, isPostgres] = [OTHER.test(test), POSTGRES.test(test)];
  if (test.length > 300 || isOther === isPostgres) return { yes: true, no: true };
  const isTrue = isPostgres !== NOT.test(test);
  // `x and dialect == 'postgresql'` may be false all the same.
  if (/\band\b|&&/i.test(test)) return { yes: isTrue, no: true };
  return { yes: isTrue, no: !isTrue };
}

/** The cases of a `switch` over the database. */
export function isForOther(tests: string): boolean {
  return OTHER.test(tests) && !POSTGRES.test(tests);
}
