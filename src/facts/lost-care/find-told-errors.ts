import { codeOf } from '../../text/code-of.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import { indentOf } from '../../text/indent-of.ts';
import { codeOfLines, isShort } from '../changes/changed-code.ts';
import type { FactHit, FindFacts } from '../fact-hit.ts';
import { shown } from '../removed-checks/gone.ts';
import { type Change, changesOf, createLooks, firstOfEach } from './changes-of.ts';

const ANSWERS =
  /\b(?:jsonify|JsonResponse|JSONResponse|HttpResponse\w*|HTTPException|Response|make_response)\(|\bResponse\.json\(|\b(?:NextResponse)\.json\(|\b(?:res|reply|response|ctx|c)\b(?:\.\w+\([^()\n]*\))*\.(?:json|send|end|status|body|JSON|String|SendString|AbortWithStatusJSON)\(|\bhttp\.Error\(/;
const ERROR = '(?:e|err|error|ex|exc|exception)';
/** What an error says of itself. */
const SAYS = new RegExp(
  String.raw`\b(?:str|repr|String)\(\s*${ERROR}\s*\)|(?<![\w.])\(?${ERROR}(?:\s+as\s+\w+\))?\??\.(?:message|stack|toString\(\)|Error\(\))|(?<=["'][^"']*)\{${ERROR}\}|\$\{${ERROR}\}|traceback\.format_exc\(|debug\.Stack\(`,
);
/** Only those of the service's own. */
const OWN =
  /instanceof\s+(?!Error\b)\w+|\b(?:is|As)\w*(?:Error|Err|Exception)\b|errors\.(?:As|Is)\(|[vV]alidat|ZodError|HttpError|AppError|ApiError|\bDEBUG\b|\bdebug\b|isDev|NODE_ENV/;
/** Whatever may come. */
const ANY = /^\s*\}?\s*(?:catch\b|except\s*(?:\(?\s*(?:Base)?Exception\b|:))|\.catch\(/;
const HANDLER = /^\s*\}?\s*(?:catch\b|except\b)|\.catch\(|\berr\s*!=\s*nil/;
const BROKEN = /\b50\d\b|InternalServerError|BadGateway|ServiceUnavailable|INTERNAL_SERVER/;
const LINES_UP = 12;

/** An answer that said what the service chose to say, and says what went wrong inside now. */
export const findToldErrors: FindFacts = (_facts, read, before) => {
  if (!before) return [];
  const looks = createLooks();
  return firstOfEach(
    changesOf(before, read).flatMap((change): FactHit[] => {
      const { edit, places, put, was } = change;
      const old = edit.removed.filter(isShort).map(({ text }) => codeOf(text));
      const said = old.find((one) => ANSWERS.test(one));
      if (said === undefined || SAYS.test(codeOfLines(edit.removed)) || !SAYS.test(put) || OWN.test(put)) return [];
      if (!looks(change)) return [];
      const named = [...put.matchAll(new RegExp(`(\\w+)\\s*:?=\\s*[^\\n]*(?:${SAYS.source})`, 'g'))].map(
        ([, name]) => name,
      );
      const told = edit.added.filter(isShort).find(({ text }) => {
        const code = codeOf(text);
        const [answer] = ANSWERS.exec(code) ?? [];
        const isNamed = named.some((name) => new RegExp(`[:(,=]\\s*${escapeRegExp(name ?? '')}\\b`).test(code));
        return answer !== undefined && was.includes(answer) && (SAYS.test(code) || isNamed);
      });
      if (!told) return [];
      const caught = handlerOf(told.line, change);
      if (caught === null || OWN.test(caught)) return [];
      return [
        {
          place: { path: before.path, startLine: told.line, endLine: told.line },
          symbol: places.name,
          suspected: !ANY.test(caught) && !BROKEN.test(told.text),
          values: { HAD: shown(said) },
        },
      ];
    }),
  );
};

/** The line that caught what is told, with the conditions between it and that. */
function handlerOf(line: number, { lines, places }: Change): string | null {
  const at = line - places.head.startLine;
  const above = lines.head.slice(Math.max(0, at - LINES_UP), at);
  const first = above.findLastIndex((one) => HANDLER.test(one));
  if (first < 0) return null;
  let depth = indentOf(lines.head[at] ?? '');
  const around = above.slice(first + 1).toReversed();
  const conditions = around.filter((one) => {
    if (one === '' || indentOf(one) >= depth) return false;
    depth = indentOf(one);
    return true;
  });
  return [above[first], ...conditions].join('\n');
}
