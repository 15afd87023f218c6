import { type Field, listFields, listRequestSchemas } from './list-fields.ts';
import { type Spot, type View, wordsOf } from './view.ts';

/** Texts of these are as long as their form is. */
const FORMED = /^(?:date|date-time|time|duration|uuid|ipv4|ipv6|email|idn-email|hostname|binary)$/;
/** Who has these may do more than others. */
const ABOVE =
  /^(?:is_?)?(?:admin|staff|super_?user|root|moderator)$|^(?:roles?|permissions?|privileges?|role_?ids?)$|^(?:email_?)?verified$|^(?:balance|credits?)$/i;
/** People write these about themselves. */
const SELF = /regist|sign-?_?up|(?:^|\/)(?:me|self|profile)(?:\/|$)/i;
/** Addresses that the server itself calls; those that are only kept and shown have other names. */
const CALLED =
  /^(?:(?:web_?hook|call_?back|target|source|import|fetch|feed|remote|notify|notification|proxy|download|scrape)[-_]?(?:url|uri|endpoint|address)|webhook|callback)$/i;
/** Any address of these is called. */
const CALLS = /web-?_?hook|import|notif|fetch|proxy|scrape|feed|crawl|mirror|monitor|by-?_?url|from-?_?url|download/i;

/** What callers may put into the body of a request. */
export function checkBodies(view: View): void {
  const { root, operations, noteOnce } = view;
  const fields = listFields(root, listRequestSchemas(root, operations));
  checkLimits(view, fields);
  noteOnce('open-body', fields.filter(isOpen).map(spotOf));
  noteOnce('privileged-field', fields.filter(isPrivileged).map(spotOf));
  noteOnce('address-from-caller', fields.filter(isCalled).map(spotOf));
}

function spotOf({ name, node, operation }: Field): Spot {
  const what = name === '' ? 'the body' : `\`${name}\``;
  return { node, name: `${what} of \`${operation.name}\`` };
}

function isTrue({ node }: Field, key: string): boolean {
  return node.members?.get(key)?.value === true;
}

/** Members are named, and any other is taken as well. */
function isOpen(field: Field): boolean {
  return field.schema.properties.size > 0 && isTrue(field, 'additionalProperties');
}

function isPrivileged(field: Field): boolean {
  const { name, operation } = field;
  return ABOVE.test(name) && SELF.test(operation.path) && !/admin/i.test(operation.path) && !isTrue(field, 'readOnly');
}

function isCalled(field: Field): boolean {
  const { name, schema, node, operation } = field;
  const isNamed = CALLED.test(name) || (/^(?:url|uri|endpoint)$/i.test(name) && CALLS.test(wordsOf(operation)));
  const isFree = schema.types?.has('string') === true && !schema.values && !node.members?.has('pattern');
  return isNamed && isFree && !isTrue(field, 'readOnly');
}

/** Compared with its siblings where most have a limit; else it is one wish for the whole document. */
function checkLimits({ noteOnce, note }: View, fields: readonly Field[]): void {
  const asked = fields.flatMap((field) => {
    const missing = limitOf(field);
    return missing === null ? [] : [{ field, missing }];
  });
  const open = asked.filter(({ missing }) => missing !== '');
  const isUsual = asked.length >= 4 && open.length * 2 <= asked.length;
  if (!isUsual) {
    const spots = open.map(({ field, missing }) => ({ node: field.node, name: `${spotOf(field).name} (${missing})` }));
    noteOnce('input-without-limit', spots);
    return;
  }
  for (const [operation, own] of Map.groupBy(open, ({ field }) => field.operation)) {
    const names = own.map(
      ({ field, missing }) => `${field.name === '' ? 'the body' : `\`${field.name}\``} (${missing})`,
    );
    const [first] = own;
    const values = { NAME: [...new Set(names)].slice(0, 3).join(', '), WHERE: operation.name };
    if (first) note('input-without-limit-here', first.field.node, operation.name, values);
  }
}

/** The limit that a value lacks; empty: it has one; null: it needs none. */
function limitOf(field: Field): string | null {
  const { types, limits, format, values, others, properties } = field.schema;
  const has = (...keys: string[]): boolean => keys.some((key) => limits.has(key) || field.node.members?.has(key));
  const [kind, second] = [...(types ?? [])].filter((type) => type !== 'null');
  if (second !== undefined || isTrue(field, 'readOnly')) return null;
  if (kind === 'string') {
    if (values || (format !== null && FORMED.test(format))) return null;
    return has('maxLength', 'pattern') ? '' : 'no `maxLength`';
  }
  if (kind === 'array') return has('maxItems') ? '' : 'no `maxItems`';
  if (kind === 'integer') {
    if (values) return null;
    return has('maximum', 'exclusiveMaximum') || format === 'int32' || format === 'int64'
      ? ''
      : 'an integer without `maximum` or `format`';
  }
  if (kind === 'object' && others && properties.size === 0) return has('maxProperties') ? '' : 'no `maxProperties`';
  return null;
}
