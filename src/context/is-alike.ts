/** Whether a thing is called like its class or module: `orders` and `OrdersService`, `store` and `Storage`. */
export function isAlike(holder: string, thing: string): boolean {
  const [a, b] = [plain(holder), plain(thing)];
  if (a.length < 3 || b.length < 3) return false;
  return a.includes(b.slice(0, Math.max(4, b.length - 2))) || b.includes(a);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
