import { compiled } from '../data/compiled.ts';
import type { FlowClass } from '../data/flow-class.ts';
import type { Hole, Value } from '../values/value.ts';
import { HOLE } from '../values/value-key.ts';

/** A value in a text, with what stands before it and behind it: "\uE000" for each other value. */
export interface Pasted {
  hole: Hole;
  before: string;
  after: string;
}

/** As much of a text as is looked at on each side. */
const NEAR = 300;

export function listPasted({ pieces }: Value): Pasted[] {
  const texts = pieces.map((piece) => (piece.kind === 'text' ? piece.text : HOLE));
  return pieces.flatMap((hole, index) =>
    hole.kind === 'hole'
      ? {
          hole,
          before: texts.slice(0, index).join(''),
          after: texts
            .slice(index + 1)
            .join('')
            .slice(0, NEAR),
        }
      : [],
  );
}

/** An odd number of quotes leaves one open. */
function isQuoted(before: string): boolean {
  return (before.match(/'/g)?.length ?? 0) % 2 === 1;
}

/** A value whose callers are not known is spoken of where a value belongs: what stands elsewhere may well be a piece of the text. */
export function isMisplaced(
  { hole, before }: Pasted,
  { after, unlessNamed }: NonNullable<FlowClass['suspected']>,
): boolean {
  if (unlessNamed !== undefined && compiled(unlessNamed, 'i').test(hole.name)) return false;
  return after === undefined || compiled(after, 'i').test(before.slice(-NEAR));
}

/** What to do about a value that stands there. */
export function chooseFix(
  { fix, fixes }: Pick<FlowClass, 'fix' | 'fixes'>,
  pasted: Pasted | undefined,
  sink: string,
): FlowClass['fix'] {
  if (!pasted) return fix;
  const { before, after, hole } = pasted;
  const found = fixes.find(
    (one) =>
      (one.quoted === undefined || one.quoted === isQuoted(before)) &&
      (one.named === undefined || compiled(one.named, 'i').test(hole.name)) &&
      (one.sink === undefined || compiled(one.sink, '').test(sink)) &&
      (one.after === undefined || compiled(one.after, 'i').test(before.slice(-NEAR))) &&
      (one.before === undefined || compiled(one.before, 'i').test(after)),
  );
  return found?.fix ?? fix;
}

/** Behind a tag that has ended, and in no script or style: what begins no tag is only read there. */
export function isBetweenTags(value: Value, hole: Hole): boolean {
  const before =
    listPasted(value).find((one) => one.hole.name === hole.name && one.hole.place === hole.place)?.before ?? '';
  return (
    before.lastIndexOf('>') > before.lastIndexOf('<') && !/<(?:script|style)\b(?![^]*<\/(?:script|style))/i.test(before)
  );
}
