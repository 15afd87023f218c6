import type { Home } from '../../flows/values/value.ts';
import type { ClassForm, FunctionForm } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { cutText } from '../../text/cut-text.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import { MOST_LOOKS } from './limits.ts';
import type { FoundSlip } from './slip.ts';
import { tellSiblings } from './tell-siblings.ts';

/** The caller, as a class of views knows him. */
const CALLER = String.raw`(?:self\.)?request\.(?:user|tenant|organi[sz]ation|account|team|workspace|company)\b`;
/** `organization=self.request.user.membership.organization`, `for_user(request.user)` */
const BY_CALLER = new RegExp(String.raw`\b(?<column>[a-z]\w*?)(?:__in)?\s*=\s*(?:\w+\()?(?:${CALLER})`);
const OWNER =
  /^(?:\w+__)?(?:tenant|org|organi[sz]ation|workspace|company|account|team|owner|user|customer|author|created_by|creator|member|members|users)(?:_id|_pk|__id|__pk)?$/i;
const GETTER = /\n[ \t]+def get_queryset\([^]*?(?=\n[ \t]{0,4}(?:async def|def|@|class)\b|$)/;
const ANY_ROWS = String.raw`(?<model>[A-Z]\w*)\.objects\.(?:all|select_related|prefetch_related|order_by|annotate|only|defer)\(`;
/** Who may come, or which rows there are, is decided in another way. */
const DECIDED =
  /IsAdmin|IsStaff|Admin|Staff|Superuser|has_perm|permission_required|PermissionRequired|PassesTest|DjangoModelPermissions|ObjectPerm|filter_backends|def (?:filter_queryset|get_object|check_\w+|initial|dispatch|get_permissions)\b|super\(\)\.get_queryset|AllowAny|public/i;
const FOR_ALL = /admin|staff|internal|backoffice|public|webhook|\btasks?\b|command|migration|report|export_all/i;
/** Source: django-rest-framework.org/api-guide/generic-views, viewsets. */
const VIEWS =
  /^(?:\w+\.)*(?:(?:ReadOnly)?ModelViewSet|GenericViewSet|ViewSet|APIView|\w+APIView|\w+ModelMixin|LoginRequiredMixin|(?:List|Detail|Update|Delete)View)$/;
/** Source: django-rest-framework.org/api-guide/relations: what is looked up among these rows. */
const RELATED = new RegExp(
  String.raw`\n[ \t]+(?<field>\w+)\s*=\s*(?:serializers\.)?(?:PrimaryKeyRelatedField|SlugRelatedField)\((?<before>[^()]{0,200}?)\bqueryset\s*=\s*(?<model>[A-Z]\w*)\.objects(?:\.all\(\))?(?<after>[^()]{0,200})\)`,
  'g',
);

interface Scope {
  home: Home;
  name: string;
  model: string;
  column: string;
  code: string;
}

/**
 * A class of views gives the rows of everybody, or a serialiser takes any row, while the classes beside it ask for those of the caller.
 * The class of the row is there, and it has an owner.
 */
export function findOpenGetters(homes: readonly Home[], program: readonly Home[]): FoundSlip[] {
  const scopes = program.flatMap(scopesOf);
  if (scopes.length === 0) return [];
  return homes
    .filter(({ module, path }) => module.language === 'python' && !FOR_ALL.test(path))
    .flatMap((home) =>
      home.module.classes.flatMap((one) => [
        ...inViews(home, one, scopes, program),
        ...inSerializer(home, one, scopes, program),
      ]),
    );
}

/** The classes of a file that give the rows of the caller alone. */
const scopesOf = memo((home: Home): readonly Scope[] =>
  home.module.language !== 'python' || !/def get_queryset/.test(home.text)
    ? []
    : home.module.classes.slice(0, MOST_CLASSES).flatMap((one) => {
        const [getter = ''] = GETTER.exec(textOf(home, one.span)) ?? [];
        const found = BY_CALLER.exec(getter);
        const [, model = ''] = /\b([A-Z]\w*)\.objects\b/.exec(getter) ?? [];
        const column = found?.groups?.column ?? '';
        return found && model !== '' && OWNER.test(column)
          ? [{ home, name: one.name, model, column, code: found[0].replace(/\s+/g, ' ') }]
          : [];
      }),
);

const MOST_CLASSES = 300;

function inViews(home: Home, one: ClassForm, scopes: readonly Scope[], program: readonly Home[]): FoundSlip[] {
  const text = textOf(home, one.span);
  const bases = one.bases.map(({ span }) => textOf(home, span));
  if (bases.length === 0 || !bases.every((base) => VIEWS.test(base))) return [];
  if (DECIDED.test(headless(text)) || FOR_ALL.test(one.name)) return [];
  const getter = GETTER.exec(text);
  const open = getter ? openIn(getter[0]) : FIELD.exec(text);
  const model = open?.groups?.model;
  if (!open || model === undefined || (!getter && /\brequest\.user\b/.test(text))) return [];
  const siblings = siblingsOf(home, one.name, model, scopes);
  const column = siblings[0] && ownerOf(model, siblings, program);
  if (!siblings[0] || !column) return [];
  const at = one.span[0] + (getter?.index ?? 0) + open.index + (open[0].length - open[0].trimStart().length);
  return [hitOf(home, at, { model, siblings, code: open[0], first: siblings[0] })];
}

const FIELD = new RegExp(
  String.raw`\n[ \t]+queryset\s*=\s*(?:${ANY_ROWS}[^\n]*|(?<whole>[A-Z]\w*)\.objects[ \t]*(?=\n))`,
);
const RETURNED = new RegExp(String.raw`\n[ \t]+return\s+${ANY_ROWS}[^\n]*`);

/** A getter that has one way out, and names nobody. */
function openIn(getter: string): RegExpExecArray | null {
  if (
    /\brequest\b|\.user\b|\bkwargs\b|\bself\.(?!serializer|action)\w+|\bfilter\(|\bexclude\(|\bnone\(|\bif\b/.test(
      getter,
    )
  )
    return null;
  return RETURNED.exec(getter);
}

function inSerializer(home: Home, one: ClassForm, scopes: readonly Scope[], program: readonly Home[]): FoundSlip[] {
  const text = textOf(home, one.span);
  if (!text.includes('RelatedField(') || FOR_ALL.test(one.name)) return [];
  if (/\.queryset\s*=|def (?:__init__|get_fields|get_extra_kwargs)\b/.test(text)) return [];
  return [...text.matchAll(RELATED)].slice(0, MOST_LOOKS).flatMap((found) => {
    const { field = '', model = '', before = '', after = '' } = found.groups ?? {};
    if (/read_only\s*=\s*True/.test(`${before}${after}`)) return [];
    // It is looked at when it is there.
    const behind = text.slice(found.index + found[0].length);
    const checks = new RegExp(
      String.raw`\bdef validate(?:_${escapeRegExp(field)})?\([^]*?(?=\n[ \t]{0,4}def\b|$)`,
      'g',
    );
    if ([...behind.matchAll(checks)].some(([check]) => /request|user|context|permission|owner|tenant|org/.test(check)))
      return [];
    const siblings = scopes.filter((scope) => scope.model === model);
    if (!siblings[0] || !ownerOf(model, siblings, program)) return [];
    const at = one.span[0] + found.index + (found[0].length - found[0].trimStart().length);
    return [hitOf(home, at, { model, siblings, code: found[0], first: siblings[0] })];
  });
}

/** Of the same rows, or two at least in this file, of which one asks for them by a column that these rows have, too. */
function siblingsOf(home: Home, name: string, model: string, scopes: readonly Scope[]): Scope[] {
  const others = scopes.filter((one) => one.name !== name);
  const same = others.filter((one) => one.model === model);
  if (same.length > 0) return same;
  const here = others.filter((one) => one.home === home);
  return here.length >= FEW ? here : [];
}

const FEW = 2;

/** The rows have the owner that the siblings ask for: themselves, or by what they belong to. */
function ownerOf(model: string, siblings: readonly Scope[], program: readonly Home[], deep = 0): boolean {
  const columns = new Set(siblings.map(({ column }) => column.replace(/^\w+__/, '').replace(/_(?:id|pk)$/, '')));
  const own = relationsOf(program).get(model);
  if (!own) return siblings.some((one) => one.model === model);
  if (own.some(({ name }) => columns.has(name))) return true;
  return deep < 1 && own.slice(0, MOST_LOOKS).some(({ to }) => to !== model && ownsItself(to, columns, program));
}

/** `Shipment.order`, of an order that has an owner. */
function ownsItself(model: string, columns: ReadonlySet<string>, program: readonly Home[]): boolean {
  return (relationsOf(program).get(model) ?? []).some(({ name }) => columns.has(name));
}

/** What the rows of each class belong to. */
const relationsOf = memo((program: readonly Home[]): ReadonlyMap<string, { name: string; to: string }[]> => {
  const found = new Map<string, { name: string; to: string }[]>();
  for (const home of program)
    if (home.module.language === 'python' && /ForeignKey\(|OneToOneField\(/.test(home.text))
      for (const { name, fields } of home.module.classes)
        if (!found.has(name))
          found.set(
            name,
            fields.flatMap((field) => {
              const [, to = ''] =
                /^(?:models\.)?(?:ForeignKey|OneToOneField)\(\s*(?:to\s*=\s*)?["']?(?:[\w.]+\.)?(\w+)/.exec(
                  field.value ? textOf(home, field.value.span) : '',
                ) ?? [];
              return to === '' ? [] : [{ name: field.name, to }];
            }),
          );
  return found;
});

/** Without the line of the class itself. */
function headless(text: string): string {
  return text.slice(text.indexOf('\n'));
}

function hitOf(
  home: Home,
  at: number,
  { model, siblings, code, first }: { model: string; siblings: readonly Scope[]; code: string; first: Scope },
): FoundSlip {
  const [top] = home.module.functions;
  return {
    kind: 'rows-of-all',
    home,
    form: top as FunctionForm,
    span: [at, at + 1],
    names: {
      CODE: cutText(
        code
          .trim()
          .replace(/\s+/g, ' ')
          .replace(/^return /, ''),
        MOST_SHOWN,
      ),
      MODEL: model,
      SIBLINGS: tellSiblings(siblings.map(({ name }) => name)),
      ASKED: first.code,
    },
  };
}

const MOST_SHOWN = 80;
