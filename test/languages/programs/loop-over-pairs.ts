function all(rows: Rows) {
  for (const [key, row] of rows.entries()) {
    use(key, row);
  }
}
