// The heights of a small curve: the shortest time at the bottom, the longest at the top; equal ones in the middle.

/** Differences below this share of the longest are noise and stay small. */
const noise = 0.2;

export function sparkline(times: readonly number[]): readonly number[] {
  const longest = Math.max(0, ...times);
  const shortest = Math.min(longest, ...times);
  const span = Math.max(longest - shortest, longest * noise);
  if (span === 0) return times.map(() => 0.5);
  const below = (span - (longest - shortest)) / 2;
  return times.map((time) => (time - shortest + below) / span);
}
