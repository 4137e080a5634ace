// Work that is done at an earlier time, by the clock that dates come from.
import { vi } from "vitest";

/** `ms`: how long ago. */
export function earlier<T>(ms: number, work: () => T): T {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - ms });
  try {
    return work();
  } finally {
    vi.useRealTimers();
  }
}
