import type { Arg, Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import type { Place } from './check.ts';
import { SECRET_NAME } from './find-image-secrets.ts';
import { readArguments } from './read-arguments.ts';
import { listShipped } from './stages.ts';

/** Files that hold credentials and nothing else, by the names that their programs give them. */
const SECRET_FILE =
  /^(?:\.env(?:\.(?:prod|production|local|staging|live))?|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.pgpass|\.git-credentials|\.aws|\.kube|kubeconfig|\.ssh|credentials\.json|service[-_]?account[\w-]*\.json|(?:privkey|private[-_]?key|server[-_]?key|tls)\.(?:pem|key)|[\w.-]+\.(?:p12|pfx|jks|keystore))$/i;

/** Files of credentials that are copied into the image that is shipped. Removed later, they stay in their layer. */
export function findSecretFiles(instructions: readonly Instruction[]): Place[] {
  return listShipped(instructions).flatMap((instruction) => {
    const word = instruction.getKeyword();
    const text = readArguments(instruction);
    if ((word !== 'COPY' && word !== 'ADD') || /--from=/.test(text)) return [];
    const words = text
      .replace(/[[\]"',]/g, ' ')
      .trim()
      .split(/\s+/)
      .filter((one) => !one.startsWith('--'));
    const file = words.slice(0, -1).find((one) => SECRET_FILE.test(one.replace(/\/+$/, '').split('/').at(-1) ?? ''));
    return file === undefined ? [] : [{ instruction, values: { FILE: inlineCode(file) } }];
  });
}

/** A secret of the build that is used as an argument: it stands in the history of the image beside each command that saw it. */
export function findSecretArguments(instructions: readonly Instruction[]): Place[] {
  const shipped = listShipped(instructions);
  return shipped.flatMap((instruction, at) => {
    if (instruction.getKeyword() !== 'ARG') return [];
    const property = (instruction as Arg).getProperty();
    const name = property?.getName() ?? '';
    // One with a value of its own is said as such.
    if (!SECRET_NAME.test(name) || (property?.getValue() ?? '') !== '') return [];
    const used = new RegExp(`\\$\\{?${name}\\b|\\bprintenv\\s+${name}\\b`);
    const user = shipped
      .slice(at + 1)
      .find((one) => ['RUN', 'ENV'].includes(one.getKeyword()) && used.test(one.getArgumentsContent() ?? ''));
    if (!user) return [];
    const values = { NAME: inlineCode(name), LINE: String(user.getRange().start.line + 1) };
    return [{ instruction, values }];
  });
}
