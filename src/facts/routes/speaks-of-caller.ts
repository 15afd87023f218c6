/** A handler that asks who calls. */
const SPEAKS_OF_CALLER =
  /current_?user|is_?(?:admin|owner|auth|logged)|session|permission|authori[sz]|\bauth|\.user\b|principal|identity|claims|\brole|tenant|owner/i;

/** The session of a database is no caller's: `session: SessionDep`, `db: Session = Depends(get_session)`, `session.get(Order, id)`. */
const OF_DATABASE =
  /\bdb\.session\b|(?:\b\w*session\s*)?[:[]\s*(?:Async)?Session(?:Dep|Local)?\b|\bget_(?:db_|async_)?session\b|\bsession\.(?:get(?:_one)?\(\s*[A-Z]|(?:execute|exec|delete|commit|add|add_all|query|scalars?|flush|refresh|merge|rollback)\()/g;

export function speaksOfCaller(text: string): boolean {
  return SPEAKS_OF_CALLER.test(text.replace(OF_DATABASE, ''));
}
