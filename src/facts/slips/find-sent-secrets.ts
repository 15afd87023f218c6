import type { Home } from '../../flows/values/value.ts';
import { innermost } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { textOf } from './call-chain.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';
import { fieldsOf, typeNamed } from './structs-of.ts';

/** What sends a value as JSON: `c.JSON(200, user)`, `json.NewEncoder(w).Encode(users)`. */
const SENDS =
  /\.(?:JSON|IndentedJSON|PureJSON|SecureJSON|JSONPretty)\(\s*(?:[\w.]+\s*,\s*)?&?(\w+)\s*[,)]|\bNewEncoder\(\s*(?:w|rw|writer|res|c\.Writer)\s*\)\.Encode\(\s*&?(\w+)\s*\)/g;
const SECRET =
  /^(?:Password|Passwd|PasswordHash|PasswordDigest|PassHash|PwHash|HashedPassword|EncryptedPassword|Hash|TOTPSecret|TotpSecret|OTPSecret|MFASecret|TwoFactorSecret|ResetToken|PasswordResetToken|RecoveryCodes)$/;

/** A row of a table that is sent whole, with the hash of a password in it. */
export function findSentSecrets(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return homes
    .filter(({ module, text }) => module.language === 'go' && /JSON\(|NewEncoder\(/.test(text))
    .flatMap((home) => innermost(home.module).flatMap((form) => findIn(home, form, program)));
}

function findIn(home: Home, form: FunctionForm, program: readonly Home[]): FoundSlip[] {
  const text = textOf(home, form.span);
  const found: FoundSlip[] = [];
  for (const sent of [...text.matchAll(SENDS)].slice(0, MOST_LOOKS)) {
    const name = sent[1] ?? sent[2] ?? '';
    const before = text.slice(0, sent.index);
    const type = typeNamed(before, name);
    const read = type === null ? null : readOf(before, name);
    if (type === null || read === null || writesItself(type, program)) continue;
    const [secret] = (fieldsOf(home, type, program) ?? []).filter(
      (one) => one.shown && SECRET.test(one.name) && isRead(read, one.name) && !isEmptied(before, one.name),
    );
    if (!secret) continue;
    const start = form.span[0] + sent.index;
    found.push({
      kind: 'secret-field-sent',
      home,
      form,
      suspected: mayBeEmptied(before.slice(before.indexOf(read) + read.length), name),
      span: [start + 1, start + sent[0].length],
      names: { NAME: name, TYPE: type, FIELD: secret.name },
    });
  }
  return found;
}

/** The line on which it is read from the database: `db.First(&user, …)`, `rows.Scan`, `collection.FindOne(…).Decode(&user)`. */
function readOf(before: string, name: string): string | null {
  const given = new RegExp(`&${name}\\b`);
  const line = before.split('\n').find((one) => {
    const read = READS.exec(one);
    return read !== null && given.test(one.slice(read.index + read[0].length));
  });
  return line === undefined || /\bNewDecoder\(|\.Body\b/.test(line) ? null : line;
}

const READS = /\.(?:First|Find|Take|Last|Get|GetContext|Select|SelectContext|Scan|StructScan|FindOne|Decode|All)\(/;

/** The columns that are asked for hold it, or all are. */
function isRead(line: string, field: string): boolean {
  const columns = line.split(/[`"]/).flatMap(columnsOf)[0] ?? SELECTS.exec(line)?.[1];
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return columns === undefined || columns.includes('*') || plain(columns).includes(plain(field));
}

const SELECTS = new RegExp(`\\.Select\\(\\s*("[^)]{0,${MOST_BETWEEN}})\\)`);

function columnsOf(query: string): string[] {
  const [, rest] = /\bselect\s(.*)/i.exec(query) ?? [];
  const end = rest?.search(/\sfrom\b/i) ?? -1;
  return rest === undefined || end < 0 ? [] : [rest.slice(0, end)];
}

/** `user.Password = ""`, or a function that clears it. */
function isEmptied(before: string, field: string): boolean {
  return new RegExp(`\\.${field}\\s*=[^=]|\\.(?:Sanitize|Redact|Clean|Strip|Omit|Hide)\\w*\\(`).test(before);
}

/** `account.wipe()`, `hide(&account)` */
function mayBeEmptied(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*=(?!=)|\\b${name}\\.[A-Za-z]\\w*\\(|\\b\\w+\\(\\s*&?${name}\\s*\\)`).test(text);
}

/** It says itself what is written of it. */
function writesItself(type: string, program: readonly Home[]): boolean {
  const [name = ''] = type.split('.').slice(-1);
  return marshalled(program).has(name);
}

const marshalled = memo(
  (program: readonly Home[]): ReadonlySet<string | null> =>
    new Set(
      program.flatMap(({ module }) =>
        module.functions.filter(({ name }) => /^Marshal(?:JSON|Text)$/.test(name)).map(({ receiver }) => receiver),
      ),
    ),
);
