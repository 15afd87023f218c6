import type { Home } from '../../flows/values/value.ts';
import { innermost } from '../../languages/enclosing.ts';
import type { FunctionForm, Span } from '../../languages/form.ts';
import { textOf } from './call-chain.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';
import { fieldsOf, typeNamed } from './structs-of.ts';

/** What reads a request into what it is given. Source: gin, echo and fiber, "Binding"; encoding/json, Decoder.Decode. */
const BINDS =
  /\b(?:\w+\.)?\w+\.(?:ShouldBind|ShouldBindJSON|ShouldBindBodyWith|BindJSON|Bind|BodyParser)\(\s*&?(\w+)\b[^()\n]*\)|\bNewDecoder\([^\n]{0,200}?\b(?:[rR]eq(?:uest)?|r)\.Body\b[^\n]{0,200}?\)\.Decode\(\s*&?(\w+)\s*\)|\.Bind\(\)\.(?:Body|JSON)\(\s*&?(\w+)\s*\)/g;
/** Fields that no caller may set, in an account or another row. */
const KEPT =
  /^(?:Is)?(?:Admin|Administrator|SuperUser|Superuser|Staff|Verified|EmailVerified|Approved|Trusted|Premium|Banned|Paid)$|^(?:User)?(?:Role|Roles|RoleID|Permissions?|Privileges?|Balance|Credits?|Wallet|Plan|Tier|Quota)$|^(?:Owner|User|Account|Tenant|Organization|Org|Customer|CreatedBy|Author)(?:ID|Id)$|^(?:Password|Passwd)?Hash$/;
/** Whoever comes here may set all of it, or nobody sends it. */
const OPERATOR = /admin|internal|seed|import|migrat|webhook|sync|test|setup|install/i;

/** A row of a table into which the whole body of a request is read, before it is written: with the fields that no caller may set. */
export function findBoundRows(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return homes
    .filter(
      ({ module, text }) =>
        module.language === 'go' && /\.(?:Create|Save|Updates?|Insert\w*|Model|ReplaceOne)\(/.test(text),
    )
    .flatMap((home) => innermost(home.module).flatMap((form) => findIn(home, form, program)));
}

function findIn(home: Home, form: FunctionForm, program: readonly Home[]): FoundSlip[] {
  if (OPERATOR.test(`${form.name} ${home.path}`)) return [];
  const text = textOf(home, form.span);
  const found: FoundSlip[] = [];
  for (const bind of [...text.matchAll(BINDS)].slice(0, MOST_LOOKS)) {
    const name = bind[1] ?? bind[2] ?? bind[3] ?? '';
    const type = typeNamed(text, name);
    const behind = text.slice(bind.index + bind[0].length);
    const write = writeOf(behind, name);
    if (type === null || !write) continue;
    const kept = (fieldsOf(home, type, program) ?? []).filter(
      (one) => one.shown && KEPT.test(one.name) && !isSet(behind.slice(0, write.at), name, one.name),
    );
    if (kept.length === 0) continue;
    const start = form.span[0] + bind.index;
    const written = start + bind[0].length + write.at;
    const span: Span = [start, start + bind[0].length];
    found.push({
      kind: 'row-bound-to-request',
      home,
      form,
      span,
      suspected: mayBeCleaned(behind.slice(0, write.at), name),
      names: {
        CALL: bind[0].replace(/\s+/g, ' '),
        NAME: name,
        WRITE: write.call,
        LINE: [written, written],
        FIELDS: kept
          .slice(0, MOST_TOLD)
          .map((one) => `\`${one.name}\``)
          .join(', '),
      },
    });
  }
  return found;
}

const MOST_TOLD = 3;

/** `db.Create(&user)`, `db.NewUpdate().Model(user)`; not one that names the columns. */
function writeOf(behind: string, name: string): { call: string; at: number } | null {
  const write = new RegExp(
    `\\.(Create|Save|Updates?|Insert|InsertOne|ReplaceOne|Model)\\(\\s*(?:(?:ctx|c|[\\w.]+\\.Context\\(\\))\\s*,\\s*)?(?:[^\\s()][^()\\n]*,\\s*)?&?${name}\\s*\\)`,
  ).exec(behind);
  if (!write) return null;
  const line = behind.slice(
    behind.lastIndexOf('\n', write.index) + 1,
    (behind.indexOf('\n', write.index) + 1 || behind.length + 1) - 1,
  );
  if (/\.(?:Select|Omit|Column|ExcludeColumn)\(/.test(line)) return null;
  // `Model(&user)` alone says of which table.
  if (write[1] === 'Model' && !/\b(?:NewInsert|NewUpdate)\(/.test(line)) return null;
  return { call: write[1] ?? '', at: write.index };
}

/** `user = sanitize(user)`, `user.setDefaults()`: what a caller may not set may be taken away there. */
function mayBeCleaned(text: string, name: string): boolean {
  const calls = new RegExp(
    `\\b${name}\\s*=(?!=)|\\b${name}\\.[A-Za-z]\\w*\\(|\\b(\\w+)\\(\\s*(?:\\w+\\s*,\\s*)?&?${name}\\s*[,)]`,
    'g',
  );
  return [...text.matchAll(calls)].some(
    ([, called = '']) => !/^(?:Struct|StructCtx|Model|First|Where|Print\w*|Info|Debug|JSON)$/.test(called),
  );
}

/** `user.Role = "member"` */
function isSet(text: string, name: string, field: string): boolean {
  return new RegExp(`\\b${name}\\.(?:${field}\\b|\\w+\\.${field}\\b)(?:,[^=\\n]*)?\\s*=[^=]`).test(text);
}
