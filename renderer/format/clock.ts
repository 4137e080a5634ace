// Moments as people read them.

/** `14:02:11.482`, local time, from Unix time in ms. */
export function clockOf(unixMs: number): string {
  const date = new Date(unixMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

const weekDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayMs = 24 * 3600 * 1000;

/** Days between two moments' dates, in local time. */
export function daysBetween(earlier: number, later: number): number {
  const from = new Date(earlier);
  const to = new Date(later);
  return Math.round((to.setHours(0, 0, 0, 0) - from.setHours(0, 0, 0, 0)) / dayMs);
}

/**
 * As short as a clock: today's `14:02:11.482`, of the last days `Thu 14:02:11`,
 * before them `27 Nov 14:02`. Unix time in ms.
 */
export function timeOf(unixMs: number, now: number): string {
  const days = daysBetween(unixMs, now);
  const clock = clockOf(unixMs);
  if (days === 0) return clock;
  const date = new Date(unixMs);
  if (days > 0 && days < 7) return `${weekDays[date.getDay()]} ${clock.slice(0, 8)}`;
  return `${date.getDate()} ${months[date.getMonth()]} ${clock.slice(0, 5)}`;
}

/** "Today", "Yesterday", "Thursday" would be said of the last days; before them "27 Nov 2026". */
export function dayOf(unixMs: number, now: number): string {
  const days = daysBetween(unixMs, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const date = new Date(unixMs);
  return `${weekDays[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]}${days > 300 ? ` ${date.getFullYear()}` : ""}`;
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

/** How long somebody has waited: "0:42". */
export function waitedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
