/** Points to a value that is kept elsewhere, or is code: not a credential, and code must stay readable. */
const REFERENCE =
  /\$\{|\$\(|\{\{|^\$\w+$|^%[sdvq]$|%\(\w+\)s|^%\w+%$|^<[^<>]*>$|^\{[\w.:-]*\}$|^\{[\w.]+\([\w., ]*\)\}$|^\{[\w.]+[[(]$|^["'`]\s*\+\s*[\w.]+\(?|^!(?:Ref|Sub|GetAtt|ImportValue|vault|secret|env|reference)\b|^(?:env|file|vault|op|ssm|sm|secret|arn|projects|ref|bws|akv)[:/]|^(?:process\.)?env\.|\b(?:os\.environ|getenv|secretKeyRef)\b/i;
const PATH = /^(?:\/|\.\.?\/)[\w.-]+(?:\/[\w.-]+)*$/;
/** Of a password, not the password; encrypted; or a pattern of text. */
const HASH =
  /\[[^\]]{2,}\][+*{)]|\[\^?(?:A-Z|a-z|0-9)|\\[dwsb.]|^(?:\{[A-Z0-9-]+\}|\$(?:2[abxy]?|argon2\w*|scrypt|pbkdf2[\w-]*|y|[156])\$|pbkdf2_|bcrypt|sha\d|ENC[([]|vault:v\d)/;

/** What a tool calls a constraint or an index of a table: `PK_3a5169bcd3d5463cefeec78be82`. */
const CONSTRAINT = /^(?:PK|FK|UQ|IDX|REL|CHK|DF|XCL)_[0-9a-f]{16,}$/;

/** How often something is allowed: `5/m/ip`, `1/m/user,10/h/key`. */
const RATE = /^\d+\/[a-z]+(?:\/[a-z]+)*(?:[,; ]+\d+\/[a-z]+(?:\/[a-z]+)*)*$/;

/** Words of people who have not put a credential there yet, or who put one that opens nothing. */
const WORDS =
  /example|sample|placeholder|change|replace|your|dummy|fake|mock|test|demo|passw|passphrase|passwort|secret|token|insecure|default|local|admin|root|user|guest|redacted|hidden|masked|omitted|removed|undefined|none|null|todo|fixme|insert|enter|random|string|value|here|welcome|letmein|qwer|asdf|hunter|tiger|foobar|lorem|testing|develop|invalid|wrong|correct|anonymous|abcd|1234|2345|4321|0000|1111|9999|xxx|aaaa|deadbeef|cafebabe|\.\.\.|…|\*\*|••/;

/** The name of what it opens, with a few characters behind it at most: "p0stgr3s", "mysql123!". */
const PRODUCT =
  /^(?:my|the|dev)?[-_]?(?:postgres(?:ql)?|pgsql|mysql|maria(?:db)?|mongo(?:db)?|redis|valkey|rabbit(?:mq)?|minio|elastic(?:search)?|grafana|keycloak|clickhouse|cassandra|kafka|nats|docker|compose|oracle|mssql|sqlserver|supabase|hasura)[^a-z]?.{0,4}$/;

/** Exactly these are written where a password is wanted and none is: they are not even masked. */
const TRIVIAL =
  /^(?:|true|false|null|nil|none|undefined|yes|no|on|off|str|string|text|bool|any|optional|required|hidden|password|passwd|pwd|pass|secret|token|apikey|api[-_]?key|key|value|username|user|email|changeme|change[-_]me|example|placeholder|redacted|xxx+|\*+|\.+|-+|x+|basic|bearer|header|cookie|query|body)$/i;

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

export function isReference(value: string): boolean {
  return REFERENCE.test(value) || (PATH.test(value) && !/[A-Z].*\d|\d.*[A-Z]/.test(value));
}

/** A statement under the name of a password is still a statement: masked, it would hide from the analysers. */
export function isStatement(value: string): boolean {
  return /\b(?:select|insert|update|delete|drop|alter|exec)\b.*\b(?:from|into|set|table|where|values)\b/i.test(value);
}

export function isTrivial(value: string): boolean {
  return TRIVIAL.test(value.trim());
}

/** "P4ssw0rd", "your-key-here", "AKIA…EXAMPLE": nobody would have to replace it. */
export function isPlaceholder(value: string): boolean {
  const plain = value.toLowerCase().replace(/^django-insecure-/, '');
  const read = unleet(plain);
  return (
    isReference(value) ||
    isTrivial(value) ||
    [plain, read].some((word) => WORDS.test(word) || PRODUCT.test(word)) ||
    !isVaried(plain)
  );
}

/** A part of a token that somebody counted or repeated: `1234`, `1111`, `abcd`, `xxx`. */
const COUNTED = /^(?:(?:0?1234(?:5(?:6(?:78?9?0?)?)?)?|abcd(?:ef\w{0,2})?)|(\w)\1{2,})$/i;

/** The part of a provider's token that nobody gave out: "xxxxxxxx", "EXAMPLE", "1234567890", "secret-bot-token-12345". */
export function isFiller(rest: string): boolean {
  return (
    rest.split('-').filter((part) => COUNTED.test(part)).length > 1 ||
    /x{4}|example|your|placeholder|\.\.\.|123456|abcdef|(.)\1{5}/i.test(rest) ||
    !isVaried(rest) ||
    isMadeOfWords(rest)
  );
}

/** Words joined by signs, with a short number at the end at most. What a provider gives out is random. */
export function isMadeOfWords(value: string): boolean {
  return /^[a-z]{2,14}(?:[-_.][a-z]{1,14})+(?:[-_.]?\d{1,6})?$/i.test(value);
}

function unleet(value: string): string {
  return value.replace(/[013457@$!]/g, (char) => LEET[char] ?? char);
}

function isVaried(value: string): boolean {
  return new Set(value).size >= Math.min(8, Math.ceil(value.length / 2));
}

/** Words in base64: whoever made it wrote them, and nobody has to guess. */
export function spellsWords(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{12,400}={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1').trim();
  return /^[ -~]{8,}$/.test(text) && !looksRandom(text);
}

/** Made by a machine or by hand at random, not out of words: the difference between a credential and a name of one. */
export function looksRandom(value: string): boolean {
  if (
    value.length < 8 ||
    value.length > 200 ||
    /\s/.test(value) ||
    HASH.test(value) ||
    RATE.test(value) ||
    CONSTRAINT.test(value) ||
    isPlaceholder(value)
  )
    return false;
  const whole = value.replace(/^django-insecure-/, '');
  if (/^[0-9a-f]{16,}$/i.test(whole)) return /\d/.test(whole) && /[a-f]/i.test(whole);
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(whole)) return true;
  if (/^[\d.,:+-]+$|^[a-z]+(?:[-_.:/][a-z0-9]+)*$/i.test(whole) && !isMixed(whole)) return false;
  // Names are words joined by signs; each word for itself must be random.
  return whole.split(/[-_.:/ ]/).some(isMixed) || (/[^\w.:/ -]/.test(whole) && isMixed(whole.replace(/[-_.:/]/g, '')));
}

/** Changes between lower case, upper case, digits and signs at least every third character. */
function isMixed(word: string): boolean {
  if (word.length < 8) return false;
  const rate = rateOf(word);
  return /\d/.test(word) ? rate >= 0.32 : word.length >= 16 && rate >= 0.6;
}

/** A word in a sentence that nobody would say: both cases and figures, all mixed. Hashes and ids of commits are not. */
export function looksGarbled(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && (word.match(/\d/g)?.length ?? 0) >= 3 && rateOf(word) >= 0.5;
}

function rateOf(word: string): number {
  let changes = 0;
  for (let at = 1; at < word.length; at++) if (classOf(word[at - 1]) !== classOf(word[at])) changes += 1;
  return changes / (word.length - 1);
}

function classOf(char = ''): number {
  if (char >= 'a' && char <= 'z') return 0;
  if (char >= 'A' && char <= 'Z') return 1;
  return char >= '0' && char <= '9' ? 2 : 3;
}
