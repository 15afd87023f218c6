/** In a list where the condition holds from some item on: the index of that item. If it holds for none, the length of the list. */
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
