import type { NapiConfig, SgNode } from '@ast-grep/napi';
import { lastPart } from '../../text/last-part.ts';
import { isFunction, type RuleLanguage } from '../languages.ts';
import { byId, createIsUnder } from './is-under.ts';

const MOST_HOLDERS = 4;
const MOST_USES = 50;
const NAMES: Record<RuleLanguage, readonly string[]> = {
  typescript: ['identifier', 'property_identifier', 'private_property_identifier', 'shorthand_property_identifier'],
  python: ['identifier'],
  go: ['identifier', 'field_identifier'],
};
const MEMBERS = /^(?:selector_expression|member_expression|attribute|parenthesized_expression|non_null_expression)$/;
const ASSIGNS =
  /^(?:short_var_declaration|assignment_statement|var_spec|assignment_expression|assignment|variable_declarator|public_field_definition)$/;
const KEYED = /^(?:keyed_element|pair|keyword_argument)$/;
const DECLARES = /^(?:field_declaration|property_signature|import_specifier|parameter_declaration|required_parameter)$/;
/** What a value is part of, on the way to what it is kept in. */
const PARTS =
  /^(?:composite_literal|literal_value|literal_element|keyed_element|unary_expression|expression_list|new_expression|arguments|object|pair|argument_list|keyword_argument|as_expression|satisfies_expression|selector_expression|member_expression)$/;
/** Makes something out of its arguments. */
const MAKES =
  /^(?:_?create|make|build|new)[A-Z_]\w*$|^[A-Z]\w*$|^super$|^get\w*(?:Transport|Client|Agent|Dialer|Credentials)$/;
/** A client is copied, closed, or asked whether it is there: nothing is sent. */
const IDLE = /^(?:Clone|CloseIdleConnections|close|aclose|destroy)$/;
const COMPARES = /^(?:[!=]==?|is(?: not)?)$/;
/** A setting of what stands before it. */
const SETTING =
  /^(?:TLSClientConfig|Transport|InsecureSkipVerify|rejectUnauthorized|verify|verify_mode|check_hostname)$/;

export interface Switch {
  /** What a condition says. */
  guard: RegExp | null;
  /** What stands in a function that makes up for it. */
  checked: NapiConfig | null;
  language: RuleLanguage;
}

/**
 * Whether a place is under a switch: by a condition around it, or a check in its function; or because what keeps it (a variable,
 * a field, the function that gives it) is used in this file, and everywhere under such a condition or check; or in an option that
 * is called so (`func WithInsecure() Option { return func(c *Config) { … } }`), which holds for whoever asks for it.
 *
 * Of one file: a class of a hundred calls asks about the same uses and functions for each of them, and they are looked at once.
 */
export function createIsSwitched(how: Switch): (node: SgNode) => boolean {
  const isGuarded = createIsGuarded(how);
  const keepers = new Map<string, boolean>();
  return (node) => {
    if (isGuarded(node) || isOption(node, how)) return true;
    const keeper = findKeeper(node);
    if (keeper === null) return false;
    const isKept = keepers.get(keeper) ?? isKeptSwitched(node, keeper, { ...how, isGuarded, seen: new Set() });
    keepers.set(keeper, isKept);
    return isKept;
  };
}

interface Search extends Switch {
  isGuarded: (node: SgNode) => boolean;
  /** Names whose uses are looked at already. */
  seen: Set<string>;
}

function createIsGuarded({ guard, checked }: Switch): (node: SgNode) => boolean {
  const isUnder = guard ? byId(createIsUnder(guard)) : () => false;
  const hasCheck = byId((node) => Boolean(checked && node.find(checked)));
  return (node) => {
    if (isUnder(node)) return true;
    const outermost = checked ? node.ancestors().findLast(isFunction) : undefined;
    return outermost !== undefined && hasCheck(outermost);
  };
}

function isOption(node: SgNode, { guard }: Switch): boolean {
  if (!guard) return false;
  const around = [node, ...node.ancestors()];
  const option = around.find(isFunction);
  const maker = option?.ancestors().find(isFunction);
  const set = around.find((at) => ASSIGNS.test(String(at.kind())))?.field('left');
  const [root = ''] = /^\w+/.exec(set?.text() ?? '') ?? [];
  const isGiven =
    option
      ?.ancestors()
      .find((at) => at.kind() !== 'expression_list')
      ?.kind() === 'return_statement';
  if (!option || !maker || !isGiven || root === '') return false;
  const parameters = option.field('parameters')?.text() ?? '';
  return new RegExp(`\\b${root}\\b`).test(parameters) && guard.test(maker.field('name')?.text() ?? '');
}

