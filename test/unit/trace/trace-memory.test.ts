// The constants by which the trace log counts what traces take, held against the heap.
import { expect, test } from "vitest";
import { measureTraces, traceKinds } from "../../support/trace-memory.js";

/** Another version of V8 has other objects. */
const tolerance = 1.6;

test.each(traceKinds)("what is counted for a trace is what it takes in memory: %s", async (kind) => {
  const { measuredBytes, countedBytes } = await measureTraces(kind, 4000);
  expect(measuredBytes).toBeLessThan(countedBytes * tolerance);
  expect(countedBytes).toBeLessThan(measuredBytes * tolerance);
});
