import type { Instruction } from 'dockerfile-ast';
import { inlineCode } from '../evidence.ts';
import type { Place } from './check.ts';

const FETCH = String.raw`\b(?:curl|wget)\b[^|;&<>()]{0,500}?(https?:\/\/[^\s|"')]{1,300})[^|;&]{0,300}`;
const SHELL = String.raw`(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|a)?sh|python3?|perl|node|ruby)\b`;
const RUNS = [
  // curl … | sudo -E VERSION=1 bash -s -- -y
  new RegExp(String.raw`${FETCH}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:env\s+)?(?:\w+=\S*\s+)*${SHELL}`),
  // sh -c "$(curl …)", bash <(curl …)
  new RegExp(String.raw`${SHELL}\s[^|;&]{0,100}?(?:\$\(|<\(|${'`'})\s*${FETCH}`),
];

/** Scripts that run as they come from the network. */
export function findRemoteScripts(instructions: readonly Instruction[]): Place[] {
  return instructions
    .filter((one) => one.getKeyword() === 'RUN')
    .flatMap((instruction) => {
      const text = (instruction.getArgumentsContent() ?? '').slice(0, 20_000);
      const url = RUNS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
      return url === undefined ? [] : [{ instruction, values: { URL: inlineCode(url) } }];
    });
}
