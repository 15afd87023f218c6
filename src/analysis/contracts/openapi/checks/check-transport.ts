import type { SpecNode } from '../parse-spec.ts';
import { resolveRef } from '../resolve-ref.ts';
import { type Spot, schemesOf, textOf, type View } from './view.ts';

const LOCAL =
  /^(?:http|ws):\/\/(localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w-]+(:|\/|$)|([^/]*\.)?example\.(com|net|org)(:|\/|$)|[^/]*\.(local|localhost|internal|test|example|svc)(:|\/|$)|[^/]*\{)/i;
/** Names and addresses that only a company's own network knows. Source: RFC 1918, RFC 6762 (appendix G). */
const INSIDE =
  /^https?:\/\/(?:10\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^/{}]*\.(?:internal|intranet|intra|corp|lan|svc(?:\.cluster\.local)?)(?::\d+)?(?:\/|$))/i;
const OPEN_TEXT = /^(?:http|ws):\/\//i;
const FLOW_URLS = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl'];

export function checkTransport(view: View): void {
  const { root, note } = view;
  checkServers(view);
  const schemes = root.members?.get('schemes');
  const names = (schemes?.items ?? []).map(({ value }) => String(value));
  const host = String(root.members?.get('host')?.value ?? '');
  if (schemes && names.includes('http') && host !== '' && !LOCAL.test(`http://${host}`)) {
    const kind = names[0] === 'http' || !names.includes('https') ? 'plain-http' : 'plain-http-too';
    note(kind, schemes, 'schemes', { NAME: `http://${host}`, WHERE: 'schemes' });
  }
  for (const [name, scheme] of schemesOf(root)?.members ?? []) {
    const { node } = resolveRef(root, scheme);
    if (textOf(node, 'type') === 'apiKey' && textOf(node, 'in') === 'query')
      note('credential-in-url', node, name, { NAME: textOf(node, 'name'), WHERE: name });
    const given = node.members?.get('flows')?.members;
    const old = [...(given?.keys() ?? []), textOf(node, 'flow')].find(
      (flow) => flow === 'implicit' || flow === 'password',
    );
    if (old) note('outdated-flow', node, name, { NAME: old, WHERE: name });
    for (const flow of [node, ...(given?.values() ?? [])])
      for (const key of [...FLOW_URLS, 'openIdConnectUrl']) noteOpen(view, flow.members?.get(key), `${name}, ${key}`);
  }
}

function noteOpen({ note }: View, url: SpecNode | undefined, where: string): void {
  const address = typeof url?.value === 'string' ? url.value : '';
  if (url && OPEN_TEXT.test(address) && !LOCAL.test(address))
    note('plain-http', url, address, { NAME: address, WHERE: where });
}

function checkServers(view: View): void {
  const { root, operations, noteOnce } = view;
  const own = [...new Set([root, ...operations.flatMap(({ node, pathNode }) => [node, pathNode])])];
  for (const owner of own)
    for (const server of owner.members?.get('servers')?.items ?? [])
      noteOpen(view, server.members?.get('url'), 'servers');
  const servers = (root.members?.get('servers')?.items ?? []).flatMap((server): (Spot & { address: string })[] => {
    const node = server.members?.get('url');
    const address = typeof node?.value === 'string' ? node.value : '';
    return node ? [{ node, address, name: `\`${address}\`` }] : [];
  });
  const isPublic = servers.some(({ address }) => address.startsWith('https://') && !INSIDE.test(address));
  if (isPublic)
    noteOnce(
      'internal-server',
      servers.filter(({ address }) => INSIDE.test(address)),
    );
}
