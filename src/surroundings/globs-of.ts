const LANGUAGES: readonly (readonly string[])[] = [
  ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'],
  ['py'],
  ['go'],
];

/** The files that may import this one: those of its own language. */
export function globsOf(path: string): string[] {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return (LANGUAGES.find((endings) => endings.includes(ending)) ?? []).map((one) => `*.${one}`);
}
