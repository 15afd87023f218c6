function outer(name: string) {
  function inner(id: string): string {
    return name + id;
  }
  return inner(limit);
}
const limit = 5;
