// Which day it is, for times of day that are shown without a date while they are of today: drawn again after midnight.
import { useSyncExternalStore } from "react";

/** One timer until midnight would be late after a sleep of the machine. */
function everyMinute(look: () => void): () => void {
  const timer = setInterval(look, 60_000);
  return () => clearInterval(timer);
}

/** The day's first moment, Unix time in ms. */
export const useToday = (): number => useSyncExternalStore(everyMinute, () => new Date().setHours(0, 0, 0, 0));
