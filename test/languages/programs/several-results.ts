function load(id: string) {
  const [row, problem] = query(id);
  if (problem !== null) {
    throw problem;
  }
  use(row);
}
