import { COMMAND_PASSWORDS } from './command-passwords.ts';
import { isReference, isTrivial, looksRandom } from './judge-value.ts';
import type { Secret } from './secret.ts';

const PROGRAM = new RegExp(
  `(?<![\\w.-])(?:${[...new Set(COMMAND_PASSWORDS.map(({ program }) => program))].join('|')})(?=["']?[\\s,])`,
  'g',
);
const KINDS = COMMAND_PASSWORDS.map((one) => ({
  ...one,
  name: new RegExp(`^(?:${one.program})$`),
  flag: new RegExp(`(?<=[\\s"',\\[])${one.before}`, 'g'),
}));
/** The words of one command: to the end of the line, or on where it ends in `\`; lists of words in quotes are commands, too. */
const COMMAND = /(?:[^\n;|&\\]|\\\r?\n|\\[^\r\n]|[;|&](?=[^\s;|&"']))*/y;
const MOST = 2000;
const WORD = /(?:\\.|[^\s"'`,;|)\]\\]){3,200}/y;
/** A password is piped to these: `echo user:pw | chpasswd`, `echo pw | sudo -S`, `docker login --password-stdin`. */
const PIPED =
  /\becho[ \t]+(?:-[en]+[ \t]+)?["']?([^\s"'|]{3,200})["']?[ \t]*\|[ \t]*(?:sudo[ \t]+(?:\S+[ \t]+){0,3}?(?:-S|chpasswd)|chpasswd|[^|\n]{0,100}--(?:password|passphrase|token)-(?:stdin|fd))/g;

/** Passwords on command lines, in scripts, in strings of code and in lists of words (`["mysqldump", "-pX"]`). Linear time. */
export function findCommandPasswords(text: string): Secret[] {
  const found: Secret[] = [];
  let from = 0;
  for (const match of text.matchAll(PROGRAM)) {
    if (match.index < from) continue;
    COMMAND.lastIndex = 0;
    const words = COMMAND.exec(text.slice(match.index, match.index + MOST))?.[0] ?? '';
    from = match.index + Math.max(words.length, 1);
    // A command may run another one: `docker exec db mysql -pX`.
    const programs = new Set([...words.matchAll(PROGRAM)].map(([program]) => program));
    for (const { name, flag, pair } of KINDS) {
      const program = [...programs].find((one) => name.test(one));
      if (program === undefined) continue;
      for (const one of words.matchAll(flag)) {
        const secret = readValue(text, match.index + one.index + one[0].length, program, pair);
        if (secret) found.push(secret);
      }
    }
  }
  for (const { 0: whole, 1: value = '', index } of text.matchAll(PIPED)) {
    const at = index + whole.indexOf(value);
    if (!isNone(value)) found.push(asSecret(at, value, 'echo'));
  }
  return found;
}

function readValue(text: string, at: number, program: string, pair?: string): Secret | null {
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined) return null;
  const cut = pair === undefined ? 0 : word.indexOf(pair) + 1;
  if (pair !== undefined && (cut < 2 || /^[a-z][\w+.-]*:\/\//i.test(word))) return null;
  const value = pair === '/' ? (word.slice(cut).split('@', 1)[0] ?? '') : word.slice(cut);
  return value.startsWith('-') || isNone(value) ? null : asSecret(at + cut, value, program);
}

function isNone(value: string): boolean {
  return value.length < 3 || isTrivial(value) || isReference(value) || /^\$|^\d{1,5}(?::\d{1,5})*$/.test(value);
}

function asSecret(start: number, value: string, program: string): Secret {
  return {
    start,
    end: start + value.length,
    shown: '',
    kind: 'password',
    label: `${program} …`,
    report: looksRandom(value),
    home: true,
  };
}
