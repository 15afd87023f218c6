import type { Finding } from '../findings/finding.ts';
import type { ShownRequest } from '../findings/shown-request.ts';
import { code, fence } from '../text/markdown.ts';

type Request = Extract<ShownRequest, { kind: 'request' }>;

/** What to type into a shell; of a message its text. */
export function renderSent(request: ShownRequest): string {
  return request.kind === 'message' ? request.body : renderCurl(request);
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
  if (request.kind === 'request') return `${carries}${introduceSender(request)}`;
  return request.queue === null ? carries : `${carries}, sent to ${show(request.queue)}`;
}

function introduceSender({ authorised, mount }: Request): string {
  const who = authorised ? ', sent by an authorised caller' : '';
  return mount === undefined ? who : `${who}; ${mount} is the path where its router is mounted`;
}

/** For the fold of a comment. */
export function renderRequest({ request }: Pick<Finding, 'request'>): string {
  if (!request) return '';
  const [what, language] = request.kind === 'request' ? ['request', 'sh'] : ['message', 'json'];
  return [
    `**A ${what} that shows it,** ${introduceRequest(request, code)}:`,
    fence(renderSent(request), language),
    request.shows,
  ].join('\n\n');
}
