/** What everybody may ask for, by the names of its path and its handler. */
const FOR_ALL =
  /log-?_?(?:in|out|on|off)|sign-?_?(?:in|out|up)|regist|auth|oauth|sso|saml|oidc|token|refresh|session|passw|forgot|reset|recover|verif|confirm|activat|otp|mfa|captcha|csrf|health|heartbeat|ready|live(?:ness|z)?\b|ping|status|metric|version|hook|callback|notify|ipn|public|guest|anonym|share|open(?!ai)|preview|embed|doc|swagger|redoc|graphi?ql|playground|robots|favicon|sitemap|feed|rss|static|asset|image|avatar|thumb|logo|media|file|download|invit|join|accept|unsubscribe|subscri|newsletter|contact|feedback|track|pixel|beacon|collect|well-?_?known|manifest|config|setting|i18n|locale|lang|about|term|privacy|faq|home|index|error|plan|pricing|country|countries|categor|tag|search|demo|test|example|setup|install|bootstrap|onboard|one-?_?time|magic|worker\.js|\.(?:js|css|txt|xml|ico|webmanifest)$/i;

/** A path, a handler or a file of routes is called so that everybody may come. */
export function isNamedForAll(name: string): boolean {
  return FOR_ALL.test(name);
}
