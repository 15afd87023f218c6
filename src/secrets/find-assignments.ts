import { isGuessable } from './is-guessable.ts';
import { isPlaceholder, isReference, isStatement, isTrivial, looksRandom, spellsWords } from './judge-value.ts';
import type { SearchOptions, Secret } from './secret.ts';
import { PUBLISHED } from './token-kinds.ts';

/** Names end with one of these. Longer ones first: the first that fits is taken. */
const KEYWORD =
  /secret[-_. ]?access[-_. ]?key|(?:secret|api|access|private|signing|signature|encryption|encrypt|master|account|shared[-_. ]?access|shared|session|cookie|jwt|hmac|auth|crypto|service[-_]?role|app)[-_. ]?key|pass(?:word|wd|phrase|wort|code)|pwd|secret|token|credentials?|_auth(?=[\s"']*[:=])|(?<=[-_.])pass(?![a-z])|\bpass(?=["']?\s{0,5}[:=])|(?<=[a-z])Pass(?![a-z])|identified[ ]{1,4}(?:with[ ]{1,4}\w{1,40}[ ]{1,4})?by|\bsig(?==)|\bpw(?=["']?\s{0,5}[:=])|(?<=_)pw(?![a-z])|salt|pepper/gi;
/** What may stand between the keyword and the end of the name. */
const NAME_TAIL =
  /(?:[-_.]?(?:base|value|string|text|plain|raw|prod(?:uction)?|dev(?:elopment)?|staging|test|live|default|old|new|current|hex|b64|base64|data|primary|secondary|\d{1,3})(?![a-z])){0,2}/iy;
