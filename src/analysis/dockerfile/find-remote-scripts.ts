import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import { escapeRegExp } from '../../text/escape-reg-exp.ts';
import type { Place } from './check.ts';

const FETCH = String.raw`\b(?:curl|wget)\b[^|;&<>()]{0,500}?(https?:\/\/[^\s|"')]{1,300})[^|;&]{0,300}`;
const SHELL = String.raw`(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|a)?sh|python3?|perl|node|ruby)\b`;
const RUNS = [
  // curl … | sudo -E VERSION=1 bash -s -- -y
  new RegExp(String.raw`${FETCH}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:env\s+)?(?:\w+=\S*\s+)*${SHELL}`),
  // sh -c "$(curl …)", bash <(curl …)
  new RegExp(String.raw`${SHELL}\s[^|;&]{0,100}?(?:\$\(|<\(|${'`'})\s*${FETCH}`),
];
/** What is only written somewhere (a message, a line of a file): no shell reads it, but of what it is made by `$(…)` or handed to by a pipe. */
const SAID = new RegExp(
  String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)*(?:'[^']{0,2000}'|"(?:[^"$${'`'}\\]|\\.|\$(?!\()){0,2000}")(?!\s*\|\s*(?:sudo\s+)?${SHELL})`,
  'g',
);
/** The lines that `cat <<EOF > notes` writes into a file, where no shell is given them. */
const WRITTEN =
  /\b(?:cat|tee)\b(?=[^\n|;&]{0,200}<<)[^\n|;&]{0,200}<<-?\s{0,5}['"]?(\w{1,40})['"]?[^\n|;&]{0,200}\n(?:(?!\s{0,40}\1\s*$)[^\n]{0,2000}\n){0,500}\s{0,40}\1\s*$/gm;
/** What stands after the command, up to the next one; and the file it writes, which without an option is called as in the address. */
const SAVED = /\b(curl|wget)\b([^|;&<>()]{0,800})/g;
const FILE: Record<string, RegExp> = {
  curl: /\s(?:-[a-zA-Z]*o|--output)[= ]?\s*["']?([\w./-]{1,200})/,
  wget: /\s(?:-[a-zA-Z]*O|--output-document)[= ]?\s*["']?([\w./-]{1,200})/,
};
const ADDRESS = /https?:\/\/[^\s"']{1,300}/;
const LAST_PART = /\/([\w.-]{1,200})$/;
export const CHECKED = /\b(?:sha(?:1|224|256|384|512)sum|shasum|md5sum|b2sum|gpgv?|cosign|minisign|openssl\s+dgst)\b/;

/**
 * Installers of toolchains and package sources from their own makers, over TLS: who controls that server gives out the
 * compiler as well, so there is nothing that a checksum of the installer would add. And any script of a fixed version.
 */
export const TRUSTED = [
  /^https:\/\/(sh\.rustup\.rs|static\.rust-lang\.org|bootstrap\.pypa\.io|install\.python-poetry\.org|astral\.sh|(deb|rpm)\.nodesource\.com|get\.pnpm\.io|bun\.(sh|com)|deno\.land|get\.docker\.com)(\/|$)/,
  /^https:\/\/raw\.githubusercontent\.com\/[\w.-]+\/[\w.-]+\/(refs\/tags\/)?(v?\d+\.\d+(\.\d+)?[\w.-]*|[0-9a-f]{40})\//,
];
/** How what fetches a file is told to trust every server. */
export const UNVERIFIED = [
  // Behind a letter that takes a value there are no more options: `-okubectl`.
  /\bcurl\b[^|;&\n]{0,500}?\s(?:-[#0-46aBfgGiIjJlLMnNOpqRsSvVZ]{0,20}k[a-zA-Z]{0,20}|--insecure)(?=\s|$)/,
  /\bwget\b[^|;&\n]{0,500}?\s--no-check-certificate(?=\s|$)/,
];

/** Scripts that run as they come from the network. */
export function findRemoteScripts(instructions: readonly Instruction[]): Place[] {
  return instructions
    .filter((one) => one.getKeyword() === 'RUN')
    .flatMap((instruction) => {
      const text = (instruction.getArgumentsContent() ?? '')
        .slice(0, 20_000)
        .replace(WRITTEN, 'cat')
        .replace(SAID, 'echo');
      const url =
        RUNS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined) ?? findSaved(text);
      if (url === undefined || (TRUSTED.some((maker) => maker.test(url)) && !UNVERIFIED.some((way) => way.test(text))))
        return [];
      return [{ instruction, values: { URL: inlineCode(url) } }];
    });
}

/** The address of a script that is saved first, then run by the same instruction, with no sum or signature checked. */
function findSaved(text: string): string | undefined {
  if (CHECKED.test(text)) return undefined;
  for (const fetched of text.matchAll(SAVED)) {
    const [, command = '', words = ''] = fetched;
    const [url] = ADDRESS.exec(words) ?? [];
    if (url === undefined) continue;
    const file = FILE[command]?.exec(words)?.[1] ?? LAST_PART.exec(url)?.[1];
    if (file === undefined) continue;
    const rest = text.slice(fetched.index + fetched[0].length);
    const run = String.raw`(?<![\w./-])${SHELL}\s(?:-\w+\s){0,3}["']?(?:\.\/)?${escapeRegExp(file)}(?![\w./-])`;
    if (new RegExp(run).test(rest)) return url;
  }
  return undefined;
}
