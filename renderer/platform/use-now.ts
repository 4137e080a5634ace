// The time, for what counts seconds on the screen.
import { useEffect, useState } from "react";

/** Gives the Unix time in ms, each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
