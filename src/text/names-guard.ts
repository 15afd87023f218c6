/**
 * What a name says of whatever runs before a handler. Names that only look somebody up (`optionalAuth`, `loadUser`) say nothing:
 * they let everybody through.
 */
const AUTHORISES =
  /auth(?!or(?!i[sz])|ored)|(?:log(?:ged)?_?in|admin|staff|super_?user|user|role|scope|session|owner|member|account|token|api_?key|signature)s?_?required|require_?(?:log_?in|user|admin|role|permission|scope|session|token|staff|owner|member|account)|(?:ensure|must_?be|check|verify|is|require|has)_?(?:logged|admin|owner|permission|perm\b|role|access|token|jwt|session|member|staff|super|user_?exists|account_?(?:id_?)?exists|invoice_?key)|security_?check|permission|guard|\bjwt|jwt_?required|protect(?:ed)?\b|access_?control|current_?(?:active_?)?(?:user|admin|superuser|account)|api_?key|bearer|\bcan[A-Z]|\bacl\b|rbac|(?:signed|logged)_?in\b|only_?(?:admin|owner|staff)|(?:admin|owner|staff|superuser|member|editor|moderator|manager|teacher|operator|partner|user)s?_?only/i;
const LETS_THROUGH =
  /optional|maybe|soft|loose|try_?|attach|load_?|parse|decode|set_?(?:user|current)|populate|anonymous|public|no_?auth|skip|allow_?any|unauth|logger|log_?request/i;
const LIMITS = /limit|throttl/i;

/** Whoever is called so keeps callers out. */
export function namesGuard(name: string): boolean {
  return AUTHORISES.test(name) && !LETS_THROUGH.test(name) && !LIMITS.test(name);
}
