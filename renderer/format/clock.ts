// Moments as people read them.

/** `14:02:11.482`, local time, from Unix time in ms. */
export function clockOf(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** "2026-11-27", in the user's time zone. */
export function dateOf(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "2026-11-27 21:46:12" */
export const dateTimeOf = (unixMs: number): string =>
  `${dateOf(unixMs)} ${clockOf(unixMs).slice(0, "14:02:11".length)}`;

const elapsed = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "just now", "2 hours ago", "yesterday". `at` and `now` are Unix times in ms. */
export function agoText(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes > -1) return "just now";
  if (minutes > -60) return elapsed.format(minutes, "minute");
  if (minutes > -60 * 24) return elapsed.format(Math.round(minutes / 60), "hour");
  return elapsed.format(Math.round(minutes / 60 / 24), "day");
}
