import type { Operation } from '../list-operations.ts';
import { readSchema } from '../read-schema.ts';
import type { Spot, View } from './view.ts';

const SECRET_NAME =
  /^(x-)?(api[-_]?key|(access|auth|id|refresh|bearer|session)[-_]?token|token|password|passwd|pwd|(client[-_]?)?secret|authorization|jwt|private[-_]?key)$/i;
/** Of a path it is part of the address that everybody writes down; a token there is most often a link that was mailed. */
const SECRET_IN_PATH = /^(?:api[-_]?key|password|passwd|pwd|client[-_]?secret|private[-_]?key)$/i;
const ONCE = /verif|recover|confirm|invit|reset|unsubscribe|log-?out|magic|callback/i;
const SOCKET = /web-?_?socket|\/wss?(?:\/|$)|event-?source|\/sse(?:\/|$)/i;
/** A page, a player or a reader of feeds asks for it by its address alone. */
const EMBEDDED =
  /^GET .*(?:image|cover|thumb(?:nail)?|avatar|picture|photo|poster|icon|logo|stream|feed|rss|atom|ical|opds)s?(?![a-z])/i;
const ID = /(?:^|_|-)id$|[a-z]I[dD]$/;

/** What stands in the address of a request. */
export function checkParameters({ root, operations, note, noteOnce }: View): void {
  for (const operation of operations) {
    const { name } = operation;
    for (const [place, parameter, node] of listNamed(operation)) {
      // What stands in a link that was mailed is used once; a page that opens a web socket can send no header.
      const isOnlyWay =
        (/token$/i.test(parameter) && (ONCE.test(name) || SOCKET.test(name))) ||
        (/token$|^api[-_]?key$/i.test(parameter) && EMBEDDED.test(name));
      const isSecret = place === 'query' ? SECRET_NAME.test(parameter) && !isOnlyWay : SECRET_IN_PATH.test(parameter);
      if (isSecret && (place === 'query' || place === 'path'))
        note('credential-in-url', node, `${name} ${parameter}`, { NAME: parameter, WHERE: name });
    }
  }
  const numbers = new Map<Spot['node'], Spot>();
  let words = 0;
  for (const operation of operations)
    for (const [place, parameter, node] of listNamed(operation)) {
      if (place !== 'path' || !ID.test(parameter) || numbers.has(node)) continue;
      const { types } = readSchema(root, node.members?.get('schema') ?? node);
      if (types?.has('integer')) numbers.set(node, { node, name: `\`${parameter}\` of \`${operation.name}\`` });
      else words += 1;
    }
  noteOnce(words > numbers.size ? 'numeric-id-here' : 'numeric-id', [...numbers.values()]);
}

function listNamed({ parameters }: Operation): [place: string, name: string, node: Spot['node']][] {
  return [...parameters].map(([key, node]) => {
    const [place = '', ...rest] = key.split(' ');
    return [place, rest.join(' '), node];
  });
}
