// Sizes and counts as people read them: always with a unit, digits grouped, binary multiples (1 KiB = 1,024 B).
const grouped = new Intl.NumberFormat("en-US");

/** A whole number with its digits grouped: `1,204`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A size in bytes, short: `0 B`, `999 B`, `1.2 KiB`, `8 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes;
  let unit = "B";
  for (const next of ["KiB", "MiB", "GiB", "TiB"]) {
    if (value < 1023.95) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(1).replace(/\.0$/, "")} ${unit}`;
}

/** A size in bytes, exact: `1 byte`, `1,204 bytes`. */
export function formatExactBytes(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${formatCount(bytes)} bytes`;
}

/** A place in a row: `1st`, `2nd`, `11th`. */
export function ordinal(count: number): string {
  const isTeen = count % 100 >= 11 && count % 100 <= 13;
  return `${count}${isTeen ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th")}`;
}
