import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ShownRequest } from '../../src/findings/shown-request.ts';
import { renderComment } from '../../src/render/render-comment.ts';
import { renderSent } from '../../src/render/render-request.ts';
import { formatFinding } from '../../src/report/format/text.ts';
import { toPublicFinding } from '../../src/report/report.ts';
import { finding } from '../support/finding.ts';

const request: ShownRequest = {
  kind: 'request',
  method: 'PUT',
  path: '/orders/1?sort=%27',
  headers: [{ name: 'content-type', value: 'application/json' }],
  body: '{"a":"\'; echo `id` $(id) \\\\ ``` </details>"}',
  parameter: 'a`</details>*b*',
  value: "'`$(id)",
  authorised: true,
  shows: 'The database answers with a syntax error.',
};
const message: ShownRequest = {
  kind: 'message',
  queue: 'jobs',
  body: '{"file":"$(id)"}',
  parameter: 'file',
  value: '$(id)',
  shows: 'The log holds what `id` prints.',
};

/** What a shell makes of it: the words after the name of the program, which is another one here. */
function wordsOf(line: string): string[] {
  const out = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8', env: {} });
  return out.trimEnd().split('\n');
}

describe('the request that shows a flaw', () => {
  it('is words of a shell, and nothing in them is run', () => {
    expect(wordsOf(renderSent(request))).toEqual([
      '-i',
      '-X',
      'PUT',
      'http://localhost/orders/1?sort=%27',
      '-H',
      'content-type: application/json',
      '--data-raw',
      request.body,
    ]);
  });

  it('stands in the fold of a comment, in a block that nothing in it ends', () => {
    const body = renderComment(finding({ request }), 'ts', 'backend-dev');
    const fold = body.slice(body.indexOf('<details>'));
    expect(fold).toContain(
      `**A request that shows it,** with \`\`'\`$(id)\`\` in \`\`a\`</details>*b*\`\`, sent by an authorised caller:\n\n\`\`\`\`sh\n${renderSent(request)}\n\`\`\`\`\n\nThe database answers with a syntax error.`,
    );
  });

  it('names the queue of a message', () => {
    const body = renderComment(finding({ request: message }), 'ts', 'backend-dev');
    expect(body).toContain(
      '**A message that shows it,** with `$(id)` in `file`, sent to `jobs`:\n\n```json\n{"file":"$(id)"}',
    );
  });

  it('calls a method of gRPC, quoted for a shell', () => {
    const call: ShownRequest = {
      kind: 'call',
      method: 'PACKAGE.Orders/GetOrder',
      package: 'PACKAGE',
      body: '{"dir":"\'; echo `id` $(id) ``` </details>"}',
      parameter: 'dir',
      value: "'",
      shows: 'The database answers with a syntax error.',
    };
    const out = execFileSync('sh', ['-c', `grpcurl() { printf '%s\\n' "$@"; }; ${renderSent(call)}`], {
      encoding: 'utf8',
      env: {},
    });
    expect(out.trimEnd().split('\n')).toEqual(['-plaintext', '-d', call.body, 'localhost:50051', call.method]);
    expect(renderComment(finding({ request: call }), 'ts', 'backend-dev')).toContain(
      `**A call that shows it,** with \`'\` in \`dir\`; PACKAGE is the package of its proto file:\n\n\`\`\`\`sh\n${renderSent(call)}`,
    );
  });

  it('is a line of JavaScript for Socket.IO', () => {
    const emitted: ShownRequest = {
      kind: 'emitted',
      namespace: '/admin',
      event: 'list"</details>`',
      arguments: '["1",{"dir":"$(id)"}]',
      parameter: 'dir',
      value: '$(id)',
      shows: 'The answer comes late.',
    };
    const [, address, rest] = /^io\((".*?")\)\.emit\((.*)\);$/.exec(renderSent(emitted)) ?? [];
    expect(JSON.parse(address ?? '')).toBe('http://localhost/admin');
    expect(JSON.parse(`[${rest}]`)).toEqual([emitted.event, '1', { dir: '$(id)' }]);
    expect(renderComment(finding({ request: emitted }), 'ts', 'backend-dev')).toContain(
      '**A message that shows it,** with `$(id)` in `dir`, sent by a client of Socket.IO:\n\n```js\nio(',
    );
  });

  it.each([
    {
      one: { ...message, queue: null, sort: 'event' as const },
      says: '**An event that shows it,** with `$(id)` in `file`:',
    },
    { one: { ...message, queue: null, sort: 'socket' as const }, says: 'in `file`, sent over the WebSocket:' },
    {
      one: { ...request, mount: '/MOUNT' as const, mounted: 'schema' as const },
      says: '; /MOUNT is the path where the schema is served:',
    },
    {
      one: { ...request, mount: '/MOUNT' as const, mounted: 'prefix' as const },
      says: '; /MOUNT is the path of its router, such as /trpc/orders:',
    },
  ])('says $says', ({ one, says }) => {
    expect(renderComment(finding({ request: one }), 'ts', 'backend-dev')).toContain(says);
  });

  it('stands in the text of a terminal and in JSON', () => {
    const one = finding({ request });
    expect(formatFinding(one, (_, text) => text)).toContain(`\n      ${renderSent(request)}\n`);
    expect(toPublicFinding(one).request).toEqual({ ...request, text: renderSent(request) });
    expect(toPublicFinding(finding())).not.toHaveProperty('request');
  });

  it.each([
    { what: 'a path with a quote', one: { ...request, path: "/a'; id #" } },
    { what: 'a method that is none', one: { ...request, method: "GET' id" } },
    { what: 'a body of two lines', one: { ...request, body: 'a\nb' } },
    { what: 'a name that is not ASCII', one: { ...request, parameter: 'a\u202eb' } },
    { what: 'the name of a header with a break', one: { ...request, headers: [{ name: 'a\nb', value: 'c' }] } },
  ])('is refused with $what', ({ one }) => {
    expect(ShownRequest.safeParse(one).success).toBe(false);
  });
});
