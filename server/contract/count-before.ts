// A search by halves in what is in order.

/** How many of the items come before something. */
export function countBefore<T>(items: readonly T[], isBefore: (item: T, index: number) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isBefore(item, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
