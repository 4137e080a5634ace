// A wall clock time with milliseconds, as the trace list and its hints show it.

/** `14:02:11.482`, local time, from Unix time in ms. */
export function clockOf(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
