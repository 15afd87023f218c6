/** A handler that asks who calls. */
const SPEAKS_OF_CALLER =
  /current_?user|is_?(?:admin|owner|auth|logged)|session|permission|authori[sz]|\bauth|\.user\b|principal|identity|claims|\brole|tenant|owner/i;

export function speaksOfCaller(text: string): boolean {
  return SPEAKS_OF_CALLER.test(text);
}
