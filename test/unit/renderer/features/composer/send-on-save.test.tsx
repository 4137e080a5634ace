// A save while a request runs: what is sent when it has ended.
import { existsSync } from "node:fs";
import { waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sendOnSave, sendRequest } from "../../../../../renderer/features/composer/send.js";
import { fileSaves } from "../../../../../renderer/model/documents/save-document.js";
import {
  compose,
  setSendOnSave,
  showDraft,
  useComposer,
} from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

sendOnSave();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("other.cgi", "printf 'Content-Type: text/plain\\n\\nother'");
  served.script(
    "slow.cgi",
    ": >begun; until [ -e go ]; do sleep 0.02; done; printf 'Content-Type: text/plain\\n\\nslow'",
  );
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  setSendOnSave(true);
  useComposer.setState({ unsafeOnSave: null, isAsking: false });
});

/** Sends the slow script's request, saves it meanwhile, and lets it end after `change`. Returns how many were sent. */
async function sentWith(change: () => void): Promise<number> {
  const { folder, workbench } = served;
  const before = workbench.traces.count;
  showDraft(blankDraft("/slow.cgi"), "slow.cgi");
  const sending = sendRequest();
  await waitFor(() => expect(existsSync(folder.file("begun"))).toBe(true));
  fileSaves.fire({ path: "slow.cgi", sendsItself: false });
  change();
  folder.write("go", "");
  await sending;
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(false));
  for (const name of ["begun", "go"]) folder.remove(name);
  return workbench.traces.count - before;
}

test("the request is sent again", async () => {
  expect(await sentWith(() => undefined)).toBe(2);
  expect(await sentWith(() => compose({ target: "/slow.cgi?x" }))).toBe(2);
});

test("by a method that may change something only after the question", async () => {
  expect(await sentWith(() => compose({ method: "POST" }))).toBe(1);
  expect(useComposer.getState().isAsking).toBe(true);
  useComposer.setState({ unsafeOnSave: false, isAsking: false });
  expect(await sentWith(() => compose({ method: "DELETE" }))).toBe(1);
  expect(useComposer.getState().isAsking).toBe(false);
  useComposer.setState({ unsafeOnSave: true });
  expect(await sentWith(() => compose({ method: "POST" }))).toBe(2);
});

test.each(["GET", "DELETE"])("not another script's, %s", async (method) => {
  useComposer.setState({ unsafeOnSave: true });
  expect(await sentWith(() => showDraft({ ...blankDraft("/other.cgi"), method }, "other.cgi"))).toBe(1);
});

test("not when that was turned off meanwhile", async () => {
  expect(await sentWith(() => setSendOnSave(false))).toBe(1);
});
