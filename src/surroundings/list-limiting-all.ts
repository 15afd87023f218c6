import { isTest } from '../scope/select.ts';
import { codeOf } from '../text/code-of.ts';
import { escapeRegExp } from '../text/escape-reg-exp.ts';
import type { FindReaders } from './find-readers.ts';

const FILES = ['*.go'];
/** What gives each request to one of many handlers. */
const ROUTERS =
  'NewRouter NewMux NewServeMux gin.New gin.Default echo.New fiber.New httprouter.New http.HandleFunc http.Handle http.HandlerFunc'.split(
    ' ',
  );
const MADE = String.raw`\b(?:NewRouter|NewMux|http\.NewServeMux|gin\.New|gin\.Default|echo\.New|fiber\.New|httprouter\.New)\(`;
const MAKES = new RegExp(`(?<!func )${MADE}`, 'g');
/** Past a router: the process's own one, or a server of one handler. */
const PAST =
  /\bhttp\.Handle(?:Func)?\(|\b(?:ListenAndServe(?:TLS)?\([^\n]{0,200}|Handler:\s{0,9})http\.HandlerFunc\(|\b(?:httptest|pprof)\b/;
const ROUTE = String.raw`\.(?:GET|POST|PUT|PATCH|DELETE|Any|Get|Post|Put|Patch|Delete|All|Handle\w*|Group|Route|Mount|Method|PathPrefix|Static\w*)\(`;

/**
 * Of these words those that limit each request: `router.Use(middleware.RequestSize(1 << 20))` before the first route of the only router
 * that there is, or `http.MaxBytesHandler(router, …)` as the handler of the server. Nobody takes the limit off again.
 */
export async function listLimitingAll(words: readonly string[], find: FindReaders): Promise<Set<string>> {
  const codes = async (texts: readonly string[]): Promise<[string, string][] | null> => {
    const found = await find(texts, FILES);
    return found && [...found].filter(([path]) => !isTest(path)).map(([path, text]) => [path, codeOf(text)]);
  };
  const [routers, said] = [await codes(ROUTERS), await codes(words)];
  if (!routers || !said || routers.some(([, code]) => PAST.test(code))) return new Set();
  const made = routers.flatMap(([, code]) => [...code.matchAll(MAKES)].map(() => code));
  const [only] = made;
  if (made.length !== 1 || only === undefined) return new Set();
  return new Set(
    words.filter((word) => {
      const off = new RegExp(
        `\\b${escapeRegExp(word)}\\(\\s*(?:[\\w.]+\\s*,\\s*)?(?:0|-1|"0"|math\\.MaxInt\\w*)\\s*\\)|\\bUnbind\\(`,
      );
      return isFirst(only, word) && !said.some(([, code]) => off.test(code));
    }),
  );
}

function isFirst(code: string, word: string): boolean {
  // In the function itself, and under no condition.
  const [made, name] = new RegExp(`^\\t([\\w.]+)(?:, \\w+)?\\s*:?=[^\\n]{0,60}${MADE}`, 'm').exec(code) ?? [];
  if (made === undefined || name === undefined) return false;
  const behind = code.slice(code.indexOf(made) + made.length);
  const own = escapeRegExp(name);
  if (word === 'MaxBytesHandler')
    return new RegExp(
      `(?:\\bHandler:\\s*|ListenAndServe(?:TLS)?\\([^\\n]{0,200},\\s*)http\\.MaxBytesHandler\\(\\s*${own}\\s*,`,
    ).test(behind);
  const [bound] =
    new RegExp(`^\\t${own}\\.(?:Use|Bind)\\([^\\n]{0,300}\\b${escapeRegExp(word)}\\(`, 'm').exec(behind) ?? [];
  if (bound === undefined) return false;
  const before = behind.slice(0, behind.indexOf(bound));
  return !new RegExp(`(?<![\\w.])${own}${ROUTE}`).test(before) && !/^\}/m.test(before);
}
