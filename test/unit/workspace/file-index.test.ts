// The list of files: whatever happens to a folder, the previous list with the reported changes equals a new list.
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changedFiles, type Files } from "../../../renderer/model/folder/changed-files.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { Containment } from "../../../server/routing/containment.js";
import { type FileAnswer, FileIndex } from "../../../server/workspace/files/file-index.js";
import { routingOf, site } from "../routing/site.js";

const none: Files = {
  root: null,
  entries: [],
  byPath: new Map(),
  elsewhere: [],
  truncated: false,
  maxEntries: 0,
  problem: null,
};

const after = (files: Files, answer: FileAnswer): Files =>
  changedFiles(files, answer.kind === "all" ? { ...answer, elsewhere: [], maxEntries: 10_000 } : answer);

/** `described`: the files that were asked for their route. */
function indexOf(root: string): { readonly index: FileIndex; readonly described: string[] } {
  const [routing, containment, described]: [ReturnType<typeof routingOf>, Containment, string[]] = [
    routingOf(root),
    new Containment(root, []),
    [],
  ];
  const describe = (path: string, kind: FileEntry["kind"]) => {
    described.push(path);
    return routing.describe(path, kind);
  };
  return { index: new FileIndex({ listing: () => ({ root, routing: { describe }, containment }) }), described };
}

const names = ["a", "b", "index.html", "x.py", ".git"];
const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const step = fc.oneof(
  fc.record({ does: fc.constant("write" as const), path, to: path }),
  fc.record({
    does: fc.constantFrom("folder" as const, "move" as const, "remove" as const, "chmod" as const, "link" as const),
    path,
    to: path,
  }),
);

/** True when it was done; a folder that is missing, or in the way, is part of life. */
function happens(
  root: string,
  { does, path: at, to }: { readonly does: string; readonly path: string; readonly to: string },
): boolean {
  try {
    if (does === "write") writeFileSync(`${root}/${at}`, to);
    else if (does === "folder") mkdirSync(`${root}/${at}`, { recursive: true });
    else if (does === "move") renameSync(`${root}/${at}`, `${root}/${to}`);
    else if (does === "remove") rmSync(`${root}/${at}`, { recursive: true });
    else if (does === "chmod") chmodSync(`${root}/${at}`, 0o755);
    else symlinkSync(`${root}/${to}`, `${root}/${at}`);
    return true;
  } catch {
    return false;
  }
}

/** The paths as they are written and as they really are: what goes through a link is noticed there. */
function seenByTheWatch(root: string, { path: at, to }: { readonly path: string; readonly to: string }): string[] {
  return [at, to].flatMap((one) => {
    const name = one.slice(one.lastIndexOf("/") + 1);
    return [`${root}/${one}`, join(real(dirname(`${root}/${one}`)), name), real(`${root}/${one}`)].map((place) =>
      relative(root, place),
    );
  });
}

function real(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    return place;
  }
}

test("after any changes the list equals a new one, in the same order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), async (rounds) => {
      using folder = site({ "a/x.py": "#!/bin/sh\n", "b/index.html": "<p>", "x.py": "x" });
      const { index } = indexOf(folder.root);
      let [files, answer]: [Files, FileAnswer] = [none, await index.all()];
      files = after(files, answer);
      for (const steps of rounds) {
        for (const one of steps) {
          const before = seenByTheWatch(folder.root, one);
          if (happens(folder.root, one)) index.changed([...before, ...seenByTheWatch(folder.root, one)]);
        }
        answer = await index.since(answer.version);
        files = after(files, answer);
        expect(files.entries).toEqual((await indexOf(folder.root).index.all()).entries);
        expect([...files.byPath.keys()]).toEqual(files.entries.map((entry) => entry.path));
      }
    }),
    { numRuns: 80 },
  );
});

test("a change to one of 5,000 files examines and reports only that file, and examines its folder", async () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`d${n % 50}/f${n}.py`, "x"]));
  using folder = site(many);
  const { index, described } = indexOf(folder.root);
  const first = await index.all();
  expect([first.entries.length, described.length]).toEqual([5050, 5050]);
  described.length = 0;
  writeFileSync(`${folder.root}/d7/f7.py`, "#!/usr/bin/env python3\n");
  index.changed(["d7/f7.py"]);
  const answer = await index.since(first.version);
  expect(described).toEqual(["d7", "d7/f7.py"]);
  expect(answer).toMatchObject({ kind: "some", entries: [{ path: "d7/f7.py", sizeBytes: 23 }], removed: [] });
  expect(JSON.stringify(answer).length).toBeLessThan(400);
  described.length = 0;
  expect(await index.since(answer.version)).toMatchObject({ kind: "some", entries: [], removed: [] });
  expect(described).toEqual([]);
});

test("a folder whose permissions changed is listed again: its files may have been unreadable", async () => {
  using folder = site({ "a/x.py": "x" });
  const { index } = indexOf(folder.root);
  const { version } = await index.all();
  writeFileSync(`${folder.root}/a/y.py`, "y"); // nobody saw that
  chmodSync(`${folder.root}/a`, 0o700);
  index.changed(["a"]);
  expect((await index.since(version)).entries.map((entry) => entry.path)).toEqual(["a", "a/y.py"]);
});

test("an unknown version, or many changes, get the whole list", async () => {
  using folder = site({ "a.py": "x", "b.py": "x" });
  const { index } = indexOf(folder.root);
  const { version } = await index.all();
  expect((await index.since("of another time 1")).kind).toBe("all");
  index.changed(Array.from({ length: 3000 }, (_, n) => `gone/${n}`));
  const answer = await index.since(version);
  expect([answer.kind, answer.entries.map((entry) => entry.path)]).toEqual(["all", ["a.py", "b.py"]]);
  index.changed(null);
  expect((await index.since(answer.version)).kind).toBe("all");
});
