/** In a list whose first items are not so and whose others are: the index of the first that is; the list's length: none is. */
export function firstThat<T>(list: readonly T[], isSo: (one: T) => boolean, from = 0): number {
  let low = from;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
