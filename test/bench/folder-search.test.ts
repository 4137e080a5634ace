// 5,000 files of 100 MB in all: how soon a search shows its first match, how long the whole folder takes, and how soon
// a search that nobody wants any more is over.
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TextQuery } from "../../server/contract/search-contract.js";
import { FolderSearch, type Searchable } from "../../server/workspace/search/folder-search.js";
import { Workspace } from "../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";

const count = 5000;
const fileBytes = 20_000;
/** The only file with the needle that only one file has. */
const middle = count / 2;

let folder: TempFolder;
let workspace: Workspace;
beforeAll(async () => {
  folder = tempFolder();
  for (let index = 0; index < 50; index++) folder.makeFolder(`site/d${index}`);
  const line = "my $value = param('name') or die; # Größe und Höhe, Küche und Büro\n";
  const lines = line.repeat(Math.ceil(fileBytes / line.length)).slice(0, fileBytes);
  for (let index = 0; index < count; index++) {
    const text = `# script ${index}\n${lines}\n${index === middle ? "the needle\n" : ""}`;
    const path = folder.file(`site/d${index % 50}/s${String(index).padStart(4, "0")}.pl`);
    writeFileSync(path, text, index % 3 === 0 ? "latin1" : "utf8");
  }
  workspace = await Workspace.open(folder.file("site"));
});
afterAll(async () => {
  await workspace.dispose();
  folder[Symbol.dispose]();
});

const never = new AbortController().signal;
const begin = (text: string, isRegex = false, searched: Searchable = workspace) => {
  const query: TextQuery = { kind: "text", text, matchesCase: false, wholeWord: false, isRegex };
  return new FolderSearch(searched, { query, include: "", exclude: "", readAs: [] });
};

test.each([
  // How many files are searched when the first match is shown.
  ["needle", false, count / 2],
  ["script 4999", false, count],
  ["ne{2}dl.\\b", true, count / 2],
  ["küche", false, count / 100],
] as const)("the first match, and the whole folder: %s", async (text, isRegex, shownWithin) => {
  const began = performance.now();
  const search = begin(text, isRegex);
  let first: { readonly ms: number; readonly searched: number } | null = null;
  let longestMs = 0;
  for (let isEnded = false; !isEnded; ) {
    const asked = performance.now();
    const { found, progress } = await search.next(never);
    longestMs = Math.max(longestMs, performance.now() - asked);
    if (found.length > 0) first ??= { ms: performance.now() - began, searched: progress.searched };
    isEnded = progress.end !== null;
  }
  const allMs = performance.now() - began;
  console.log(
    `${text}: first match ${first?.ms.toFixed()} ms, all ${allMs.toFixed()} ms, longest call ${longestMs.toFixed()} ms`,
  );
  expect(first?.searched).toBeLessThanOrEqual(shownWithin);
});

test("a search that is cancelled reads no further file", async () => {
  let read = 0;
  const counted: Searchable = {
    listChanges: (version) => workspace.listChanges(version),
    readBytes: (path) => {
      read++;
      return workspace.readBytes(path);
    },
  };
  const search = begin("nowhere", false, counted);
  await search.next(never);
  const abort = new AbortController();
  const last = search.next(abort.signal);
  await new Promise((resolve) => setImmediate(resolve));
  const cancelled = performance.now();
  const before = read;
  abort.abort();
  await expect(last).rejects.toThrow();
  console.log(`cancelled in ${(performance.now() - cancelled).toFixed(1)} ms, after ${before} of ${count} files`);
  expect(read).toBe(before);
});
