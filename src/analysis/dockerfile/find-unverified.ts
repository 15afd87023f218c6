import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import type { Place } from './check.ts';
import { CHECKED, UNVERIFIED } from './find-remote-scripts.ts';
import { readArguments } from './read-arguments.ts';

/** How programs that load things in a build are told to trust every server, or packages that nobody signed. */
const IN_COMMANDS: readonly RegExp[] = [
  ...UNVERIFIED,
  /\bpip3?\b[^|;&\n]{0,300}?\s--trusted-host[= ]\s*(?!localhost|127\.)\S+/,
  /\b(?:npm|yarn|pnpm)\s+(?:config\s+set|set)\s+["']?(?:strict-ssl|"strict-ssl")["']?[= ]\s*["']?false/,
  /\bgit\b[^|;&\n]{0,200}?\bhttp\.(?:\S{1,100}\.)?ssl[vV]erify["']?[= ]\s*["']?(?:false|0)/,
  /\bapt(?:-get)?\b[^|;&\n]{0,300}?\s(?:--allow-unauthenticated|--force-yes)(?=\s|$)/,
  // A file that is there already came from somewhere else.
  /\b(?:yum|dnf|microdnf|tdnf)\b(?![^|;&\n]{0,500}\s[\w*./-]{1,200}\.rpm(?:\s|$))[^|;&\n]{0,300}?\s--nogpgcheck(?=\s|$)/,
  /\bapk\b(?![^|;&\n]{0,500}[\w*]\.apk(?:\s|$))[^|;&\n]{0,300}?\s--allow-untrusted(?=\s|$)/,
];

/** Variables that say the same to all programs that follow, those of the service among them. */
const IN_ENVIRONMENT =
  /(?:^|\s)((?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)[= ]["']?0|(?:GIT_SSL_NO_VERIFY)[= ]["']?(?:1|true)|NPM_CONFIG_STRICT_SSL[= ]["']?false)(?=["']?(?:\s|$))/i;

/** What is loaded from whoever answers. */
export function findUnverified(instructions: readonly Instruction[]): Place[] {
  return instructions.flatMap((instruction) => {
    const keyword = instruction.getKeyword();
    const text = readArguments(instruction);
    const found =
      keyword === 'RUN' && !CHECKED.test(text)
        ? IN_COMMANDS.map((pattern) => pattern.exec(text)?.[0]).find((one) => one !== undefined)
        : keyword === 'ENV'
          ? IN_ENVIRONMENT.exec(text)?.[1]
          : undefined;
    return found === undefined ? [] : [{ instruction, values: { COMMAND: inlineCode(shorten(found)) } }];
  });
}

const LONGEST = 60;

/** The program and its option; what stands between them is left out where it is long. */
function shorten(command: string): string {
  const words = command.replace(/\s+/g, ' ').trim();
  if (words.length <= LONGEST) return words;
  return `${words.slice(0, words.indexOf(' '))} … ${words.slice(words.lastIndexOf(' -') + 1)}`;
}
