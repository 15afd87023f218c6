import type { Home } from '../../flows/values/value.ts';
import type { Type } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { dirOf } from '../../text/paths.ts';

/** A field of a struct of Go; `shown`: it is read from JSON and written to it. */
export interface StructField {
  name: string;
  shown: boolean;
}

/** The type that a function gives a name: `var u User`, `u := &models.User{}`, `list []User`; a list stands for what it holds. */
export function typeNamed(text: string, name: string): string | null {
  const [, declared, made] =
    new RegExp(
      `\\b(?:var\\s+)?${name}\\s+(?:\\[\\])?\\*?((?:[a-z]\\w*\\.)?[A-Z]\\w*)\\b(?!\\s*\\()|\\b${name}\\s*:?=\\s*(?:new\\(|&|make\\()?(?:\\[\\])?\\*?((?:[a-z]\\w*\\.)?[A-Z]\\w*)\\s*[{),]`,
    ).exec(text) ?? [];
  return declared ?? made ?? null;
}

/** The fields of a struct of the program, with those of the structs that it embeds; null: it is not seen. */
export function fieldsOf(home: Home, type: string, program: readonly Home[], deep = 0): StructField[] | null {
  const [owner, name] = type.includes('.') ? type.split('.') : [null, type];
  const found = (structsOf(program).get(name ?? '') ?? []).find((one) =>
    owner === null ? dirOf(one.home.path) === dirOf(home.path) : one.home.module.package === owner,
  );
  if (!found) return null;
  const { fields, names = {} } = found.type;
  const inner = found.extends
    .slice(0, MOST_EMBEDDED)
    .flatMap((one) =>
      one.kind === 'named' && deep < DEEPEST ? (fieldsOf(found.home, one.name, program, deep + 1) ?? []) : [],
    );
  // An exported field alone is read and written.
  const own = Object.keys(fields).map((one) => ({ name: one, shown: /^[A-Z]/.test(one) && names[one] !== '-' }));
  return [...own, ...inner];
}

const DEEPEST = 2;
/** Each of them may embed as many again. */
const MOST_EMBEDDED = 10;

interface Struct {
  home: Home;
  type: Extract<Type, { kind: 'record' }>;
  extends: readonly Type[];
}

const structsOf = memo(
  (program: readonly Home[]): ReadonlyMap<string, Struct[]> =>
    new Map(
      [
        ...Map.groupBy(
          program.flatMap((home) =>
            home.module.language === 'go' ? home.module.types.map((one) => ({ home, one })) : [],
          ),
          ({ one }) => one.name,
        ),
      ].map(([name, all]) => [
        name,
        all.flatMap(({ home, one }) =>
          one.type.kind === 'record' ? [{ home, type: one.type, extends: one.extends }] : [],
        ),
      ]),
    ),
);
