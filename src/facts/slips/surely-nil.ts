import type { Home } from '../../flows/values/value.ts';
import type { Expression } from '../../languages/form.ts';
import { type Call, textOf } from './call-chain.ts';
import { resultOf, usesReceiver } from './result-of.ts';

type Field = Extract<Expression, { kind: 'field' }>;

/**
 * Calls of the standard library whose first result is nil beside an error, and what nobody can ask of nil there. Methods of `*os.File`
 * are none: they give an error. Source: pkg.go.dev/os#Stat, net/http#NewRequest, net/http#RoundTripper.
 */
const GIVES_NIL: readonly { module: string; call: RegExp; asks: RegExp }[] = [
  { module: 'os', call: /(?:^os\.L?|\.)Stat$/, asks: /^(?:Size|Mode|ModTime|IsDir|Name|Sys)$/ },
  {
    module: 'net/http',
    call: /^http\.NewRequest(?:WithContext)?$/,
    asks: /^(?:Header|URL|Body|Host|Method|ContentLength|Close|SetBasicAuth|AddCookie)$/,
  },
  {
    module: 'net/http',
    call: /^http\.(?:Get|Head|Post|PostForm)$|\.(?:Do|RoundTrip)$/,
    asks: /^(?:Body|StatusCode|Status|Header|ContentLength)$/,
  },
];

/**
 * Of a call of Go that failed, this result is nil, and this panics: a function of the program returns nil beside an error, or the
 * standard library does.
 *
 * @param name what its first result is called
 */
export function isSurelyNil(
  home: Home,
  call: Call,
  use: Field,
  name: string | null,
  program: readonly Home[],
): boolean {
  if (name === null || use.of.kind !== 'name' || use.of.name !== name) return false;
  const written = textOf(home, call.of.span).replace(/\s+/g, '');
  const imports = (module: string): boolean =>
    home.module.imports.some((one) => one.module === module || (module === 'os' && one.module === 'io/fs'));
  const isLibrary = GIVES_NIL.some((one) => one.call.test(written) && one.asks.test(use.name) && imports(one.module));
  const { is, type, failsNil } = resultOf(home, call, program);
  if (is === 'unknown' && isLibrary) return true;
  if (is !== 'pointer' || !failsNil) return false;
  const isMethod = home.text.startsWith('(', use.span[1]);
  return !isMethod || usesReceiver(type, use.name, program);
}
