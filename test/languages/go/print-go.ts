import type { Module } from '../../../src/languages/form.ts';
import { lowerGo } from '../../../src/languages/go/lower.ts';
import { loadGrammars, readSyntax } from '../../../src/languages/syntax.ts';
import { printModule } from '../print-form.ts';

export async function lowerText(text: string): Promise<Module> {
  await loadGrammars(['go']);
  const { root, errors } = readSyntax('go', text);
  return lowerGo(root, text, errors);
}

/** A whole file, without its package clause. */
export async function printFile(text: string): Promise<string> {
  return printModule(await lowerText(`package p\n${text}\n`))
    .replace('package p\n', '')
    .trimEnd();
}

/** What stands in a function: its statements, then the functions inside of it. */
export async function printBody(text: string): Promise<string> {
  const module = await lowerText(`package p\nfunc f() {\n${text}\n}\n`);
  const [, lines = ''] = printModule(module).split('f1 function f()\n');
  return lines.replaceAll(/^ {2}/gm, '').trimEnd();
}
