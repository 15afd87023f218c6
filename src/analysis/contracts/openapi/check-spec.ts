import type { Comparison, Hit } from '../hit.ts';
import { checkAnswers } from './checks/check-answers.ts';
import { checkBodies } from './checks/check-bodies.ts';
import { checkForm } from './checks/check-form.ts';
import { checkLists } from './checks/check-lists.ts';
import { checkParameters } from './checks/check-parameters.ts';
import { checkSecurity } from './checks/check-security.ts';
import { checkTransport } from './checks/check-transport.ts';
import type { View } from './checks/view.ts';
import { listOperations } from './list-operations.ts';
import { parseSpec, type SpecNode } from './parse-spec.ts';
import { refOf } from './resolve-ref.ts';

/** What of OWASP's list for APIs a specification alone shows, where it hurts: the rest is in the code. */
export function checkSpec(text: string): Comparison {
  const root = parseSpec(text);
  if (typeof root === 'string') return { hits: [], gap: root };
  const hits: Hit[] = [];
  const place = ({ startLine }: SpecNode): Hit['place'] => ({
    base: null,
    head: { startLine, endLine: startLine },
    up: null,
  });
  const view: View = {
    root,
    // Of what stands in another file nothing is known.
    operations: [...listOperations(root).values()].filter(({ node }) => refOf(node) === null),
    note: (kind, node, symbol, values) => hits.push({ kind, place: place(node), symbol, values }),
    noteOnce: (kind, [first, ...more], values) => {
      if (!first) return;
      const spots = [first, ...more].map(({ node, name }) => ({ line: node.startLine, name }));
      hits.push({
        kind,
        place: place(first.node),
        symbol: 'document',
        spots,
        values: { NAME: first.name, WHERE: '', ...values },
      });
    },
  };
  for (const check of [
    checkSecurity,
    checkTransport,
    checkParameters,
    checkLists,
    checkBodies,
    checkAnswers,
    checkForm,
  ])
    check(view);
  return { hits, gap: null };
}
