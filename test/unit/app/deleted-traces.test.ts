// Undoing a deletion: in memory, on disk, and when another process has overwritten the traces meanwhile.
import { expect, test, vi } from "vitest";
import { DeletedTraces } from "../../../server/app/deleted-traces.js";

/** A log and a store that have so many of the traces, by the deletions. */
const partsWith = (inMemory: number, onDisk: number) => ({
  log: {
    generation: "00000000-0000-4000-8000-000000000000" as const,
    remove: vi.fn((_: readonly string[], _undo: number) => 2),
    restore: vi.fn((_undo: number) => inMemory),
    purge: vi.fn(),
  },
  stores: {
    remove: vi.fn(async () => ({ count: 2, names: [] })),
    restore: vi.fn(async (_undo: number) => onDisk),
    purge: vi.fn(async () => {}),
  },
});

test.each([
  { inMemory: 2, onDisk: 2, isRestored: true },
  { inMemory: 0, onDisk: 2, isRestored: true },
  { inMemory: 2, onDisk: 0, isRestored: true },
  { inMemory: 0, onDisk: 0, isRestored: false },
])("$inMemory in memory and $onDisk on disk are there: $isRestored", async ({ inMemory, onDisk, isRestored }) => {
  const { log, stores } = partsWith(inMemory, onDisk);
  const deleted = new DeletedTraces(log, { unlisted: async () => [] }, stores);
  const { undo } = await deleted.remove(["a", "b"], null);
  expect(await deleted.restore(undo)).toBe(isRestored);
  expect(await deleted.restore(undo)).toBe(false); // the second time it is over
  await deleted.finish();
  expect(stores.purge).not.toHaveBeenCalled();
});

test("what cannot be undone any more is overwritten, each deletion by itself", async () => {
  const { log, stores } = partsWith(0, 0);
  const deleted = new DeletedTraces(log, { unlisted: async () => [] }, stores);
  const [{ undo: first }, { undo: second }] = [await deleted.remove(["a"], null), await deleted.remove(["b"], null)];
  await deleted.finish();
  expect(stores.purge.mock.calls).toEqual([[first], [second]]);
});

test("one that is still under way when the folder is closed is waited for, and then overwritten", async () => {
  const { log, stores } = partsWith(2, 2);
  let end = (): void => undefined;
  const held = new Promise<{ count: number; names: never[] }>((resolve) => {
    end = () => resolve({ count: 2, names: [] });
  });
  stores.remove.mockReturnValueOnce(held);
  const deleted = new DeletedTraces(log, { unlisted: async () => [] }, stores);
  const removing = deleted.remove(["a", "b"], null);
  const finishing = deleted.finish();
  end();
  const { undo } = await removing;
  await finishing;
  expect(stores.purge.mock.calls).toEqual([[undo]]);
});

test("a deletion that fails on disk is undone, there and in memory", async () => {
  const { log, stores } = partsWith(2, 1);
  const full = new Error("disk full");
  stores.remove.mockRejectedValueOnce(full);
  const deleted = new DeletedTraces(log, { unlisted: async () => [] }, stores);
  await expect(deleted.remove(["a", "b"], null)).rejects.toBe(full);
  expect(log.restore.mock.calls).toEqual(log.remove.mock.calls.map(([, undo]) => [undo]));
  expect(stores.restore.mock.calls).toEqual(log.restore.mock.calls);
  await deleted.finish();
  expect(stores.purge).not.toHaveBeenCalled();
});

test("a deletion that fails, and cannot be undone on disk either, says why it failed", async () => {
  const { log, stores } = partsWith(2, 1);
  const [full, locked] = [new Error("disk full"), new Error("locked")];
  stores.remove.mockRejectedValueOnce(full);
  stores.restore.mockRejectedValueOnce(locked);
  await expect(new DeletedTraces(log, { unlisted: async () => [] }, stores).remove(["a", "b"], null)).rejects.toBe(
    full,
  );
  expect([full.cause, log.restore.mock.calls.length]).toEqual([locked, 1]);
});

test("an undo that fails on disk can be asked for again, until the deletion is final", async () => {
  const { log, stores } = partsWith(2, 2);
  const locked = new Error("locked");
  stores.restore.mockRejectedValueOnce(locked);
  const deleted = new DeletedTraces(log, { unlisted: async () => [] }, stores);
  const { undo } = await deleted.remove(["a", "b"], null);
  await expect(deleted.restore(undo)).rejects.toBe(locked);
  expect(log.restore).not.toHaveBeenCalled(); // as on disk
  expect(await deleted.restore(undo)).toBe(true);
  await deleted.finish();
  expect(stores.purge).not.toHaveBeenCalled();
});