/** From the name to its value: what closes the name, a type (no value that ends in "="), a sign; in YAML an anchor, a tag, `>-`. */
const SIGN =
  /\\?["'`]?[\])]{0,2}[ \t]{0,20}(?:\??:\s{0,4}[A-Za-z][\w.<>[\]| ?]{0,40}(?==[ \t]{0,4}[^=\s])|[ \t][A-Za-z][\w.<>[\]*]{0,30}[ \t]{0,4}(?==))?[ \t]{0,20}(?<sign>:=|=>|===?|!==?|\|\||\?\?|[:=]|\((?=\s{0,40}(?:[bBrRuUfF]{1,2}|@)?\\?["'`])|(?<=["'`]\s{0,4}),(?=\s{0,20}\\?["'`])|>|\bor\b|(?=["'`])|is\b|→)\s{0,80}(?:(?<=:\s{0,80})(?:&\w{1,40}|!!\w{2,8})[ \t]{1,4})?(?:(?<=:\s{0,80})[>|][-+]?[ \t]{0,4}\r?\n\s{1,80})?/y;
/** `name: DB_PASSWORD` on one line, `value: …` on the next; `"name": "DB_PASSWORD", "value": "…"`; a variable's default. */
const VALUE_OF_NAME =
  /\\?["']?\s{0,20}(?:,?\s{0,60}\\?["']?(?:value|Value)\\?["']?\s{0,10}[:=]\s{0,10}|\{[^{}]{0,200}?\bdefault\s{0,10}=\s{0,10})/y;
/** A list of words: `- --password`, on the next line `- value`. */
const NEXT_WORD = /\\?["']?[ \t]{0,5}\r?\n[ \t]{0,80}-[ \t]{1,10}(?!-)/y;
const FLAG = /[ \t]{1,4}(?=\S)/y;
/** Calls and types around a literal: `[]byte("…")`, `SecretStr("…")`, `os.environ.get("NAME", "…")`. */
const WRAPPER = /(?:new\s{1,3})?[\w.[\]<>]{1,60}\(\s{0,20}(?:\\?["'][\w.-]{1,80}\\?["']\s{0,4},\s{0,4})?|\(\s{0,40}/y;
const QUOTE = /(?:[bBrRuUfF]{1,2}|@|\$|N)?(\\?(?:"""|'''|["'`]))/y;
const BARE = /[^\s"'`<>]{1,600}/y;
const REST_OF_LINE = /[^\r\n]{1,600}/y;
const PASSWORD = /^(?:pass|pwd|pw|identified)/i;
/** Another attribute of a connection string or an address: proof that `password=…` stands in a string, not in code. */
const ATTRIBUTE =
  /\b(?:host|hostaddr|server|data source|addr|address|user id|user|uid|username|dbname|database|initial catalog|accountname|endpoint(?:suffix)?|defaultendpointsprotocol|sslmode|port|sharedaccesskeyname|sv|se|sr)\s{0,4}=/i;

/**
 * Values that are given to a name of a credential, in the ways that languages, configuration files and people write it. From
 * each keyword a bounded number of characters is read, so the time is linear.
 */
export function findAssignments(text: string, { bare }: SearchOptions): Secret[] {
  const found: Secret[] = [];
  let from = 0;
  for (const match of text.matchAll(KEYWORD)) {
    if (match.index < from) continue;
    const secret = readAssignment(text, match.index, match[0], bare);
    if (!secret) continue;
    found.push(secret);
    from = secret.end;
  }
  return found;
}

interface Value {
  text: string;
  start: number;
  quoted: boolean;
  /** All that stands up to a sign or the line's end, blanks included. */
  whole?: boolean;
}

function readAssignment(text: string, at: number, keyword: string, bare: boolean): Secret | null {
  const nameEnd = at + keyword.length + take(NAME_TAIL, text, at + keyword.length).length;
  const name = readName(text, at, nameEnd);
  const { sign, at: after } = readSign(text, nameEnd, name) ?? {};
  if (sign === undefined || after === undefined) return null;
  const value = readQuoted(text, after, sign) ?? readBare(text, after, { sign, bare, from: at, name });
  if (!value) return null;
  const fallback = ['||', '??', 'or'].includes(sign) || isDefault(text, after, value.start);
  const guessable =
    !bare && value.quoted && ASSIGNS.has(sign) && !isOption(text, value.start)
      ? isGuessable(value.text, name, fallback)
      : null;
  if (guessable === null && !isCredential(value, name, keyword, sign)) return null;
  const end = value.start + value.text.length;
  const certain = [value, firstWord(value)].some((one) => isCertain(one, name, sign));
  return {
    start: value.start,
    end,
    shown: '',
    kind: nameKind(keyword),
    label: name.slice(-60),
    report: (certain || guessable !== null) && !isTakenApart(text, after, value),
    home: true,
    placeholder: isPlaceholder(value.text),
    ...(!certain && guessable !== null && { guessable }),
  };
}

/** Between a name and its value; a comparison lets in whoever knows it. */
const ASSIGNS: ReadonlySet<string> = new Set(['=', ':=', ':', '||', '??', 'or', '==', '===', '(', ',']);

/** `getenv('NAME', 'value')`, `SetDefault("name", "value")`: it counts where nothing else is set. */
function isDefault(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 80), to);
  return (
    /(?:getenv|get_?env|environ|env|config|\bget|[dD]efault\w*|lookup\w*)\s{0,2}\(\s{0,20}["'][\w.-]{1,80}["']\s{0,4},\s{0,4}[bBrRuUfF]{0,2}["'`]$/i.test(
      before,
    ) || /(?:\|\||\?\?|\bor)\s{0,10}["'`]$/.test(before)
  );
}

/** `config.get("site", "secret")`: the second text is the name of an option, in a section. */
function isOption(text: string, start: number): boolean {
  const [, of = '', section = ''] =
    /([\w.]{1,40})\.get(?:str|text)?\(\s{0,20}["']([\w.-]{1,80})["']\s{0,4},\s{0,4}["']$/i.exec(
      text.slice(Math.max(0, start - 160), start),
    ) ?? [];
  return section !== '' && !/env/i.test(of) && section.search(KEYWORD) < 0;
}

/** `secret = parsePadUrl('/pad/#/1/edit/…')`: an address, of which a part may be one. */
function isTakenApart(text: string, from: number, { text: value, start }: Value): boolean {
  const call = /(?:parse\w*|\w*(?:[uU]rl|URL|[uU]ri|URI))\(\s{0,20}["'`]$/;
  return /^\/|:\/\//.test(value) && call.test(text.slice(Math.max(from - 1, start - 80), start));
}

/** `NAME=value program …` runs the program with it. */
function firstWord(value: Value): Value {
  return value.whole ? { ...value, text: value.text.split(/\s/, 1)[0] ?? '' } : value;
}

/** The whole name, from at most 60 characters before the keyword. */
function readName(text: string, at: number, end: number): string {
  let start = at;
  while (start > 0 && at - start < 60 && /[\w.-]/.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, end);
}

function readSign(text: string, end: number, name: string): { sign: string; at: number } | null {
  const far = take(VALUE_OF_NAME, text, end);
  if (far !== '') return { sign: ':', at: end + far.length };
  const next = name.startsWith('-') ? take(NEXT_WORD, text, end) : '';
  if (next !== '') return { sign: ':', at: end + next.length };
  SIGN.lastIndex = end;
  const match = SIGN.exec(text);
  const after = end + (match?.[0].length ?? 0);
  const isEnd = match?.groups?.sign === '' ? closesText(text, after) : match !== null && goesOnInCode(text, after);
  if (match && !isEnd) return { sign: match.groups?.sign ?? '', at: after };
  const flag = take(FLAG, text, end);
  return flag !== '' &&
    (/^--?[a-z]/i.test(name) || /^(?:password|account)$/i.test(name) || isSetAside(text, end - name.length))
    ? { sign: ' ', at: end + flag.length }
    : null;
}

/**
 * `sign(claims, 'secret', { expiresIn: '1h' })`, `Key string \`env:"SECRET_KEY"\``: the quote ends the text in which the word stands,
 * and begins no value.
 */
function closesText(text: string, at: number): boolean {
  const before = lineBefore(text, at);
  const quote = text[at] ?? '';
  return (before.split(quote).length - 1) % 2 === 1;
}

/**
 * `'…?token=' + request.query.token`: the text ends with the sign, and code goes on. Only where the whole line is seen, and a name
 * follows that no key could be.
 */
function goesOnInCode(text: string, at: number): boolean {
  const [, name] = /^["'`]\s{0,4}\+\s{0,4}([A-Za-z_$][\w$]{0,60})(?=[.([\s),;+]|$)/.exec(text.slice(at, at + 80)) ?? [];
  if (name === undefined || looksRandom(name) || /\d[A-Za-z]*\d/.test(name)) return false;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return at - start < LONGEST_BEFORE && openQuote(text.slice(start, at)) === text[at];
}

/** The quote that is open at the end of a line's text. One behind a letter is an apostrophe, unless a text is open. */
function openQuote(line: string): string | null {
  let open: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === '\\') at += 1;
    else if (open !== null) open = char === open ? null : open;
    else if (char === '"' || char === '`' || (char === "'" && !/\w/.test(line[at - 1] ?? ''))) open = char;
  }
  return open;
}

/** `ENV NAME value`, as a Dockerfile may have it. */
function isSetAside(text: string, start: number): boolean {
  return /(?:^|\n)[ \t]{0,20}ENV[ \t]{1,20}$/i.test(text.slice(Math.max(0, start - 50), start));
}

function readQuoted(text: string, at: number, sign: string): Value | null {
  let start = at;
  let open = quoteAt(text, start);
  if (!open && sign !== ',') {
    start += take(WRAPPER, text, at).length;
    open = start > at ? quoteAt(text, start) : null;
  }
  if (!open) return null;
  const begin = start + open.length;
  const close = open.quote;
  const limit = Math.min(text.length, begin + 1000);
  for (let end = begin; end < limit; end++) {
    if (text.startsWith(close, end)) return { text: text.slice(begin, end), start: begin, quoted: true };
    if (text[end] === '\n' && close.length === 1 && close !== '`') return null;
    if (text[end] === '\\' && close.length === 1) end += 1;
  }
  return null;
}

function quoteAt(text: string, at: number): { quote: string; length: number } | null {
  QUOTE.lastIndex = at;
  const match = QUOTE.exec(text);
  return match?.[1] === undefined ? null : { quote: match[1], length: match[0].length };
}

interface BareContext {
  sign: string;
  bare: boolean;
  from: number;
  name: string;
}

/** A value without quotes: the rest of a line of configuration, a word of prose, an attribute inside a string. */
function readBare(text: string, at: number, { sign, bare, from, name }: BareContext): Value | null {
  if (!['=', ':', ' ', '>', 'is', '→'].includes(sign)) return null;
  if (text.slice(from, at).includes('\n') && sign !== ':') return null;
  const before = lineBefore(text, from);
  if (isInString(before, text.slice(at, at + 400))) return readAttribute(text, at, before);
  const isFlag = name.startsWith('-');
  if (!bare && (isFlag || (isConstantName(name) && /=["']?$/.test(text.slice(from, at)))) && isOpen(before))
    return trim(take(/[^\s"'`;,&|]{1,600}/y, text, at), at);
  if (!bare && !/^\s*(?:#|\/\/|--|\*)|\s(?:#|\/\/|--)\s/.test(before)) return null;
  // `<user>:<password>@host` is the form of an address, no element of XML.
  if (sign === '>') return trim(take(/(?![@:/][^\s<]{0,600}(?:\s|<(?!\/)|$))[^\s<]{1,600}/y, text, at), at);
  const isLine = /^[\s\w.\-/:@[\]"'$]*$/.test(before) && sign !== ' ' && sign !== 'is';
  if (isLine && (isConstantName(name) || /[._]/.test(name)) && !/[&?]/.test(before))
    return readLine(take(REST_OF_LINE, text, at), at);
  const word = take(BARE, text, at);
  const value = /[?&][\w.-]*$/.test(before)
    ? (word.split(/[&#]/, 1)[0] ?? '')
    : (word.split(/[,;&](?=\w+=)/, 1)[0] ?? '').replace(/[,;)}\]]+$/, '');
  return trim(value, at);
}

function readLine(rest: string, at: number): Value | null {
  const value = trim(rest.replace(/\s#.*$|\s[A-Z][A-Z0-9_]*=.*$/, ''), at);
  return value && { ...value, whole: true };
}

function trim(value: string, at: number): Value | null {
  const text = value.trim();
  const quote = /^["']/.test(text) ? 1 : 0;
  const inner = text.slice(quote).replace(quote === 1 ? /["'].*$/ : /$/, '');
  return inner === ''
    ? null
    : { text: inner, start: at + (value.length - value.trimStart().length) + quote, quoted: false };
}

/** A line of code; more is one of data, or was made by a program. */
const LONGEST_BEFORE = 400;

/** Inside a string: its quote is open before, and another attribute of a connection string or an address stands in it. */
function isInString(before: string, after: string): boolean {
  const opened = before.match(/["'`]/g)?.at(-1);
  const inside = opened === undefined ? before : before.slice(before.lastIndexOf(opened) + 1);
  const rest = after.split(/["'`\r\n]/, 1)[0] ?? '';
  return isOpen(before) && (ATTRIBUTE.test(inside) || ATTRIBUTE.test(rest) || /[?&;][\w.-]*$/.test(inside));
}

/** A quote is open before this place. */
function isOpen(before: string): boolean {
  const opened = before.match(/["'`]/g)?.at(-1);
  return opened !== undefined && (before.split(opened).length - 1) % 2 === 1;
}

function readAttribute(text: string, at: number, before: string): Value | null {
  const separated = /;/.test(before) || /^[^"'`\r\n]{0,200}?;/.test(text.slice(at, at + 200));
  const address = /[?&][\w.-]*$/.test(before);
  const stop = address ? /[^&#\s"'`]{1,600}/y : separated ? /[^;"'`\r\n]{1,600}/y : /[^\s"'`]{1,600}/y;
  const value = trim(take(stop, text, at), at);
  return value && { ...value, whole: separated && !address };
}

/** Calls that are given the name of a credential, or what somebody typed. */
const READS =
  /(?:^|[._])(?:[gG]et|[fF]ind|[fF]etch|[rR]ead|[lL]oad|[lL]ookup|[iI]s|[hH]as|[cC]heck|[dD]elete|[rR]emove|[lL]ist|[dD]escribe|[bB]y|[rR]equire|[pP]arse|[dD]ecode|[sS]plit|[vV]alidate|[vV]erify|[cC]ompare|[tT]|[iI]18n|[lL]abel)(?![a-z])/;

/** Masked is what looks like a credential; code, references and words that say "none here" are not. */
function isCredential({ text, quoted, whole = false }: Value, name: string, keyword: string, sign: string): boolean {
  const value = text.trim();
  if (value.length < 3 || isTrivial(value) || isReference(value) || value.toLowerCase() === name.toLowerCase())
    return false;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || isStatement(value)) return false;
  if (sign === '(' && READS.test(name)) return false;
  const isConstant = isConstantName(name) || name.startsWith('-');
  if (/\s/.test(value)) return (whole || (isConstant && quoted)) && (isConstant || /\d/.test(value)) && sign !== ',';
  // A call or a literal of a type, in code that stands in a comment.
  if (!quoted && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+[({[]/.test(value)) return false;
  const varied = /\d/.test(value) || /[^\w.:/ -]/.test(value) || looksRandom(value);
  if (!quoted && /[(){}[\]]|^\w+\.\w+(?:\.\w+)*$/.test(value) && !/\d/.test(value)) return false;
  if (sign === 'is' || sign === '→') return value.length >= 6 && /\d/.test(value);
  if (sign === ',' || sign === '' || sign === 'or') return value.length >= 6 && varied;
  if (PASSWORD.test(keyword)) return quoted || isConstant || varied || sign !== ':';
  return value.length >= 6 && (varied || isConstant);
}

const PUBLIC_NAME =
  /public|publish|share|checkout_?token|cart_?token|anon|recaptcha|site_?key|posthog|next_?page|page_?token|cursor|csrf|xsrf|continuation|cancel|label|field|header|hint|prefix|param|placeholder|hash|digest|type|url|uri|path|file|expir|ttl|name$/i;

/** Certain enough to be said: random, under a name that means it, and nothing says that it is an example. */
function isCertain(value: Value, name: string, sign: string): boolean {
  if (sign === '' && !/identified/i.test(name)) return false;
  if (sign === ',' && !isConstantName(name) && !/[._]/.test(name)) return false;
  if (PUBLIC_NAME.test(name) || /salt|pepper/i.test(name) || PUBLISHED.has(value.text)) return false;
  return looksRandom(value.text) && !isPlaceholder(value.text) && !spellsWords(value.text);
}

function nameKind(keyword: string): string {
  if (PASSWORD.test(keyword)) return 'password';
  if (/token|auth$/i.test(keyword)) return 'token';
  return /key$/i.test(keyword) ? 'key' : 'secret';
}

/** What stands before a place on its line, at most 400 characters: a line may be a megabyte. */
function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 400), at);
  return before.slice(before.lastIndexOf('\n') + 1);
}

function isConstantName(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name.slice(name.lastIndexOf('.') + 1));
}

function take(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
