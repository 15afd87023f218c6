import type { Home } from '../../flows/values/value.ts';
import type { ClassForm, FunctionForm } from '../../languages/form.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** Source: docs.djangoproject.com, Built-in class-based views API. */
const VIEW = /^(?:\w+\.)*(?:Template|Redirect|List|Detail|Create|Update|Delete|Form)?View$/;
const CHANGES_BY_ITSELF = /^(?:\w+\.)*(?:Create|Update|Delete)View$/;
const GUARD =
  /^(?:\w+\.)*(?:LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin|\w*(?:Staff|Admin|Superuser)Required\w*)$/;
/** It keeps nobody out. */
const HARMLESS =
  /^(?:\w+\.)*(?:SuccessMessageMixin|ContextMixin|SingleObjectMixin|MultipleObjectMixin|FormMixin|ModelFormMixin|TemplateResponseMixin|object)$/;
const METHOD = /^(?:post|put|patch|delete)$/;
const CHANGES =
  /\.(?:a?save|a?delete|a?update|a?create|bulk_\w+|add|remove|clear|set|get_or_create|update_or_create)\(/;
/** It asks in another way. */
const ASKS =
  /request\.(?:user|auth|session)\b|_required|permission|has_perm|token|secret|signature|hmac|api_?key|40[13]\b|[fF]orbidden|Denied|def (?:dispatch|setup|test_func|get_queryset|get_object)\b/;
const OPEN =
  /login|logout|regist|sign|auth|token|password|reset|verif|confirm|activat|webhook|hook|callback|public|contact|invit|health|anonymous|subscri|feedback|consent|cookie|language|locale/i;
const SIBLINGS = 3;
/** Their names are looked for in one another. */
const MOST_CLASSES = 200;

interface View {
  one: ClassForm;
  guard: string | null;
  bases: readonly string[];
}

/**
 * A view of Django that changes something has no mixin that asks who comes, while at least three others of the file have the same one.
 * What has a base that is not known here is neither the one nor the other.
 */
export function findUnguardedClasses(homes: readonly Home[]): FoundSlip[] {
  return homes.flatMap((home) =>
    home.module.language === 'python' && /^from django\.(?:views|contrib)/m.test(home.text) ? findIn(home, homes) : [],
  );
}

function findIn(home: Home, homes: readonly Home[]): FoundSlip[] {
  const { classes } = home.module;
  if (classes.length <= SIBLINGS || classes.length > MOST_CLASSES) return [];
  const views = viewsOf(home);
  const guards = Map.groupBy(
    views.filter(({ guard }) => guard !== null),
    ({ guard }) => guard ?? '',
  );
  const [first] = [...guards.values()].sort((a, b) => b.length - a.length);
  const guarded = views.filter(({ guard }) => guard !== null).length;
  const open = views.filter(({ guard }) => guard === null);
  // Where several lack it, it is meant so.
  if (!first?.[0]?.guard || first.length < SIBLINGS || open.length * 3 > guarded) return [];
  const [sibling] = first;
  return open.flatMap((view): FoundSlip[] => {
    const form = changesIn(home, view);
    if (!form || OPEN.test(view.one.name) || isWrapped(homes, view.one.name)) return [];
    return [
      {
        kind: 'method-unguarded',
        home,
        form,
        span: form.owner === view.one.id ? form.at : [view.one.span[0], view.one.span[0] + 1],
        names: {
          METHOD: form.owner === view.one.id ? `${view.one.name}.${form.name}` : view.one.name,
          GUARD: sibling.guard ?? '',
          FOR: 'for whoever sends the request',
          BESIDE: `${first.length} views of this file`,
          SIBLING: [sibling.one.span[0], sibling.one.span[0] + 1],
        },
      },
    ];
  });
}

function viewsOf(home: Home): View[] {
  const classes = new Map(home.module.classes.map((one) => [one.name, one]));
  return home.module.classes.flatMap((one) => {
    const bases = basesOf(home, one, classes, 0);
    const known = bases?.filter((base) => VIEW.test(base)) ?? [];
    if (!bases || known.length === 0) return [];
    if (one.decorators.length > 0) return [];
    return [{ one, guard: bases.find((base) => GUARD.test(base))?.replace(/^.*\./, '') ?? null, bases: known }];
  });
}

const MOST_DEEP = 3;

/** With those of the bases that stand in the same file; null: one of them is not known. */
function basesOf(
  home: Home,
  one: ClassForm,
  classes: ReadonlyMap<string, ClassForm>,
  depth: number,
): readonly string[] | null {
  const found: string[] = [];
  for (const { span } of one.bases.slice(0, 6)) {
    const base = textOf(home, span);
    const own = classes.get(base);
    if (own && own !== one && depth < MOST_DEEP) {
      const further = basesOf(home, own, classes, depth + 1);
      if (!further) return null;
      found.push(...further);
    } else if (VIEW.test(base) || GUARD.test(base)) found.push(base);
    else if (!HARMLESS.test(base)) return null;
  }
  return found;
}

/** The method that changes something, and asks nobody; or any function of the file, where the class does it by what it extends. */
function changesIn(home: Home, { one, bases }: View): FunctionForm | null {
  if (ASKS.test(textOf(home, one.span))) return null;
  const methods = one.methods.flatMap((id) => home.module.functions[id] ?? []);
  const written = methods.find((form) => METHOD.test(form.name) && CHANGES.test(textOf(home, form.span)));
  if (written) return written;
  return bases.some((base) => CHANGES_BY_ITSELF.test(base)) ? (home.module.functions[0] ?? null) : null;
}

/** `login_required(PatientArchive.as_view())` of the file that gives it a path. */
function isWrapped(homes: readonly Home[], name: string): boolean {
  const wrapped = new RegExp(
    String.raw`(?<!\w)\w{0,60}(?:required|guard|auth|staff|protect|permission|passes_test|decorat)\w{0,60}\([^\n]{0,120}\b${escapeRegExp(name)}\.as_view`,
    'i',
  );
  return homes.some(({ text }) => text.includes(`${name}.as_view`) && wrapped.test(text));
}
