// What a process learns of what others do with the stored traces of its folder: each trace once, in order; what is
// written to traces by others, and whether it was another one; and nothing while nothing happens.
import { afterEach, beforeEach, expect, test } from "vitest";
import { MarkFile } from "../../../server/store/mark-file.js";
import { type StoreChanges, StoreWatch } from "../../../server/store/store-watch.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let store: StoredTraces;
let marks: MarkFile;
let watch: StoreWatch;
beforeEach(() => {
  folder = tempFolder();
  store = new StoredTraces(folder.file("a.db"));
  expect(store.writer.open()).toBe(true);
  marks = new MarkFile(store.path);
});
afterEach(() => {
  watch.close();
  marks.close();
  store[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const own = (seq: number) => traceOf({ seq });
const other = (seq: number) => {
  const trace = traceOf({ seq });
  return { ...trace, id: trace.id.replace("abcdef", "fedcba") };
};
/** Stored, with its row. */
function stored(...traces: readonly ReturnType<typeof own>[]): void {
  store.store(...traces);
  while (store.writer.makeRows());
}
let last: number | null = null;
function look(since = ""): StoreChanges | null {
  const changes = watch.look({ run: "abcdef", after: last, since });
  last = changes?.last ?? last;
  return changes;
}
/** What is there now is known. */
function begin(): void {
  watch = new StoreWatch(store.path);
  last = null;
  expect(look()).toMatchObject({ places: [], marks: [], pins: [], isMarked: false });
}
const written = { name: "Cart", note: null, tags: ["a", "b"] };
const none = { name: null, note: null, tags: [] };

test("traces of others are reported once, in order; own ones are not; nothing while nothing is committed", () => {
  stored(other(1));
  begin();
  expect(look()).toBeNull();
  stored(own(2), other(3), own(4), other(5));
  expect(look()).toMatchObject({ places: [3, 5], isMore: false, last: 5, isMarked: false });
  expect(look()).toBeNull();
  stored(own(6));
  expect(look()).toMatchObject({ places: [], last: 6 });
});

test("very many come in portions, none twice and none left out", () => {
  begin();
  for (let seq = 1; seq <= 1200; seq++) store.end(seq % 100 === 0 ? own(seq) : other(seq));
  store.writer.drain();
  while (store.writer.makeRows());
  const places: number[] = [];
  for (let changes = look(); changes; changes = look()) places.push(...changes.places);
  expect(places).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1).filter((place) => place % 100 !== 0));
});

test("the newest traces were deleted: what comes then is new, and nothing comes again", () => {
  stored(other(1), other(2));
  begin();
  marks.remove([other(2).id], 1);
  for (const _ of marks.purge(2));
  expect(look()).toMatchObject({ places: [], last: 2 });
  stored(other(3));
  expect(look()).toMatchObject({ places: [3] });
});

test("names, notes and tags: written, changed and taken away", () => {
  stored(own(1), other(2), other(3));
  begin();
  marks.write(other(2).id, written);
  expect(look()).toMatchObject({
    marks: [{ id: other(2).id, written, deletedAt: null, isGone: false }],
    isMarked: true,
  });
  stored(own(4));
  expect(look()).toMatchObject({ marks: [], isMarked: false });
  marks.write(other(2).id, { ...written, name: "Trac" });
  expect(look()?.marks).toMatchObject([{ written: { name: "Trac" } }]);
  marks.write(other(2).id, none);
  expect(look()).toMatchObject({ marks: [{ id: other(2).id, written: none }], isMarked: true });
});

test("deletions: hidden, shown again, and final", () => {
  stored(own(1), other(2), other(3));
  begin();
  marks.remove([own(1).id, other(2).id], 7);
  expect(look()?.marks).toEqual(
    [own(1), other(2)].map(({ id }) => ({ id, written: none, deletedAt: 7, isGone: false })),
  );
  marks.restore(7);
  expect(look()?.marks).toEqual(
    [own(1), other(2)].map(({ id }) => ({ id, written: none, deletedAt: null, isGone: false })),
  );
  marks.remove([other(2).id], 8);
  look();
  for (const _ of marks.purge(9));
  expect(look()?.marks).toEqual([{ id: other(2).id, written: none, deletedAt: 8, isGone: true }]);
});

test("marks of traces before the list's oldest one are not told one by one, but that there are some", () => {
  stored(other(1), other(2));
  begin();
  marks.write(other(1).id, written);
  expect(look(other(2).id)).toMatchObject({ marks: [], isMarked: true });
});

test("what this process writes is no news from another one, unless another one wrote, too", () => {
  stored(other(1), other(2));
  begin();
  const mark = function* (id: string) {
    yield marks.write(id, written);
  };
  for (const _ of watch.own(mark(other(1).id)));
  expect(look()).toMatchObject({ marks: [{ id: other(1).id }], isMarked: false });
  marks.write(other(1).id, none);
  for (const _ of watch.own(mark(other(2).id)));
  expect(look()).toMatchObject({ isMarked: true });
});

test("pins of traces that were known; of new ones the row has it", () => {
  stored(other(1), other(2));
  begin();
  store.sink.pinned(other(1).id, true);
  stored({ ...other(3), pinned: true });
  expect(look()).toMatchObject({ places: [3], pins: [{ id: other(1).id, pinned: true }] });
  store.sink.pinned(other(3).id, false);
  stored();
  store.writer.drain();
  expect(look()?.pins).toEqual([{ id: other(3).id, pinned: false }]);
});
