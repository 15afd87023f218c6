import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import type { Expression, FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { visitBody } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { setsOf } from './sets-of.ts';
import type { FoundSlip } from './slip.ts';

/** Whether a time says which zone it is of. */
type Zone = 'naive' | 'aware';

/** Python refuses to order such a pair, or to take one from the other. Source: docs.python.org/3/library/datetime.html. */
const ORDERS = /^(?:[<>]=?|-)$/;
const NAIVE =
  /^(?:datetime\.){1,2}(?:utcnow|today)\(\)$|^(?:datetime\.){1,2}now\(\s*\)$|^(?:datetime\.){1,2}utcfromtimestamp\(/;
const AWARE = /^(?:datetime\.){1,2}now\(\s*(?:tz\s*=\s*)?(?:(?:datetime\.)?(?:timezone\.utc|UTC)|pytz\.\w+|ZoneInfo\()/;
/** Source: docs.djangoproject.com, django.utils.timezone.now: aware where USE_TZ is on. */
const DJANGO = /^(?:django\.utils\.)?timezone\.now\(\)$/;
const IMPORTS_DJANGO = /\bfrom django\.utils import[^\n]*\btimezone\b|\bfrom django\.utils import \([^)]*\btimezone\b/;
const ZONED_COLUMN = /\b(?:DateTime|TIMESTAMP)\(\s*(?:timezone\s*=\s*)?True\b|\bDateTimeTZField\(/;
const TIME_COLUMN = /\b(?:DateTime|TIMESTAMP|DateTimeField|DATETIME)\b/;
const DEEPEST = 4;

/** A time without a zone is compared with one that has a zone: Python raises a TypeError each time. */
export function findMixedTimes(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  return homes
    .filter(
      ({ module, text }) => module.language === 'python' && /\butc(?:now|fromtimestamp)\(|\bnow\(\s*\)/.test(text),
    )
    .flatMap((home) => home.module.functions.flatMap((form) => findIn(home, form, program)));
}

function findIn(home: Home, form: FunctionForm, program: readonly Home[]): FoundSlip[] {
  const found: FoundSlip[] = [];
  visitBody(form.body, (one) => {
    if (one.kind !== 'binary' || !ORDERS.test(one.operator)) return;
    const [left, right] = [one.left, one.right].map((side) => zoneOf(home, form, side, program, 0));
    if (!left || !right || left.zone === right.zone) return;
    const [naive, aware] = left.zone === 'naive' ? [left, right] : [right, left];
    if (naive.of === 'column') return;
    found.push({
      kind: 'times-mixed',
      home,
      form,
      span: one.span,
      names: {
        NAIVE: naive.text,
        AWARE: aware.text,
        WHY: aware.of === 'column' ? ', which its column gives a zone' : '',
      },
    });
  });
  return found;
}

interface Told {
  zone: Zone;
  of: 'call' | 'column';
  text: string;
}

function zoneOf(home: Home, form: FunctionForm, one: Expression, program: readonly Home[], deep: number): Told | null {
  if (deep > DEEPEST) return null;
  const text = textOf(home, one.span).replace(/\s+/g, ' ');
  const inner = (of: Expression): Told | null => zoneOf(home, form, of, program, deep + 1);
  if (one.kind === 'call') {
    if (NAIVE.test(text)) return { zone: 'naive', of: 'call', text };
    const isAware =
      AWARE.test(text) || (DJANGO.test(text) && IMPORTS_DJANGO.test(home.text) && !isWithoutZones(program));
    if (isAware && !/\)\.\w+\(/.test(text)) return { zone: 'aware', of: 'call', text };
    return null;
  }
  // More or less by some time is of the same kind.
  const sides =
    one.kind === 'binary' && one.operator === '-' ? [one.left, one.right] : one.kind === 'concat' ? one.parts : [];
  const [first, second, further] = sides;
  if (first && second && !further)
    return isSpan(second) ? inner(first) : one.kind === 'concat' && isSpan(first) ? inner(second) : null;
  if (one.kind === 'name') {
    const [set, other] = setsOf(form).get(one.name) ?? [];
    if (!set || other || set.append || set.target.kind !== 'name') return null;
    const told = zoneOf(home, form, set.value, program, deep + 1);
    return told && { ...told, text: told.of === 'call' ? `${one.name} = ${told.text}` : told.text };
  }
  return one.kind === 'field' ? columnOf(home, form, one, text, program) : null;
}

function isSpan(one: Expression): boolean {
  return one.kind === 'call' && calledName(one.of) === 'timedelta';
}

/** A column that has one zone in all classes of the program that have it; of `self`, in the class of the function. */
function columnOf(
  home: Home,
  form: FunctionForm,
  { of, name }: Extract<Expression, { kind: 'field' }>,
  text: string,
  program: readonly Home[],
): Told | null {
  if (of.kind !== 'name' || /^[A-Z]/.test(of.name)) return null;
  const owner = of.name === 'this' && form.owner !== null ? home.module.classes[form.owner] : null;
  const zones = owner ? columnsOf(home).filter((one) => one.owner === owner.id) : program.flatMap(columnsOf);
  const named = new Set(zones.filter((one) => one.name === name).map(({ zone }) => zone));
  const [zone] = named;
  if (named.size !== 1 || !zone) return null;
  if (zone === 'django')
    return isWithoutZones(program) || !usesZones(program) ? null : { zone: 'aware', of: 'column', text };
  return { zone, of: 'column', text };
}

/** The columns of a file that hold times. */
const columnsOf = memo((home: Home): { owner: number; name: string; zone: Zone | 'django' }[] =>
  home.module.language === 'python' && TIME_COLUMN.test(home.text)
    ? home.module.classes.flatMap(({ id, fields }) =>
        fields.flatMap(({ name, value }) => {
          const text = value ? textOf(home, value.span) : '';
          if (!TIME_COLUMN.test(text)) return [];
          const zone = /\bmodels\.DateTimeField\(/.test(text) ? 'django' : ZONED_COLUMN.test(text) ? 'aware' : 'naive';
          return [{ owner: id, name, zone } as const];
        }),
      )
    : [],
);

const isWithoutZones = memo((program: readonly Home[]): boolean =>
  program.some(({ text }) => /\bUSE_TZ\s*=\s*False\b/.test(text)),
);

/** Somebody in the program takes the time as Django gives it, with its zone. */
const usesZones = memo((program: readonly Home[]): boolean =>
  program.some(({ text }) => /\bUSE_TZ\s*=\s*True\b|\btimezone\.now\b/.test(text)),
);