function isKeptSwitched(node: SgNode, keeper: string | null, search: Search): boolean {
  const { language, seen } = search;
  if (keeper === null || seen.size >= MOST_HOLDERS) return false;
  seen.add(keeper);
  const root = node.ancestors().at(-1);
  const regex = `^${keeper.replace(/[$#]/g, '\\$&')}$`;
  const uses = root?.findAll({ rule: { any: NAMES[language].map((kind) => ({ kind, regex })) } }) ?? [];
  if (uses.length > MOST_USES) return false;
  const judged = uses.map((use) => judgeUse(use, search)).filter((one) => one !== 'idle');
  return judged.includes('switched') && !judged.includes('open');
}

function judgeUse(use: SgNode, search: Search): 'idle' | 'kept' | 'switched' | 'open' {
  const whole = climb(use);
  const parent = whole.parent();
  if (!parent || isNamed(whole, parent) || COMPARES.test(parent.field('operator')?.text() ?? '')) return 'idle';
  const isCalled = parent.field('function')?.id() === whole.id();
  if (isCalled && IDLE.test(lastName(whole))) return 'idle';
  if (search.isGuarded(whole)) return 'switched';
  if (isSpent(whole)) return 'open';
  if (use.kind() === 'shorthand_property_identifier') return 'kept';
  const given = isCalled ? parent : whole;
  // `insecure: insecure` goes on under the same name, whose uses are looked at already.
  const keeper = findKeeper(given);
  if (keeper !== null && search.seen.has(keeper)) return 'kept';
  return isKeptSwitched(given, keeper, search) ? 'switched' : 'open';
}

/** A call takes it in its settings and makes nothing: `get(url, { agent })`. */
function isSpent(whole: SgNode): boolean {
  const around = whole.ancestors();
  const at = around[around.findIndex((one) => !PARTS.test(String(one.kind())))];
  return /^call(?:_expression)?$/.test(String(at?.kind())) && !MAKES.test(lastName(at?.field('function') ?? null));
}

/** `m.insecure.RoundTrip` of `insecure`. */
function climb(use: SgNode): SgNode {
  let whole = use;
  for (let at = whole.parent(); at && MEMBERS.test(String(at.kind())); at = at.parent()) whole = at;
  return whole;
}

/** It is what is declared, assigned or named here, not what is used. */
function isNamed(whole: SgNode, parent: SgNode): boolean {
  const at = ['expression_list', 'literal_element'].includes(String(parent.kind())) ? parent.parent() : parent;
  if (DECLARES.test(String(parent.kind()))) return true;
  const named = at?.field('left') ?? at?.field('name') ?? (KEYED.test(String(at?.kind())) ? at?.child(0) : null);
  return [whole.id(), parent.id()].includes(named?.id() ?? -1);
}

/** Under which name a value is kept: what it is assigned to, the key of a literal, the function that returns it. */
function findKeeper(node: SgNode): string | null {
  const isReference = !PARTS.test(String(node.kind())) || MEMBERS.test(String(node.kind()));
  for (const at of [node, ...node.ancestors()]) {
    const kind = String(at.kind());
    if (ASSIGNS.test(kind)) return nameOf(at.field('left') ?? at.field('name'));
    if (kind === 'return_statement') return at.ancestors().find(isFunction)?.field('name')?.text() ?? null;
    if (isReference && KEYED.test(kind)) return nameOf(at.child(0));
    const isMade = /^call(?:_expression)?$/.test(kind) && MAKES.test(lastName(at.field('function')));
    if (at.id() !== node.id() && !PARTS.test(kind) && !isMade) return null;
  }
  return null;
}

/** The variable or field itself, where a setting of it is assigned. */
function nameOf(target: SgNode | null): string | null {
  if (!target) return null;
  const parts = target.text().slice(0, 200).split('.');
  const name = parts.at(-1) ?? '';
  const whole = SETTING.test(name) && parts.length > 1 && !/^(?:this|self)$/.test(parts.at(-2) ?? '');
  const kept = whole ? (parts.at(-2) ?? '') : name;
  return /^[#$\w]+$/.test(kept) ? kept : null;
}

function lastName(node: SgNode | null): string {
  return lastPart(node?.text().slice(-200) ?? '');
}
