// How long ago something was, in words.

const elapsed = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "just now", "2 hours ago", "yesterday". `at` and `now` are Unix times in ms. */
export function agoText(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes > -1) return "just now";
  if (minutes > -60) return elapsed.format(minutes, "minute");
  if (minutes > -60 * 24) return elapsed.format(Math.round(minutes / 60), "hour");
  return elapsed.format(Math.round(minutes / 60 / 24), "day");
}
