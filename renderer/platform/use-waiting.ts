// How long something has been going on, for messages that appear only after a moment.
import { useEffect, useState } from "react";
import { patienceMs } from "./progress.js";

/** Whole seconds that `isRunning` has been true; null before it has taken long, and when it is false. */
export function useWaiting(isRunning: boolean): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    const startedAt = performance.now();
    let timer = setTimeout(tick, patienceMs);
    function tick(): void {
      const ms = performance.now() - startedAt;
      setSeconds(Math.floor(ms / 1000));
      timer = setTimeout(tick, 1000 - (ms % 1000) + 5);
    }
    return () => {
      clearTimeout(timer);
      setSeconds(null);
    };
  }, [isRunning]);
  return seconds;
}
