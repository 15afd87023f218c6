import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm } from '../../languages/form.ts';
import { textOf } from './call-chain.ts';
import { findUnguardedClasses } from './find-unguarded-classes.ts';
import type { FoundSlip } from './slip.ts';

const GUARD = /permission|login|auth(?!or\b)|allow|require|role|access|admin|member/i;
const CHANGES = /^(?:post|put|patch|delete|create|update|partial_update|destroy)$/;
/** It, or the class, asks in another way. */
const ASKS =
  /permission|request\.(?:user|auth)\b|current_user|\bowner|member|role|check_|\bcan_|has_\w*perm|token|secret|signature|hmac|40[13]|[fF]orbidden|Denied|initial\(|dispatch\(|decorators\s*=/;
/** Who made a row is no question of who may. */
const MADE_BY = /\b\w+\s*=\s*(?:self\.)?request\.user(?:\.\w+)?\s*(?=[,)\n])/g;
const OPEN =
  /login|logout|regist|sign|auth|token|password|reset|verif|confirm|activat|webhook|hook|callback|public|contact|invit|health|anonymous/i;
const SIBLINGS = 3;

/**
 * A method of a view that changes something has no guard, while the methods of the file that are given the same have one each: it is
 * a decorator that is easy to forget.
 */
export function findUnguardedMethods(homes: readonly Home[]): FoundSlip[] {
  return [
    ...homes.flatMap((home) => (home.module.language === 'python' ? findIn(home) : [])),
    ...findUnguardedClasses(homes),
  ];
}

function findIn(home: Home): FoundSlip[] {
  const given = ({ parameters }: FunctionForm): string[] =>
    parameters.map(({ name }) => name).filter((name) => name !== 'self');
  const methods = home.module.functions.filter((form) => form.owner !== null && given(form)[0] === 'request');
  const groups = Map.groupBy(methods, (form) => given(form)[1] ?? '');
  return [...groups].flatMap(([parent, group]) => {
    const guarded = group.flatMap((form) => {
      const name = guardOf(home, form);
      return name === null ? [] : [{ form, name }];
    });
    const [first] = guarded;
    if (parent === '' || !first || guarded.length < SIBLINGS) return [];
    const { name } = first;
    const siblings = guarded.filter((one) => one.name === name);
    const open = group.filter((form) => guardOf(home, form) === null && CHANGES.test(form.name) && isOpen(home, form));
    if (
      siblings.length < SIBLINGS ||
      open.length > siblings.length ||
      !siblings.some(({ form }) => CHANGES.test(form.name))
    )
      return [];
    return open.map((form): FoundSlip => {
      const own = home.module.classes[form.owner ?? -1];
      return {
        kind: 'method-unguarded',
        home,
        form,
        span: form.at,
        names: {
          METHOD: `${own?.name ?? ''}.${form.name}`,
          GUARD: `@${name}`,
          FOR: `under \`${parent}\` for whoever is logged in`,
          BESIDE: 'the methods beside it that are given the same',
          SIBLING: siblings[0]?.form.at ?? form.at,
        },
      };
    });
  });
}

/** The name of a decorator that keeps people out. */
function guardOf(home: Home, { decorators }: FunctionForm): string | null {
  for (const { span } of decorators) {
    const [, name = ''] = /^@?([\w.]+)/.exec(textOf(home, span)) ?? [];
    if (GUARD.test(name)) return name;
  }
  return null;
}

function isOpen(home: Home, form: FunctionForm): boolean {
  const own = home.module.classes[form.owner ?? -1];
  if (!own || OPEN.test(`${own.name} ${form.name}`) || form.body.length === 0) return false;
  const bases = own.bases.map(({ span }) => textOf(home, span)).join(' ');
  if (/Mixin|Permission|Login|Auth|Admin|Owner/.test(bases)) return false;
  const [first] = own.methods.map((id) => home.module.functions[id]?.span[0] ?? own.span[1]).sort((a, b) => a - b);
  const head = home.text.slice(own.span[0], first ?? own.span[1]);
  const body = home.text.slice(form.body[0]?.span[0] ?? form.span[0], form.span[1]);
  return !/permission_classes|decorators|authentication_classes/.test(head) && !ASKS.test(body.replace(MADE_BY, ' '));
}
