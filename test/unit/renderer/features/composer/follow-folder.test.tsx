// What the composer knows of a script when the script is renamed, and when
// another folder is opened while a request runs.
import { existsSync } from "node:fs";
import { waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followHistory, useHistory } from "../../../../../renderer/features/composer/history.js";
import { followSent, lastResult } from "../../../../../renderer/features/composer/last-sent.js";
import { sendRequest, stopWithFolder } from "../../../../../renderer/features/composer/send.js";
import { moveFile } from "../../../../../renderer/features/explorer/file-actions.js";
import { openFolder } from "../../../../../renderer/model/folder/open-folder.js";
import {
  compose,
  followScripts,
  movedDraft,
  showDraft,
  useComposer,
} from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { recall } from "../../../../../renderer/platform/storage.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { tempFolder } from "../../../../support/temp-workspace.js";

followScripts();
followHistory();
followSent();
stopWithFolder();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
  served.script("slow.cgi", ": >begun; sleep 600");
});
afterAll(() => served[Symbol.asyncDispose]());

const sentFor = (script: string): string[] =>
  useHistory
    .getState()
    .requests.filter(({ subject }) => subject === script)
    .map(({ draft }) => draft.target);
const stored = (): unknown => recall(`requests:${served.folder.path}`, (value) => value);

test("a script that is renamed keeps its request, its history and its last response, also one that is not shown", async () => {
  showDraft(blankDraft("/hello.cgi?a=1"), "hello.cgi");
  await sendRequest();
  const sent = lastResult();
  expect(sent).not.toBeNull();
  expect(sentFor("hello.cgi")).toEqual(["/hello.cgi?a=1"]);
  showDraft(blankDraft("/slow.cgi"), "slow.cgi");
  expect(await moveFile("hello.cgi", "hi there.cgi")).toBeNull();
  expect([sentFor("hello.cgi"), sentFor("hi there.cgi")]).toEqual([[], ["/hi%20there.cgi?a=1"]]);
  expect(stored()).toMatchObject([
    ["slow.cgi", {}],
    ["hi there.cgi", { target: "/hi%20there.cgi?a=1" }],
  ]);
  useComposer.setState({ subject: "hi there.cgi" });
  expect(lastResult()).toBe(sent);
});

test.each([
  ["a+b.cgi", "c&d #?.cgi", "/a+b.cgi?x=1", "/c&d%20%23%3F.cgi?x=1"],
  ["$,;=:@.cgi", "é%.cgi", "/$,;=:@.cgi/info", "/%C3%A9%25.cgi/info"],
  ["view", "show", "/view?x=1", "/show?x=1"],
  ["view", "show", "/viewer?x=1", "/viewer?x=1"],
])("the address of %s follows it to %s", (path, next, target, expected) => {
  expect(movedDraft(blankDraft(target), path, next).target).toBe(expected);
});

test("a request to a folder that is left ends, and leaves nothing in the next one", async () => {
  using other = tempFolder();
  showDraft(blankDraft("/slow.cgi"), "slow.cgi");
  compose({ method: "POST" });
  const sending = sendRequest();
  await waitFor(() => expect(existsSync(served.folder.file("begun"))).toBe(true));
  expect(await openFolder(other.path)).toBeNull();
  const { client } = useServer.getState();
  useServer.setState({ state: (await client?.state.next({ since: -1, generation: null })) ?? null });
  await waitFor(() => expect(useComposer.getState().subject).toBeNull());
  await sending;
  expect(useComposer.getState()).toMatchObject({ isRunning: false, problem: null });
  expect([useHistory.getState().requests, lastResult()]).toEqual([[], null]);
});
