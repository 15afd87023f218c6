function count(n: number) {
  for (let i = 0; i < n; i++) {
    if (i === 3) {
      break;
    }
    note(i);
  }
}
