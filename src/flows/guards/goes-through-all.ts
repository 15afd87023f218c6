import type { Expression, Language, Statement } from '../../languages/form.ts';
import { memo } from '../../languages/memo.ts';
import { blocksOf } from '../../languages/visit-expressions.ts';
import type { Home } from '../values/value.ts';

type Loop = Extract<Statement, { kind: 'loop' }>;

/** Whether a loop looks at each item. Items after a `break`, or outside of `name[:3]`, were not looked at. */
export function goesThroughAll({ text, module }: Home, loop: Loop): boolean {
  return !(loop.over && isPart(loop.over)) && !breaksIn(loop)(text, module.language);
}

/** `name[:3]`, `[]rune(name)[1:]`, `[]byte(name[:3])` */
function isPart(one: Expression): boolean {
  if (one.kind === 'slice') return true;
  if (one.kind === 'cast' || one.kind === 'await') return isPart(one.of);
  const [only, ...others] = one.kind === 'call' ? one.arguments : [];
  return only !== undefined && others.length === 0 && isPart(only.value);
}

const breaksIn = memo((loop: Loop) => {
  let known: boolean | null = null;
  return (text: string, language: Language): boolean => (known ??= breaks(loop.body, text, language, false));
});

/** A `break` of the loop itself: one in a `switch` leaves that alone, unless it names the loop. */
function breaks(body: readonly Statement[], text: string, language: Language, inOther: boolean): boolean {
  return body.some((one) => {
    if (one.kind === 'leave') {
      const said = text.slice(one.span[0], one.span[0] + 40);
      return inOther ? /^break[ \t]+[A-Za-z_]/.test(said) : /^break\b/.test(said);
    }
    const isOther = inOther || one.kind === 'loop' || (one.kind === 'switch' && language !== 'python');
    return breaks(blocksOf(one), text, language, isOther);
  });
}
