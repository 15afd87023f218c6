function build(rows: string[], deep: number): string {
  let out = 'it\'s "\u00e9"\n\t\\';
  while (deep < 3) {
    out += rows[deep];
    deep = deep + 1;
  }
  return out;
}
