function outer(name: string, rows: Rows) {
  return rows.each(function (id: string): string {
    return name + id;
  });
}
