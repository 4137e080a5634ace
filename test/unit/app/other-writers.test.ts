// A trace of the store that was opened, when it is deleted, or another process has changed what is stored. The test
// decides what the reading thread answers.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { handedOver, TraceEncoder } from "../../../server/trace/codec/encode-trace.js";
import { traceOf } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const nothing = { rows: [], isMore: false, last: 1, marks: [], pins: [], isMarked: false, isAnother: false };
const trace = traceOf({ seq: 1 });
const stored = handedOver(new TraceEncoder().encode(trace));

/** A workbench in which the trace was opened, and then deleted. */
async function withOpened() {
  const folder = tempFolder();
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  const { stores, traces, otherWriters } = workbench;
  const { reader } = stores;
  const ask = vi.spyOn(reader, "ask").mockResolvedValue(null).mockResolvedValueOnce(stored);
  expect(await traces.find(trace.id)).toMatchObject({ id: trace.id });
  const dispose = async (): Promise<void> => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  };
  return { stores, traces, otherWriters, reader, ask, [Symbol.asyncDispose]: dispose };
}

test.each([
  { what: "other marks", news: { isMarked: true } },
  { what: "another file", news: { isAnother: true } },
  { what: "that it is pinned", news: { pins: [{ id: trace.id, pinned: true }] } },
])("is read again after a look that found $what", async ({ news }) => {
  await using opened = await withOpened();
  const { traces, otherWriters, ask } = opened;
  ask.mockClear().mockResolvedValue(nothing);
  const watchUntil = (event: string, ask: () => boolean) => otherWriters.watchFor(waitFor(event, ask));
  await watchUntil("looks that found nothing", () => ask.mock.calls.length > 1);
  expect(await traces.find(trace.id)).toMatchObject({ id: trace.id });
  expect(new Set(ask.mock.calls.map(([name]) => name))).toEqual(new Set(["look"]));
  ask.mockResolvedValue(null).mockResolvedValueOnce({ ...nothing, ...news });
  await watchUntil("the opened trace is forgotten", () => traces.get(trace.id) === null);
  expect(await traces.find(trace.id)).toBeNull();
});

test("is read again after deleted traces were overwritten", async () => {
  await using opened = await withOpened();
  const { stores, traces, reader } = opened;
  vi.spyOn(reader, "purge").mockResolvedValue(1);
  await stores.purge(5);
  expect(traces.get(trace.id)).toBeNull();
});
