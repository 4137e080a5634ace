// What is stored of composed requests when the window is open in two tabs.
import { expect, test } from "vitest";
import { fileMoves } from "../../../../renderer/model/folder/file-store.js";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";
import { compose, followScripts, showDraft } from "../../../../renderer/model/request/composer-store.js";
import { blankDraft, listOf, storable } from "../../../../renderer/model/request/draft.js";
import { isRecord, recall, remember } from "../../../../renderer/platform/storage.js";

followScripts();

let folders = 0;
/** Returns the key that its requests are stored with. */
function openFolder(): string {
  const root = `/srv/${++folders}`;
  useWorkspace.setState({ workspace: { root, name: "site" } });
  return `requests:${root}`;
}

const entriesOf = (key: string): readonly (readonly [string, unknown])[] =>
  recall(key, (value) =>
    listOf(value, (entry) => (Array.isArray(entry) && typeof entry[0] === "string" ? [entry[0], entry[1]] : null)),
  ) ?? [];
const stored = (key: string): string[] =>
  entriesOf(key).map(([path, draft]) => `${path}: ${isRecord(draft) ? `${draft["method"]} ${draft["target"]}` : "?"}`);

/** Another tab composes a request for each of the scripts. */
const inOtherTab = (key: string, ...paths: string[]): boolean =>
  remember(key, [...entriesOf(key), ...paths.map((path) => [path, storable(blankDraft(`/${path}`))])]);

test("requests that another tab composed meanwhile stay", () => {
  const key = openFolder();
  showDraft(blankDraft("/a.cgi"), "a.cgi");
  inOtherTab(key, "b.cgi");
  compose({ method: "PUT" });
  expect(stored(key)).toEqual(["b.cgi: GET /b.cgi", "a.cgi: PUT /a.cgi"]);
});

test("a script that is renamed keeps its request, whichever tab composed it", () => {
  const key = openFolder();
  showDraft(blankDraft("/a.cgi"), "a.cgi");
  inOtherTab(key, "b.cgi");
  fileMoves.fire({ from: "b.cgi", to: "c.cgi" });
  fileMoves.fire({ from: "a.cgi", to: "d.cgi" });
  compose({ method: "PUT" });
  expect(stored(key)).toEqual(["c.cgi: GET /c.cgi", "d.cgi: PUT /d.cgi"]);
});

test("the oldest go first when there are too many", () => {
  const key = openFolder();
  const paths = Array.from({ length: 100 }, (_, nth) => `${nth}.cgi`);
  inOtherTab(key, ...paths);
  showDraft(blankDraft("/a.cgi"), "a.cgi");
  expect(entriesOf(key).map(([path]) => path)).toEqual([...paths.slice(1), "a.cgi"]);
});
