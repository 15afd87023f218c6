import { memo } from '../../../../languages/memo.ts';
import { listWaysIn } from '../compare-security.ts';
import { resolveRef } from '../resolve-ref.ts';
import { MUTATIONS, OPEN_BY_NATURE, type Spot, schemesOf, textOf, type View, wordsOf } from './view.ts';

const ADMIN = /(?:^|\/)(?:admins?|administration|superusers?|internal|actuator|debug)(?:\/|$)/i;

/** Compared with its siblings: a specification that never speaks of credentials says nothing about one operation. */
export function checkSecurity(view: View): void {
  const { root, operations, note } = view;
  const ways = new Map(operations.map((one) => [one, listWaysIn(root, one.node)] as const));
  const isOpen = (one: (typeof operations)[number]): boolean => ways.get(one)?.some((way) => way.size === 0) ?? true;
  const closed = operations.filter((one) => !isOpen(one)).length;
  const isMeant = (one: (typeof operations)[number]): boolean =>
    // Who registers a client of OAuth has no credentials yet.
    OPEN_BY_NATURE.test(wordsOf(one)) || [...one.parameters.keys()].some((key) => /redirect_?uri/i.test(key));
  const open = operations.filter((one) => MUTATIONS.has(one.method) && !isMeant(one) && isOpen(one));
  // Where few operations speak of credentials, the others merely do not.
  if (closed >= open.length * 2)
    for (const { name, node } of open) note('open-mutation', node, name, { NAME: name, WHERE: String(closed) });
  checkAdmin(view, ways, closed);
  checkSchemes(view);
  checkNames(view);
}

/** What only a few may call, described as open to everybody, or to everybody who has an account. */
function checkAdmin(
  { operations, note, noteOnce }: View,
  ways: ReadonlyMap<object, readonly ReadonlySet<string>[]>,
  closed: number,
): void {
  const keyOf = (one: object): string => keyOfWays(ways.get(one) ?? []);
  const [admin, others] = [true, false].map((wanted) => operations.filter(({ path }) => ADMIN.test(path) === wanted));
  if (!admin || !others || closed === 0) return;
  const isOpen = (one: object): boolean => ways.get(one)?.some((way) => way.size === 0) ?? true;
  const open = admin.filter((one) => isOpen(one) && !OPEN_BY_NATURE.test(one.path));
  if (open.length <= closed)
    for (const { name, node } of open.filter(({ method }) => !MUTATIONS.has(method)))
      note('open-admin', node, name, { NAME: name, WHERE: String(closed) });
  // Where no scope tells one caller from another, a role is asked for in the code.
  const ordinary = new Set(others.filter((one) => !isOpen(one)).map(keyOf));
  const tells = [...new Set(ways.values())].flat().some((way) => [...way].some((one) => one.includes(': ')));
  const alike = admin.filter((one) => !isOpen(one) && ordinary.has(keyOf(one)));
  if (tells)
    noteOnce(
      'admin-like-others',
      alike.map(({ node, name }) => ({ node, name: `\`${name}\`` })),
    );
}

const keyOfWays = memo((ways: readonly ReadonlySet<string>[]) =>
  JSON.stringify(ways.map((way) => [...way].toSorted(byText).join()).toSorted(byText)),
);

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of HTTP's schemes. Source: iana.org/assignments/http-authschemes. */
const REGISTERED =
  /^(?:basic|bearer|concealed|digest|dpop|gnap|hoba|mutual|negotiate|oauth|privatetoken|scram-sha-1|scram-sha-256|vapid)$/i;
/** OAuth 1.0 is RFC 5849, which RFC 6749 replaces; `digest` is made with MD5 by most (RFC 7616, 5.1). */
const OUTDATED = /^(?:digest|oauth)$/i;

function checkSchemes({ root, note }: View): void {
  for (const [name, scheme] of schemesOf(root)?.members ?? []) {
    const { node } = resolveRef(root, scheme);
    const type = textOf(node, 'type');
    const word = type === 'http' ? textOf(node, 'scheme') : type === 'basic' ? 'basic' : '';
    if (/^basic$/i.test(word)) note('basic-scheme', node, name, { NAME: name, WHERE: word });
    else if (OUTDATED.test(word)) note('outdated-scheme', node, name, { NAME: name, WHERE: word });
    else if (word !== '' && !REGISTERED.test(word))
      note('scheme-unregistered', node, name, { NAME: name, WHERE: word });
  }
}

/** A requirement that names what nobody defines opens nothing, or everything. */
function checkNames({ root, operations, noteOnce }: View): void {
  const given = schemesOf(root);
  // What stands in another file is not known.
  if (!given?.members || given.members.size === 0 || given.members.has('$ref')) return;
  const undefinedSpots: Spot[] = [];
  const scopeSpots: Spot[] = [];
  for (const { owner, name } of [
    { owner: root, name: 'the whole document' },
    ...operations.map(({ node, name: own }) => ({ owner: node, name: `\`${own}\`` })),
  ])
    for (const item of owner.members?.get('security')?.items ?? [])
      for (const [scheme, scopes] of item.members ?? []) {
        const known = given.members.get(scheme);
        if (!known) {
          if (!/[/:#]/.test(scheme)) undefinedSpots.push({ node: item, name: `${name} (\`${scheme}\`)` });
          continue;
        }
        const offered = listScopes(resolveRef(root, known).node);
        for (const { value } of scopes.items ?? [])
          if (offered && !offered.has(String(value))) scopeSpots.push({ node: item, name: `${name} (\`${value}\`)` });
      }
  noteOnce('scheme-undefined', undefinedSpots);
  noteOnce('scope-undefined', scopeSpots);
}

/** Those of all flows; null: it is no OAuth. */
function listScopes(scheme: Spot['node']): Set<string> | null {
  if (textOf(scheme, 'type') !== 'oauth2') return null;
  const flows = [...(scheme.members?.get('flows')?.members?.values() ?? []), scheme];
  const scopes = flows.flatMap((flow) => [...(flow.members?.get('scopes')?.members?.keys() ?? [])]);
  return scopes.length === 0 ? null : new Set(scopes);
}
