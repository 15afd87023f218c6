import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../../findings/evidence.ts';
import type { Place } from './check.ts';
import { TRUSTED } from './find-remote-scripts.ts';
import { readArguments } from './read-arguments.ts';

/** `ADD https://…` takes what the server gives at the time of the build; `--checksum` holds it to what was meant, and so does a commit. */
export function findRemoteFiles(instructions: readonly Instruction[]): Place[] {
  return instructions
    .filter((one) => one.getKeyword() === 'ADD')
    .flatMap((instruction) => {
      const text = readArguments(instruction);
      const url = /(?:^|[\s"'[,])(https?:\/\/[^\s"',]+)/.exec(text)?.[1];
      if (url === undefined || /--checksum=/.test(text) || isFixed(url) || TRUSTED.some((maker) => maker.test(url)))
        return [];
      return [{ instruction, values: { URL: inlineCode(url) } }];
    });
}

/** A repository at a commit or a tag (`….git#v1.2`), or an address that names the digest. */
function isFixed(url: string): boolean {
  return /\.git#(?!(?:main|master|develop|HEAD)\b)[\w./-]*\d/.test(url) || /[0-9a-f]{40}/.test(url);
}
