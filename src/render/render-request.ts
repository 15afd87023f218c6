import type { Finding } from '../findings/finding.ts';
import type { ShownRequest } from '../findings/shown-request.ts';
import { code, fence } from '../text/markdown.ts';

type Request = Extract<ShownRequest, { kind: 'request' }>;

/** What to type into a shell; of a message its text, of Socket.IO what a client in JavaScript says. */
export function renderSent(request: ShownRequest): string {
  switch (request.kind) {
    case 'message':
      return request.body;
    case 'call':
      return `grpcurl -plaintext -d ${quote(request.body)} localhost:50051 ${request.method}`;
    case 'emitted':
      return renderEmitted(request);
    case 'request':
      return renderCurl(request);
  }
}

function renderEmitted({ namespace, event, arguments: given }: Extract<ShownRequest, { kind: 'emitted' }>): string {
  const address = `http://localhost${namespace === '/' ? '' : namespace}`;
  return `io(${JSON.stringify(address)}).emit(${JSON.stringify(event)}, ${given.slice(1, -1)});`;
}

/** Every part stands in quotes in which a shell reads nothing: "'\''" is the only way out of them, and back in. */
function renderCurl({ method, path, headers, body }: Request): string {
  const isUsual = method === (body === null ? 'GET' : 'POST');
  return [
    'curl -i',
    ...(isUsual ? [] : [`-X ${method}`]),
    quote(`http://localhost${path}`),
    ...headers.map(({ name, value }) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What it is, before it is shown. */
export function introduceRequest(request: ShownRequest, show: (text: string) => string): string {
  const carries = `with ${show(request.value)} in ${show(request.parameter)}`;
  switch (request.kind) {
    case 'request':
      return `${carries}${introduceSender(request)}`;
    case 'call':
      return request.package ? `${carries}; ${request.package} is the package of its proto file` : carries;
    case 'emitted':
      return `${carries}, sent by a client of Socket.IO`;
    case 'message':
      if (request.sort === 'socket') return `${carries}, sent over the WebSocket`;
      return request.queue === null ? carries : `${carries}, sent to ${show(request.queue)}`;
  }
}

function introduceSender({ authorised, mount, mounted }: Request): string {
  const who = authorised ? ', sent by an authorised caller' : '';
  return mount === undefined ? who : `${who}; ${mount} is ${MOUNTED[mounted ?? 'router']}`;
}

const MOUNTED = {
  router: 'the path where its router is mounted',
  procedures: 'the path where the procedures are served',
  prefix: 'the path of its router, such as /trpc/orders',
  schema: 'the path where the schema is served',
} as const;

const WORDS = {
  request: ['request', 'sh'],
  call: ['call', 'sh'],
  emitted: ['message', 'js'],
  message: ['message', 'json'],
  event: ['event', 'json'],
} as const;

/** For the fold of a comment. */
export function renderRequest({ request }: Pick<Finding, 'request'>): string {
  if (!request) return '';
  const [what, language] = WORDS[request.kind === 'message' && request.sort === 'event' ? 'event' : request.kind];
  return [
    `**${what === 'event' ? 'An' : 'A'} ${what} that shows it,** ${introduceRequest(request, code)}:`,
    fence(renderSent(request), language),
    request.shows,
  ].join('\n\n');
}
