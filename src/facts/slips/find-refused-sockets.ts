import type { Home } from '../../flows/values/value.ts';
import { calledName } from '../../languages/called-name.ts';
import { visitExpressions } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** An outgoing request is upgraded by its answer: `request.on('upgrade', (response, socket) => …)`. */
const OUTGOING = /^res(?:ponse)?$|^answer$/;

/** A raw socket that something is written to at an upgrade while nobody listens to its errors: a reset of the client ends the process. */
export function findRefusedSockets(home: Home): FoundSlip[] {
  if (
    home.module.language !== 'typescript' ||
    !/['"]upgrade['"]/.test(home.text) ||
    /['"]uncaughtException['"]/.test(home.text)
  )
    return [];
  const found: FoundSlip[] = [];
  visitExpressions(home.module, (one) => {
    const [event, handler] =
      one.kind === 'call' && /^(?:on|once|addListener)$/.test(calledName(one.of)) ? one.arguments : [];
    if (event?.value.kind !== 'text' || event.value.value !== 'upgrade' || handler?.value.kind !== 'function') return;
    const form = home.module.functions[handler.value.id];
    if (OUTGOING.test(form?.parameters[0]?.name ?? '')) return;
    const socket = form?.parameters[1]?.name;
    if (!form || socket === undefined || !/^\w+$/.test(socket)) return;
    const text = textOf(home, form.span);
    // What is destroyed at once has no time for an error.
    const refuses = new RegExp(
      `\\b${socket}\\??\\.(?:end|write)\\((?![^\\n]*(?:\\n[^\\n]*){0,2}?\\b${socket}\\??\\.destroy\\()`,
    ).exec(text);
    // It listens, or hands it to a function that may.
    if (!refuses || new RegExp(`\\b${socket}\\??\\.(?:on|once|addListener)\\(\\s*['"]error`).test(text)) return;
    const at = form.span[0] + refuses.index;
    if (
      new RegExp(`\\b(?!handleUpgrade)\\w+\\([^()]*\\b${socket}\\b`).test(text.slice(text.indexOf('{'), refuses.index))
    )
      return;
    found.push({
      kind: 'socket-refused-unheard',
      home,
      form,
      span: [at, at + refuses[0].length],
      names: { SOCKET: socket, CALL: refuses[0].slice(0, -1) },
    });
  });
  return found;
}
