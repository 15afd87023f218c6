/** Waits for a condition; the message says what did not come. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  ms = 40_000,
  everyMs = 25,
): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
