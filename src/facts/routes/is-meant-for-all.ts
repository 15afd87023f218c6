import type { Route } from '../facts.ts';

/** What everybody may ask for, by the names of its path and its handler. */
const FOR_ALL =
  /log-?_?(?:in|out|on|off)|sign-?_?(?:in|out|up)|regist|auth|oauth|sso|saml|oidc|token|refresh|session|passw|forgot|reset|recover|verif|confirm|activat|otp|mfa|captcha|csrf|health|heartbeat|ready|live(?:ness|z)?\b|ping|status|metric|version|hook|callback|notify|ipn|public|guest|anonym|share|open|preview|embed|doc|swagger|redoc|graphi?ql|playground|robots|favicon|sitemap|feed|rss|static|asset|image|avatar|thumb|logo|media|file|download|invit|join|accept|unsubscribe|subscri|newsletter|contact|feedback|track|pixel|beacon|collect|well-?_?known|manifest|config|setting|i18n|locale|lang|about|term|privacy|faq|home|index|error|plan|pricing|country|countries|categor|tag|search|demo|test|example|setup|install|bootstrap|onboard|one-?_?time|magic|worker\.js|\.(?:js|css|txt|xml|ico|webmanifest)$/i;

/** New accounts are made by whoever has none. */
const ACCOUNT = /\/(?:users?|accounts?|members?|customers?|me)\/?$/i;

export function isMeantForAll({ method, path, handler }: Route): boolean {
  const isRoot = path === '/' || path === '';
  return isRoot || FOR_ALL.test(path) || FOR_ALL.test(handler.name) || (method === 'POST' && ACCOUNT.test(path));
}
