import type { FindFacts } from '../fact-hit.ts';
import type { Route } from '../facts.ts';

/** Whoever guesses passwords or codes comes here; so does who lets mails be sent. */
const GUESSED =
  /(?:^|[/_-])(?:log-?_?in|sign-?_?in|authenticate|forgot-?_?password|reset-?_?password|password-?_?(?:reset|forgot|recovery)|recover-?_?password|verify-?_?(?:otp|code|mfa|2fa)|otp|2fa|mfa)\/?$|(?:otp|2fa|mfa|pin|sms)\/(?:verify|check|confirm|validate)\/?$|\/(?:token|access-?_?token)\/?$/i;

/** Source: docs.authlib.org, passport, golang.org/x/oauth2. */
const ELSEWHERE = /\b(?:authorize_redirect|create_authorization_url|authorization_url|AuthCodeURL)\s*\(/;

/** What is sent is a random token of ours; nobody guesses that. */
const RENEWS = /refresh_?token/i;
const CHOSEN = /passw|\bpin\b|otp|code|secret|credential/i;

const SECOND = /otp|code|2fa|mfa/i;

/** A log-in, a token or a new password without the limit that other routes of the same router have. */
export const findUnlimitedRoutes: FindFacts = ({ routes }, read) => {
  const groups = Map.groupBy(routes, ({ router, place }) =>
    router ? `${router.path}:${router.startLine}` : place.path,
  );
  return [...groups.values()].flatMap((group) => {
    const limited = group.filter(isLimited);
    const [sibling] = limited;
    if (!sibling) return [];
    const limiter = sibling.middleware.find(({ does }) => does.includes('limits'))?.name ?? '';
    return (
      group
        .filter((one) => one.method === 'POST' && GUESSED.test(one.path) && !one.limited && one.handler.place !== null)
        // Who is known already guesses nothing but a second factor.
        .filter(
          ({ path, middleware }) => SECOND.test(path) || !middleware.some(({ does }) => does.includes('authorises')),
        )
        .filter((one) => one.middleware.every(({ own, does }) => !own || does.length > 0))
        // Another service asks for the password.
        .filter(({ handler }) => handler.place && !ELSEWHERE.test(read(handler.place)))
        .filter(({ handler }) => handler.place && !isRenewal(read(handler.place)))
        .map((one) => ({
          place: one.place,
          symbol: one.handler.name,
          values: {
            ROUTE: `${one.method} ${one.path}`,
            LIMITER: limiter,
            SIBLING: `\`${sibling.method} ${sibling.path}\` (line ${sibling.place.startLine})`,
          },
        }))
    );
  });
};

const LOG_IN = /(?:^|[/_-])(?:log-?_?in|sign-?_?in|authenticate)\/?$/i;
/** Something here bounds it, or counts, or asks who it is by other means. */
const BOUNDED =
  /limit|throttl|brute|lock(?:ed)?_?out|is_?locked|attempt|failed_?log|captcha|turnstile|slow_?down|quota|nestjs/i;
const MOST_LINES = 5_000;

/** A log-in that compares a password, of a router that is served as it stands, and nothing that the file says bounds how often. */
export const findUnboundedLogins: FindFacts = ({ routes }, read) => {
  if (routes.some(({ limited }) => limited)) return [];
  return routes
    .filter(
      ({ method, path, whole, place }) => method === 'POST' && whole && LOG_IN.test(path) && IS_SCRIPT.test(place.path),
    )
    .filter(({ middleware }) => middleware.every(({ does }) => !does.includes('authorises')))
    .flatMap(({ place, handler, path }) => {
      if (!handler.place || !CHOSEN.test(read(handler.place)) || ELSEWHERE.test(read(handler.place))) return [];
      const files = [...new Set([place.path, handler.place.path])];
      const isBounded = files.some((one) => BOUNDED.test(read({ path: one, startLine: 1, endLine: MOST_LINES })));
      return isBounded ? [] : [{ place, symbol: handler.name, suspected: true, values: { ROUTE: `POST ${path}` } }];
    });
};

const IS_SCRIPT = /\.[cm]?[jt]sx?$/;

function isRenewal(text: string): boolean {
  return RENEWS.test(text) && !CHOSEN.test(text.replace(/\bHttpCode\b/g, ''));
}

function isLimited({ middleware }: Route): boolean {
  return middleware.some(({ own, does }) => own && does.includes('limits'));
}
