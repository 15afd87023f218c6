import type { Home } from '../../flows/values/value.ts';
import { functionAt } from '../../languages/enclosing.ts';
import type { Statement } from '../../languages/form.ts';
import { listBlocks } from '../../languages/visit-expressions.ts';
import { textOf } from './call-chain.ts';
import { leaves } from './flat.ts';
import type { FoundSlip } from './slip.ts';

const ANSWERS_BAD =
  /\bhttp\.Error\(|ErrorResponse\(|\bStatus(?:BadRequest|InternalServerError|NotFound|Forbidden|Unauthorized)\b|\bAbort\w*\(|\blog\.Fatal|\bfmt\.Errorf\(/;

const FAR = 400;

/** A check that is the wrong way round: a value is used in the branch in which it is missing, or an error is reported when there was none. */
export function findTurnedChecks(home: Home): FoundSlip[] {
  const found: FoundSlip[] = [];
  const visitAll = (body: readonly Statement[]): void => {
    for (const one of body) {
      if (one.kind === 'if') {
        const hit = usedWhereAbsent(home, one) ?? toldWithoutError(home, one);
        const form = hit ? functionAt(home.module, one.span) : null;
        if (hit && form) found.push({ kind: 'check-turned', home, form, span: hit.span, names: { HOW: hit.how } });
      }
      for (const block of listBlocks(one)) visitAll(block);
    }
  };
  for (const { body } of home.module.functions) visitAll(body);
  return found;
}

type If = Extract<Statement, { kind: 'if' }>;
interface Hit {
  span: Statement['span'];
  how: string;
}

/** What is false, zero or empty has fields all the same. */
const ABSENT = /^([A-Za-z_]\w*)\s*(?:===?\s*(?:null|undefined)|==\s*nil|is\s+None)$/;

/** `if n == nil { n = &Node{ID: n.ID} }` */
function usedWhereAbsent(home: Home, one: If): Hit | null {
  const match = ABSENT.exec(textOf(home, one.test.span).trim());
  const name = match?.[1];
  if (name === undefined) return null;
  const [first] = one.yes;
  if (
    !first ||
    first.kind === 'if' ||
    first.kind === 'loop' ||
    first.kind === 'try' ||
    first.kind === 'block' ||
    first.kind === 'switch'
  )
    return null;
  const text = withoutTexts(textOf(home, first.span));
  // A method of Go may have a receiver that is nil; a field has not.
  const read = new RegExp(`(?<![\\w.&"'\`])${name}\\.[A-Za-z_]\\w*(?!\\s*\\(|\\w)`).exec(text);
  if (!read || new RegExp(`\\b(?:func|lambda)\\b|=>|\\b${name}\\s*\\?\\.`).test(text)) return null;
  if (new RegExp(`^\\s*${name}\\.\\w+\\s*:?=(?!=)`).test(text) && home.module.language !== 'go') return null;
  return {
    span: first.span,
    how: `\`${read[0]}\` is read where \`${textOf(home, one.test.span).trim()}\`: there is nothing to read it of, and this line fails each time`,
  };
}

/** Names that stand in a text are read of nothing; those that are filled in are. */
function withoutTexts(code: string): string {
  return code
    .replace(/(?<!\w)[rbuRBU]?(["'])(?:\\.|(?!\1)[^\\\n])*\1/g, "''")
    .replace(
      /`[^`]*`|(?<!\w)[fF]r?(["'])(?:\\.|(?!\1)[^\\\n])*\1/g,
      (text) => `'' ${(text.match(/\{[^{}]*\}/g) ?? []).join(' ')}`,
    );
}

/** What is given before it: `_, err := repo.ByEmail(email)`. Whoever is looked for and found is what is refused. */
const LOOKS = /^_\b|=\s*[\w.]*(?:By[A-Z]\w*|[fF]ind\w*|[gG]et\w*|[lL]ookup\w*|[eE]xists\w*|Stat|First|Take)\(/;
const FOUND = /exist|duplicat|taken|[cC]onflict|already|in use|expected|not unique|registered/;

/** An error of this function's own, with the one that is not there in it. */
const WRAPS = /\b(?:fmt\.Errorf\([^\n]*%w[^\n]*,|errors\.Wrapf?\()\s*err\b/;

/** `if err == nil { http.Error(w, …, 400); return }` */
function toldWithoutError(home: Home, one: If): Hit | null {
  if (home.module.language !== 'go' || textOf(home, one.test.span).trim() !== 'err == nil' || one.no.length > 0)
    return null;
  const [first] = one.yes;
  if (!first || one.yes.length > 2 || !leaves(one.yes)) return null;
  const text = textOf(home, first.span);
  if (first.kind === 'return' && WRAPS.test(text))
    return {
      span: one.test.span,
      how: 'The branch wraps `err` where `err == nil`: what went well is told as a failure, and a failure goes on',
    };
  if (first.kind !== 'do') return null;
  const given = home.text.slice(Math.max(0, one.span[0] - FAR), one.test.span[0]);
  const last = [...given.matchAll(/(?:\w+\s*,\s*)?\berr\s*:?=(?!=)[^\n]*/g)].at(-1)?.[0] ?? '';
  if (LOOKS.test(last)) return null;
  return ANSWERS_BAD.test(text) && /[Ii]nvalid|[Ff]ail|[Ee]rror|[Bb]ad/.test(text) && !FOUND.test(text)
    ? {
        span: one.test.span,
        how: 'The branch answers with an error where `err == nil`: what was right is refused, and a failure goes on',
      }
    : null;
}
