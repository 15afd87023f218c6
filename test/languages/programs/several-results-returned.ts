function load(id: string) {
  const [row, problem] = query(id);
  return [row, problem];
}
