import type { Comparison, ContractHit, Hit } from '../hit.ts';
import { listWaysIn } from './compare-security.ts';
import { listOperations, type Operation } from './list-operations.ts';
import { parseSpec, type SpecNode } from './parse-spec.ts';
import { readSchema } from './read-schema.ts';
import { resolveRef } from './resolve-ref.ts';

/** Operations that are called without credentials: by people who have none yet, or by another service that signs its requests. */
const OPEN_BY_NATURE =
  /log-?in|sign-?(in|up)|log-?out|regist|auth|token|session|password|passcode|otp|mfa|verif|confirm|invit|reset|forgot|recover|webhook|callback|hook|public|health|ping|csrf|captcha|unsubscribe|telemetry|oidc|saml|sso|jwks|setup|install|bootstrap|super-?_?admin|first-?_?(?:user|run)/i;
const MUTATIONS = new Set(['post', 'put', 'patch', 'delete']);
const SECRET_NAME =
  /^(x-)?(api[-_]?key|(access|auth|id|refresh|bearer|session)[-_]?token|token|password|passwd|pwd|(client[-_]?)?secret|authorization|jwt|private[-_]?key)$/i;
const ONCE = /verif|recover|confirm|invit|reset|unsubscribe|log-?out|magic|callback/i;
const SOCKET = /web-?_?socket|\/wss?(?:\/|$)|event-?source|\/sse(?:\/|$)/i;
const PAGE =
  /limit|page|per_?page|size|offset|cursor|first|last|after|before|take|top|count|max|skip|start|range|since|ids?(?:\[\])?$/i;
const MOST_WHOLE = 10;
const LOCAL =
  /^http:\/\/(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w-]+(:|\/|$)|([^/]*\.)?example\.(com|net|org)(:|\/|$)|[^/]*\.(local|localhost|internal|test|example|svc)(:|\/|$)|[^/]*\{)/i;

/** What of OWASP's list for APIs a specification alone shows, where it hurts: the rest is in the code. */
export function checkSpec(text: string): Comparison {
  const root = parseSpec(text);
  if (typeof root === 'string') return { hits: [], gap: root };
  const hits: Hit[] = [];
  const note = (kind: ContractHit, node: SpecNode, symbol: string, values: Hit['values']): void => {
    const line = { startLine: node.startLine, endLine: node.startLine };
    hits.push({ kind, place: { base: null, head: line, up: null }, symbol, values });
  };
  const operations = [...listOperations(root).values()];
  checkSecurity(root, operations, note);
  checkTransport(root, note);
  for (const operation of operations) checkParameters(operation, note);
  checkLists(root, operations, note);
  return { hits, gap: null };
}

type Note = (kind: ContractHit, node: SpecNode, symbol: string, values: Hit['values']) => void;

/** Compared with its siblings: a specification that never speaks of credentials says nothing about one operation. */
function checkSecurity(root: SpecNode, operations: readonly Operation[], note: Note): void {
  const isOpen = ({ node }: Operation): boolean => listWaysIn(root, node).some((way) => way.size === 0);
  const closed = operations.filter((one) => !isOpen(one)).length;
  const open = operations.filter((one) => {
    const words = `${one.path} ${String(one.node.members?.get('operationId')?.value ?? '')} ${tagsOf(one.node)}`;
    // Who registers a client of OAuth has no credentials yet.
    const isClient = [...one.parameters.keys()].some((key) => /redirect_?uri/i.test(key));
    return MUTATIONS.has(one.method) && !isClient && !OPEN_BY_NATURE.test(words) && isOpen(one);
  });
  // Where few operations speak of credentials, the others merely do not.
  if (closed < open.length * 2) return;
  for (const { name, node } of open) note('open-mutation', node, name, { NAME: name, WHERE: String(closed) });
}

function tagsOf(node: SpecNode): string {
  return (node.members?.get('tags')?.items ?? []).map(({ value }) => String(value)).join(' ');
}

function checkTransport(root: SpecNode, note: Note): void {
  for (const server of root.members?.get('servers')?.items ?? []) {
    const url = server.members?.get('url');
    const address = typeof url?.value === 'string' ? url.value : '';
    if (url && address.startsWith('http://') && !LOCAL.test(address))
      note('plain-http', url, address, { NAME: address, WHERE: 'servers' });
  }
  const schemes = root.members?.get('schemes');
  const names = (schemes?.items ?? []).map(({ value }) => String(value));
  const host = String(root.members?.get('host')?.value ?? '');
  if (schemes && names[0] === 'http' && host !== '' && !LOCAL.test(`http://${host}`))
    note('plain-http', schemes, 'schemes', { NAME: `http://${host}`, WHERE: 'schemes' });
  const given =
    root.members?.get('components')?.members?.get('securitySchemes') ?? root.members?.get('securityDefinitions');
  for (const [name, scheme] of given?.members ?? []) {
    const { node } = resolveRef(root, scheme);
    const word = (key: string): string => String(node.members?.get(key)?.value ?? '');
    if (word('type') === 'apiKey' && word('in') === 'query')
      note('credential-in-url', node, name, { NAME: word('name'), WHERE: name });
    const flows = [...(node.members?.get('flows')?.members?.keys() ?? []), word('flow')];
    const old = flows.find((flow) => flow === 'implicit' || flow === 'password');
    if (old) note('outdated-flow', node, name, { NAME: old, WHERE: name });
  }
}

function checkParameters({ name, parameters }: Operation, note: Note): void {
  for (const [key, node] of parameters) {
    const [place, ...rest] = key.split(' ');
    const parameter = rest.join(' ');
    // What stands in a link that was mailed is used once; a page that opens a web socket can send no header.
    const isOnlyWay = /token$/i.test(parameter) && (ONCE.test(name) || SOCKET.test(name));
    if (place === 'query' && SECRET_NAME.test(parameter) && !isOnlyWay)
      note('credential-in-url', node, `${name} ${parameter}`, { NAME: parameter, WHERE: name });
  }
}

/** Compared with its siblings as well: a service that gives no list in pages has few rows, or a plan of its own. */
function checkLists(root: SpecNode, operations: readonly Operation[], note: Note): void {
  const lists = operations.filter((one) => isList(root, one));
  const isPaged = ({ parameters }: Operation): boolean =>
    [...parameters.keys()].some((key) => key.startsWith('query ') && PAGE.test(key.slice(6)));
  const whole = lists.filter((one) => !isPaged(one));
  // Where many are given whole, that is how the service is: its lists are short, or others have set their form.
  if (whole.length > MOST_WHOLE || lists.length - whole.length < Math.max(1, whole.length)) return;
  for (const { name, node } of whole) note('list-without-limit', node, name, { NAME: name, WHERE: name });
}

function isList(root: SpecNode, { method, node, path }: Operation): boolean {
  const given = node.members?.get('responses')?.members?.get('200');
  if (method !== 'get' || !given || path.endsWith('}')) return false;
  const answer = resolveRef(root, given).node;
  const json = [...(answer.members?.get('content')?.members ?? [])].find(([type]) => type.includes('json'))?.[1];
  const schema = (json ?? answer).members?.get('schema');
  if (!schema) return false;
  const { types, limits } = readSchema(root, schema);
  return types?.has('array') === true && !limits.has('maxItems');
}
