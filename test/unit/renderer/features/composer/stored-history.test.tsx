// What is stored of the history when the window is open in two tabs.
import { expect, test } from "vitest";
import {
  addToHistory,
  followHistory,
  forgetHistory,
  useHistory,
} from "../../../../../renderer/features/composer/history.js";
import { fileMoves } from "../../../../../renderer/model/folder/file-store.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { recall } from "../../../../../renderer/platform/storage.js";

followHistory();

let folders = 0;
/** Returns the key that its history is stored with. */
function openFolder(): string {
  const root = `/srv/${++folders}`;
  useWorkspace.setState({ workspace: { root, name: "site" } });
  return `history:${root}`;
}
/** Runs `work` in another tab of the same folder: with its own list, which this one does not see. */
function inOtherTab(work: () => void): void {
  const { requests } = useHistory.getState();
  useHistory.setState({ requests: [] });
  work();
  useHistory.setState({ requests });
}
/** The targets, newest first, as a load of the page finds them. */
function stored(): string[] {
  const { workspace } = useWorkspace.getState();
  useWorkspace.setState({ workspace: null });
  useWorkspace.setState({ workspace });
  return useHistory.getState().requests.map(({ draft }) => draft.target);
}
const send = (script: string, target = `/${script}`): void => addToHistory(script, blankDraft(target), "trace");

test("requests that another tab sent meanwhile stay", () => {
  openFolder();
  send("a.cgi");
  inOtherTab(() => send("b.cgi"));
  send("a.cgi", "/a.cgi?2");
  expect(stored()).toEqual(["/a.cgi?2", "/b.cgi", "/a.cgi"]);
});

test("a history that another tab cleared stays cleared", () => {
  const key = openFolder();
  send("a.cgi");
  inOtherTab(() => forgetHistory("a.cgi"));
  expect(recall(key, (value) => value)).toEqual([]);
  send("b.cgi");
  expect(stored()).toEqual(["/b.cgi"]);
});

test("a script that is renamed keeps its requests, whichever tab sent them", () => {
  openFolder();
  send("a.cgi");
  inOtherTab(() => send("b.cgi"));
  fileMoves.fire({ from: "b.cgi", to: "c.cgi" });
  expect(stored()).toEqual(["/c.cgi", "/a.cgi"]);
});

test("a request with a password that is sent again is stored once", () => {
  openFolder();
  const draft = blankDraft("/a.cgi");
  for (const password of ["secret", "secret"])
    addToHistory("a.cgi", { ...draft, signIn: { ...draft.signIn, user: "me", password } }, "trace");
  expect(stored()).toEqual(["/a.cgi"]);
});
