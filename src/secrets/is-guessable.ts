import { isReference, isStatement, looksRandom } from './judge-value.ts';

/** Names of what signs or encrypts: whoever knows the value makes tokens and sessions of his own. */
const SIGNING =
  /^(?:\w*_)?(?:jwt|session|cookie|token|auth|app|signing|hmac|encryption|crypto|access|refresh|csrf|webhook|shared|master)_?secret(?:_?key)?$|^(?:\w*_)?(?:jwt|session|cookie|signing|hmac|encryption|crypto)_?key$|^(?:\w*_)?secret_?key(?:_?base)?$|^secret$/i;
const PASSWORD =
  /^(?:(?:db|database|admin|root|user|smtp|mail|redis|mysql|postgres|pg|mongo|default|master|service)_?)?(?:password|passwd|passphrase|pwd)$/i;
/** Says itself that something else belongs there, or that nobody uses it. */
const STANDS_IN =
  /your|change|replace|example|placeholder|x{3}|<|>|todo|fixme|dummy|fake|mock|sample|redacted|hidden|masked|undefined|none|null|lorem|invalid|wrong|incorrect|\.\.\.|insert|enter|(?<![a-z])(?:test|tests|testing|demo)(?![a-z])/i;
/** Says that there is none: a part of a message or of a key of a cache. */
const SAYS_NONE =
  /(?:^|[-_.])(?:un|not[-_.]?)(?:configured|set|available|defined|known)$|(?:^|[-_.])(?:missing|disabled|absent|empty)$/i;
/** Names of algorithms, of fields and of what is done with a password. */
const NAMES =
  /^(?:hs|rs|es|ps|sha|md|aes|des|bcrypt|argon|pbkdf|scrypt|oauth|base|utf|ed)[-_]?\d|^(?:\w*[-_.])?(?:password|passwd|pwd|token|secret|key)[-_]?\d?$|^(?:required|nullable|sometimes|string|confirmed)\||\b(?:min|max)(?:_?length)?:\d|forgot|reset|confirm|update|verify|login|(?:^|[-_.])(?:type|field|input|label|error|required|mismatch|hash|grant)(?:$|[-_.])/i;
/** What people write when they need any. */
const WEAK =
  /^(?:super|top|very|ultra|my|our|the)[-_ ]?(?:[a-z]+[-_ ]?)*(?:secret|password|passw0rd|key)|s3cr3t|passw0rd|^(?:admin|root|qwerty|letmein|hunter|trustno|iloveyou|welcome)[a-z]{0,3}\W?\d{0,6}$|^keyboard cat$/i;
const VARIED = /^(?=.{6})(?=.*[a-z])(?=.*(?:\d{2}|\d.*[^\w.\- ]|[^\w.\- ].*\d))/i;

/**
 * A secret of words: nobody has to read the repository to find it. Of what signs, a value that only counts where a variable is
 * missing (`fallback`) is one as well, whatever it says; of a password it is the one of a developer's own machine.
 *
 * @param name the whole name; its last part counts
 */
export function isGuessable(value: string, name: string, fallback: boolean): 'signing' | 'password' | null {
  const own = (name.split(/[.-]/).at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1_$2');
  const signs = SIGNING.test(own);
  if ((!signs && !PASSWORD.test(own)) || (fallback && !signs)) return null;
  if (value.length < (fallback ? 3 : 5) || value.length > 64 || isReference(value) || isStatement(value)) return null;
  if (/[{}<>]|:\/\/|^[A-Z][A-Z0-9_]+$/.test(value) || looksRandom(value) || isNamed(value, own)) return null;
  if (SAYS_NONE.test(value)) return null;
  if (/\s/.test(value) && value !== 'keyboard cat') return null;
  if (fallback) return 'signing';
  if (STANDS_IN.test(value) || /^[a-z]+(?:\.[a-z]+)+$/i.test(value)) return null;
  const weak = WEAK.test(value) || (VARIED.test(value) && !NAMES.test(value));
  return weak ? (signs ? 'signing' : 'password') : null;
}

/** The value is the name itself, in words: `jwt-secret` of JWT_SECRET is a key of a table. */
function isNamed(value: string, name: string): boolean {
  const plain = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
  return plain(name) === plain(value) && plain(value) !== 'secret';
}
