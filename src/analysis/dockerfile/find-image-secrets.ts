import type { Arg, Env, Instruction, Property } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import { isPlaceholder } from '../../secrets/judge-value.ts';
import { isMasked } from '../../secrets/masked-text.ts';
import type { FoundSecret } from '../secretlint/find-secrets.ts';
import type { Place } from './check.ts';

/** Not where nginx hands a request on: `uwsgi_pass`. Source: nginx.org/en/docs/http/ngx_http_uwsgi_module.html. */
export const SECRET_NAME =
  /(PASSWORD|PASSWD|PASSPHRASE|(?<!(?:UWSGI|FASTCGI|SCGI|GRPC))_PASS|_PWD|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER|AUTH|JWT|APP)_?KEY)(_BASE)?$/i;

/** Credentials that ENV and ARG write into the image. */
export function findImageSecrets(instructions: readonly Instruction[], secrets: readonly FoundSecret[]): Place[] {
  return instructions.flatMap((instruction) => {
    const names = listPairs(instruction)
      .filter((pair) => isCredential(pair, secrets))
      .map((pair) => inlineCode(pair.getName()));
    return names.length === 0 ? [] : [{ instruction, values: { NAME: names.join('`, `') } }];
  });
}

/** Every `NAME=value` of an ENV or ARG, on one line or on many. */
function listPairs(instruction: Instruction): Property[] {
  // By its word: nothing of the parser is loaded where there is no Dockerfile.
  const keyword = instruction.getKeyword();
  if (keyword === 'ENV') return (instruction as Env).getProperties();
  const property = keyword === 'ARG' ? (instruction as Arg).getProperty() : null;
  return property ? [property] : [];
}

/** The text is masked here: what the value was is known by the search for credentials alone. */
function isCredential(pair: Property, secrets: readonly FoundSecret[]): boolean {
  const name = pair.getName();
  const value = pair.getValue() ?? '';
  const line = (pair.getValueRange()?.start.line ?? -1) + 1;
  const found = secrets.find((one) => one.line === line && one.label === name);
  return (
    SECRET_NAME.test(name) &&
    value.length >= 6 &&
    found?.placeholder !== true &&
    (isMasked(value) || !isPlaceholder(value)) &&
    !/^(\$|unused|\/)/i.test(value)
  );
}
