import type { Home } from '../../flows/values/value.ts';
import { functionsAround } from '../../languages/enclosing.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { findUnaskedSiblings } from './find-unasked-siblings.ts';
import { MOST_BETWEEN, MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';

/** `collection = handler.get_collection(id)` and `const note = await notes.findById(req.params.id)` */
const LOADS = new RegExp(
  String.raw`(?:^|\n)[ \t]*(?:const |let )?(?<row>\w+)(?::\s*\w+)?\s*=\s*(?:await\s+)?(?<loader>\w+(?:\.\w+){0,4}\.?(?:get|find|load|fetch|read)\w*)\((?<key>[^()\n]{1,${MOST_BETWEEN}})\)`,
  'g',
);
const OWNER = '(?:user|owner|author|creator|account|tenant|customer|team|organi[sz]ation|workspace)_?(?:id|Id|ID)?';
const CALLER = String.raw`(?:(?:self\.)?req(?:uest)?\??\.user|current_?user|currentUser|g\.user|ctx\.(?:user|session\.user)|session\.user|user|me|auth)\??(?:\.\w+|\[["']\w+["']\])?`;
/** Somebody else is refused behind it. */
const REFUSES = /\b(?:raise|throw|abort\(|reject)|\b40[134]\b|[fF]orbidden|Denied|NotFound/;
const FOR_ALL =
  /(?:^|[/_-])(?:admin|tasks?|jobs?|workers?|cron|queues?|consumers?|scripts?|commands?|migrations?|seeds?|internal)(?:[/_.-]|$)/i;
/** Who may do it is asked in another way, or nobody in particular asks. */
const ASKS =
  /\b(?:is_?)?(?:public|shared|owner|author|creator|admin|staff|super_?user|moderator|role|permission|permitted|allowed|member|access|polic(?:y|ies)|scope|token|secret|signature|can)(?:\b|_|(?=[A-Z]))|Permission|Owner|Access|Allowed|Admin|Role|\b(?:can|may|check|ensure|assert|verify|require|authori[sz]e)[A-Z_]|40[13]|[fF]orbidden|Denied/;
const CHANGES = /\b(?:delete|remove|destroy|update|save|patch|archive|rename|set)\w*\s*\(/i;
const MOST_BEHIND = 400;

interface Load {
  row: string;
  loader: string;
  key: string;
  at: number;
  form: FunctionForm;
}

/**
 * A row is loaded and changed for whoever asks, while a function beside it loads the same by the same call and refuses everybody but
 * its owner.
 */
export function findUnaskedRows(homes: readonly Home[], program: readonly Home[] = homes): FoundSlip[] {
  return [
    ...homes.flatMap((home) => (home.module.language === 'go' || FOR_ALL.test(home.path) ? [] : findIn(home))),
    ...findUnaskedSiblings(homes, program, ASKS),
  ];
}

function findIn(home: Home): FoundSlip[] {
  const loads = home.module.functions
    .filter((form) => form.id !== 0 && functionsAround(home.module, form).length === 1)
    .flatMap((form) => loadsOf(home, form));
  return [...Map.groupBy(loads, ({ loader }) => loader).values()].flatMap((group) => {
    const asked = group.slice(0, MOST_LOOKS).flatMap((one) => {
      const told = askedOf(home, one);
      return told === null ? [] : [{ one, told }];
    });
    const [first] = asked;
    if (!first || group.length > MOST_LOOKS) return [];
    const forms = new Set(asked.map(({ one }) => one.form));
    return group.filter(({ form }) => !forms.has(form)).flatMap((one) => hitOf(home, one, first.told));
  });
}

function loadsOf(home: Home, form: FunctionForm): Load[] {
  const text = textOf(home, form.span);
  return [...text.matchAll(LOADS)].slice(0, MOST_LOOKS).map(({ groups = {}, index, 0: whole }) => ({
    row: groups.row ?? '',
    loader: groups.loader ?? '',
    key: groups.key ?? '',
    at: form.span[0] + index + whole.length - whole.trimStart().length,
    form,
  }));
}

/** Where it refuses all but the owner: `if (note.userId !== req.user.id) throw …`. */
function askedOf(home: Home, { row, at, form }: Load): { at: number; text: string } | null {
  const behind = home.text.slice(at, form.span[1]);
  const own = `\\b${escapeRegExp(row)}\\??\\.${OWNER}(?:\\.\\w+)?`;
  const found = new RegExp(`(?:${own})\\s*!==?\\s*${CALLER}|${CALLER}\\s*!==?\\s*(?:${own})`).exec(behind);
  if (!found || !REFUSES.test(behind.slice(found.index, found.index + MOST_BEHIND))) return null;
  return { at: at + found.index, text: found[0] };
}

function hitOf(home: Home, one: Load, told: { at: number; text: string }): FoundSlip[] {
  const start = one.form.body[0]?.span[0] ?? one.form.span[0];
  const head = textOf(home, [one.form.span[0], Math.max(one.form.span[0], start)]);
  const body = home.text.slice(start, one.form.span[1]);
  const decorators = one.form.decorators.map(({ span }) => textOf(home, span)).join('\n');
  const given = one.form.parameters.map(({ name }) => name);
  const isAsked = given.includes(one.key.trim()) || /\b(?:params|query|body|input|kwargs|args|form)\b/.test(one.key);
  const rest = body.replaceAll(one.loader, ' ');
  if (!isAsked || !CHANGES.test(rest) || FOR_ALL.test(one.form.name) || one.form.name.startsWith('_')) return [];
  if (
    ASKS.test(rest) ||
    new RegExp(`\\b${CALLER}\\b`).test(rest) ||
    /admin|staff|owner|permission_?required/i.test(`${decorators} ${head}`)
  )
    return [];
  return [
    {
      kind: 'row-unasked',
      home,
      form: one.form,
      span: [one.at, one.at + 1],
      names: {
        LOAD: `${one.loader}(${one.key})`,
        ROW: one.row,
        ASKED: told.text.replace(/\s+/g, ' '),
        LINE: [told.at, told.at],
        HOW: ', behind the same call, refuses everybody else',
      },
    },
  ];
}
