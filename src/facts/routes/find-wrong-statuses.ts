import { indentOf } from '../../text/indent-of.ts';
import type { FactHit, FindFacts, ReadPlace } from '../fact-hit.ts';
import type { Answer, FactPlace, Route } from '../facts.ts';

const FAILED = /^(?:errors?|err|error_?message)$/i;
const BESIDE = /^(?:errors?|err|error_?message|message|msg|details?|description|reason|hint)(?:\.|$)/i;
/** Protocols in which 200 is right, and what no program reads. */
const ELSEWHERE =
  /graphql|json-?_?rpc|\brpc\b|health|ready|live|ping|socket|sse\b|stream|mcp\b|webhook|hook|callback|lambda|template|htmx|slack|telegram|discord|alexa/i;
/** Something here says the status. */
const SAID =
  /status|WriteHeader|\bcode\b|abort|raise|HTTPException|setHeader|set_status|\bsc\b|,\s*[45]\d\d\b|^\s*[45]\d\d\b/im;
const FEW_LINES = 8;
const ALL_LINES = 5_000;
const MOST_LENGTH = 200;

/** An error that is answered with 200, where other answers of the same file say their failures by a status. */
export const findWrongStatuses: FindFacts = ({ answers, routes }, read) => {
  const files = new Map(
    [...Map.groupBy(answers, ({ place }) => place.path)].filter(([path, all]) =>
      failsByStatus(path, all, routes, read),
    ),
  );
  const called = [...files.values()]
    .flat()
    .filter(isFailure)
    .filter(({ place }) => isUnsaid(place, read));
  const returned = routes.flatMap(({ handler: { place, name }, path, method }) =>
    place && place.path.endsWith('.py') && files.has(place.path) && !ELSEWHERE.test(path)
      ? listReturned(place, read).map((at) => ({ place: at, function: name, route: `${method} ${path}` }))
      : [],
  );
  const seen = new Set<string>();
  return [...called, ...returned].flatMap(({ place, function: symbol, route }): FactHit[] => {
    const key = `${place.path}:${place.startLine}`;
    if (seen.has(key) || (route !== null && ELSEWHERE.test(route)) || ELSEWHERE.test(symbol)) return [];
    seen.add(key);
    return [{ place, symbol, suspected: true, values: { ROUTE: route ?? symbol } }];
  });
};

/** `return jsonify(…), 404` in Python. */
const BY_TUPLE = /\bHTTPException\(|\babort\(4\d\d|[)}],\s*(?:[45]\d\d|HTTPStatus\.)/;

/** Some answer or route of the file says 4xx or 5xx. */
function failsByStatus(path: string, all: readonly Answer[], routes: readonly Route[], read: ReadPlace): boolean {
  if (ELSEWHERE.test(path)) return false;
  const isEnvelope = all.filter(({ fields }) => fields.some((name) => /^(?:success|ok|code|status)$/.test(name)));
  if (isEnvelope.length * 2 > all.length) return false;
  return (
    all.some(({ status }) => status !== null && status >= 400) ||
    routes.some(({ handler, statuses }) => handler.place?.path === path && statuses.some((code) => code >= 400)) ||
    BY_TUPLE.test(read({ path, startLine: 1, endLine: ALL_LINES }))
  );
}

function isFailure({ status, fields, open, place }: Answer): boolean {
  return (
    (status === null || status === 200) &&
    open.every((name) => BESIDE.test(name)) &&
    place.endLine - place.startLine < FEW_LINES &&
    fields.some((name) => FAILED.test(name)) &&
    fields.every((name) => BESIDE.test(name))
  );
}

/** Under a condition or after a failure, and nothing beside it or on its own lines says a status. */
function isUnsaid(place: FactPlace, read: ReadPlace): boolean {
  const { path, startLine } = place;
  const above = read({ path, startLine: Math.max(1, startLine - FEW_LINES), endLine: startLine }).split('\n');
  const own = above.pop() ?? '';
  const depth = indentOf(own);
  // All of it on one line.
  if (/^\s*(?:if|\}\s*catch)\b/.test(own)) return !SAID.test(read(place));
  const at = above.findLastIndex((line) => line.trim() !== '' && indentOf(line) < depth);
  const head = above[at] ?? '';
  if (at < 0 || !/^\s*(?:\}\s*)?(?:if|else|elif|catch|except)\b|\.catch\(/.test(head)) return false;
  const around = [...above.slice(at + 1), withoutOk(read({ ...place, endLine: place.endLine + 1 }))];
  return !around.some((line) => SAID.test(line)) && !/accept|format|status/i.test(head);
}

/** That it is a success is what is wrong. */
function withoutOk(text: string): string {
  return text.replace(/\b(?:http\.StatusOK|(?:status_code|status)\s*[=:]\s*200|status\(200\)|HttpStatus\.OK)\b/g, '');
}

/** `return {"error": …}` in Python, with nothing behind it. */
function listReturned(handler: FactPlace, read: ReadPlace): FactPlace[] {
  return read(handler)
    .split('\n')
    .flatMap((line, index) => {
      if (line.length > MOST_LENGTH || !/^\s+return\s*\{\s*["']error["']\s*:[^{}]*\}\s*(?:#.*)?$/.test(line)) return [];
      const at = { path: handler.path, startLine: handler.startLine + index, endLine: handler.startLine + index };
      return isUnsaid(at, read) ? [at] : [];
    });
}
