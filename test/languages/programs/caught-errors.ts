async function get(id: string) {
  try {
    await fetch(id);
  } catch {
    throw lost;
  } finally {
    close();
  }
}
