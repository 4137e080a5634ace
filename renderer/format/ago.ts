// How long ago something was, in words. Without clock.ts: a module that the first page shares with the workbench would
// have both loaded together.

const elapsed = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "just now", "2 hours ago"; from a day on by the calendar: "yesterday". `at` and `now` are Unix times in ms. */
export function agoText(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return elapsed.format(-minutes, "minute");
  const days = Math.round((midnightBefore(now) - midnightBefore(at)) / (24 * 3600 * 1000));
  // The day on which clocks are set back has 25 hours.
  if (minutes < 24 * 60 || days < 1) return elapsed.format(-Math.floor(minutes / 60), "hour");
  return elapsed.format(-days, "day");
}

const midnightBefore = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
