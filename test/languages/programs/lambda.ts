function outer(rows) {
  return sort(rows, (a) => a.name);
}
