/** `orders.Store.find`: `find`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
