// Which files changed after a process had read them at its start, by the system's own times.
import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { changedSince } from "../../../server/runners/pool/changed-since.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("a file, and anything below a folder, written, moved in or removed counts; its own time does not deceive", () => {
  using folder = tempFolder();
  mkdirSync(folder.file("lib/deep"), { recursive: true });
  mkdirSync(folder.file("conf/parts"), { recursive: true });
  for (const name of ["conf/parts/a.ini", "lib/a.pm", "lib/deep/b.pm", "php.ini", "other"])
    writeFileSync(folder.file(name), "");
  const watched = ["lib", "php.ini", "none.ini", "conf/parts/a.ini"].map((name) => utf8(folder.file(name)));
  const newest = (): number =>
    Math.max(
      ...["", "conf", "conf/parts", "lib", "lib/deep", "lib/deep/b.pm", "php.ini"].map(
        (name) => statSync(folder.file(name), { throwIfNoEntry: false })?.ctimeMs ?? 0,
      ),
    );
  /** Whether the change, and nothing before it, counts for processes started between the two. */
  const counts = (change: () => void): boolean => {
    const since = newest() + 15;
    const before = changedSince(watched, since);
    for (let now = Date.now(); now < since + 15; now = Date.now()); // the system's own time goes in steps
    change();
    return !before && changedSince(watched, since);
  };
  expect(changedSince(watched, Number.POSITIVE_INFINITY)).toBe(false); // no process
  expect(counts(() => writeFileSync(folder.file("lib/deep/b.pm"), "new"))).toBe(true);
  expect(counts(() => utimesSync(folder.file("php.ini"), 1, 1))).toBe(true);
  expect(counts(() => renameSync(folder.file("other"), folder.file("lib/deep/c.pm")))).toBe(true);
  expect(counts(() => rmSync(folder.file("php.ini")))).toBe(true);
  expect(counts(() => rmSync(folder.file("conf"), { recursive: true }))).toBe(true);
  mkdirSync(folder.file("lib/deep/__pycache__"));
  expect(counts(() => writeFileSync(folder.file("lib/deep/__pycache__/b.cpython-311.pyc"), ""))).toBe(false);
  mkdirSync(folder.file("beside"));
  expect(counts(() => writeFileSync(folder.file("beside/x"), ""))).toBe(false);
});
