function make(id: string) {
  const where = { id: id, 'b-c': [1, id, null], ...base };
  for (const one of where.all) {
    if (one in where) {
      continue;
    }
    use(one);
  }
}
