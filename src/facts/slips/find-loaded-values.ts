import type { Home } from '../../flows/values/value.ts';
import type { FunctionForm, Statement } from '../../languages/form.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import { lastPart } from '../../text/last-part.ts';
import { textOf } from './call-chain.ts';
import type { FoundSlip } from './slip.ts';

/** `v, ok := sessions.Load(id)` */
const LOADED = /\b(\w+)(?:,\s*\w+)?\s*:?=\s*([\w.]+)\.(?:Load|LoadOrStore)\(/;
/** It is kept apart from others, or an own one takes its place. */
const APART = /\.(?:R?Lock|Store|Swap|CompareAndSwap|Add)\(|atomic\./;

/** A field of what stands in a `sync.Map` is changed in place: the map keeps its entries apart, and not what they point to. */
export function findLoadedValues(home: Home): FoundSlip[] {
  if (home.module.language !== 'go' || !/\bsync\.Map\b/.test(home.text)) return [];
  return home.module.functions.flatMap((form) => (form.id === 0 ? [] : findIn(home, form)));
}

function findIn(home: Home, form: FunctionForm): FoundSlip[] {
  const text = textOf(home, form.span);
  const [, value, map] = LOADED.exec(text) ?? [];
  if (value === undefined || map === undefined || APART.test(text)) return [];
  const last = lastPart(map);
  if (!new RegExp(`\\b${last}\\s+(?:\\w+\\s*=\\s*)?sync\\.Map\\b`).test(home.text)) return [];
  const [, held] = new RegExp(`\\b(\\w+)(?:,\\s*\\w+)?\\s*:?=\\s*${value}\\.\\(\\*[\\w.]+\\)`).exec(text) ?? [];
  if (held === undefined) return [];
  const found: FoundSlip[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (
        one.kind === 'set' &&
        one.target.kind === 'field' &&
        one.target.of.kind === 'name' &&
        one.target.of.name === held
      )
        if (found.length === 0)
          found.push({
            kind: 'loaded-value-written',
            home,
            form,
            span: one.span,
            names: { NAME: `${held}.${one.target.name}`, MAP: map },
          });
      visitAll(blocksOf(one));
    }
  };
  visitAll(form.body);
  return found;
}
