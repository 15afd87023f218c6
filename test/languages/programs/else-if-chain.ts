function pick(kind: string): string {
  let found = '';
  if (kind === 'a') {
    found = first();
  } else if (kind === 'b') {
    found = second();
  } else {
    found = kind;
  }
  return found;
}
