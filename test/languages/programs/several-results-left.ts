function load(id: string) {
  const [row, problem] = query(id);
  if (problem !== null) {
    return;
  }
  use(row);
}
