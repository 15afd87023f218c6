const PACKAGE = /^[ \t]*package[ \t]+([\w.]+)[ \t]*;/m;

/** The package of a file of protobuf; empty: it has none. */
export function packageOf(text: string): string {
  return PACKAGE.exec(text)?.[1] ?? '';
}
