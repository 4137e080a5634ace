// An expression that takes long for every character keeps no other work from going on, and ends with the search.
import { expect, test } from "vitest";
import type { TextQuery } from "../../../server/contract/search-contract.js";
import { FolderSearch, searchBounds } from "../../../server/workspace/search/folder-search.js";
import { Replacements } from "../../../server/workspace/search/replacements.js";
import { searchText } from "../../../server/workspace/search/search-file.js";
import { textMatcher } from "../../../server/workspace/search/text-matcher.js";
import { opened } from "./opened-workspace.js";

const query: TextQuery = {
  ...{ kind: "text", text: "((?:.?){100})j", matchesCase: true, wholeWord: false, isRegex: true },
};
const file = `${"abcdefghij ".repeat(400)}\n`.repeat(20);
const never = new AbortController().signal;

test("a file of few long lines is left when the time is over", async () => {
  let looks = 0;
  const pause = async (): Promise<boolean> => {
    looks += 1;
    return looks < 4;
  };
  const matcher = textMatcher({ ...query, text: "^a" });
  const found = await searchText("a", Buffer.from(file), matcher, null, pause, () => undefined);
  expect(found).toMatchObject({ matches: 4 });
});

test("the time of a search holds within a file, and is said", async () => {
  const { workspace } = await opened({ "a.txt": file });
  const wanted = { query, include: "", exclude: "", readAs: [] };
  const search = new FolderSearch(workspace, wanted, { ...searchBounds, maxMs: 1 });
  let { found, progress } = await search.next(never);
  const [{ matches } = { matches: 0 }] = found;
  while (progress.end === null) ({ progress } = await search.next(never));
  expect(progress).toMatchObject({ searched: 1, end: "time", matches });
});

test("a preview lets other work go on between the lines of a file, and ends when it is not wanted", async () => {
  const { workspace } = await opened({ "a.txt": "" });
  const folder = {
    readBytes: async () => ({ bytes: Buffer.from(file), mode: 0 }),
    write: workspace.write.bind(workspace),
    writeBytes: workspace.writeBytes.bind(workspace),
    changes: workspace.changes,
  };
  let [turns, isOver] = [0, false];
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const files = [{ path: "a.txt", encoding: null }];
  await new Replacements().preview(folder, { query, replacement: "" }, files);
  isOver = true;
  expect(turns).toBeGreaterThan(5);
  const gone = AbortSignal.abort(new Error("gone"));
  await expect(new Replacements().preview(folder, { query, replacement: "" }, files, gone)).rejects.toThrow("gone");
});
