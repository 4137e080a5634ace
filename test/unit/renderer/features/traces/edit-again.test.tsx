// "Edit and send again", and "Copy as cURL", of requests that the fields cannot hold.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { toggleRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { saveTrace } from "../../../../../renderer/features/saved/from-trace.js";
import { copyAs } from "../../../../../renderer/features/traces/actions/copy-as.js";
import { editAgain } from "../../../../../renderer/features/traces/actions/replay.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { compose, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { recall } from "../../../../../renderer/platform/storage.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

const scripts = ["hello.cgi", "post.cgi"];

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  for (const name of scripts) served.script(name, "printf 'Content-Type: text/plain\\n\\nhello'");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  useNotices.setState({ notices: [] });
  useSelection.setState({ openFile: "hello.cgi" });
  const script = { kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", agent: null } as const;
  useFiles.setState({ entries: scripts.map((path) => ({ ...script, path, target: `/${path}` })) });
  showDraft(blankDraft("/hello.cgi?typed"), "hello.cgi");
});

/** Sends raw bytes, written as in the composer, from no script's draft. Returns the trace. */
async function sent(text: string): Promise<string> {
  const blank = blankDraft("/");
  showDraft({ ...blank, raw: { ...blank.raw, isOn: true, isOwn: true, text } }, null);
  await sendRequest();
  showDraft(blankDraft("/hello.cgi?typed"), "hello.cgi");
  return useSelection.getState().traceId ?? "";
}
const outcome = (id: string) => served.workbench.traces.get(id)?.outcome;
const raw = () => useComposer.getState().raw;

const refused = [
  ["a line without a colon", "GET /post.cgi HTTP/1.1\nHost: localhost\nno colon here\n\n"],
  ["two lengths", "POST /post.cgi HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\n"],
  ["no Host", "GET /post.cgi HTTP/1.1\n\n"],
  ["no target", "GET\n"],
  ["a head that stops", "GET /post.cgi HTTP/1.1\nHost: loc"],
] as const;

test.each(refused)("refused, %s: its bytes are edited and refused again, and cURL does not get it", async (_, text) => {
  const id = await sent(text);
  expect(outcome(id)).toBe("bad-request");
  await editAgain(id);
  expect(raw()).toMatchObject({ isOn: true, text });
  expect(useNotices.getState().notices).toHaveLength(1);
  await expect(copyAs(id, "curl")).rejects.toThrow("raw HTTP");
  await expect(saveTrace(id)).rejects.toThrow("raw HTTP");

  // They are the user's from now on.
  compose({ target: "/hello.cgi?other" });
  await toggleRaw();
  await toggleRaw();
  expect(raw()).toMatchObject({ isOn: true, text });
  await sendRequest();
  const again = useSelection.getState().traceId ?? "";
  expect(again).not.toBe(id);
  expect(outcome(again)).toBe("bad-request");
});

test("a request without headers that was served is in the fields", async () => {
  const id = await sent("GET /post.cgi HTTP/1.0\n\n");
  expect(outcome(id)).toBe("ok");
  await editAgain(id);
  expect(useComposer.getState()).toMatchObject({ method: "GET", target: "/post.cgi", raw: { isOn: false } });
});

test("bytes that are not text are of the script they go to, and the open one's request stays", async () => {
  const text = "POST /post.cgi?x HTTP/1.1\nHost: localhost\nX-Odd: M\\xfcller\nContent-Length: 0\n\n";
  const id = await sent(text);
  expect(outcome(id)).toBe("ok");
  await editAgain(id);
  expect(useComposer.getState()).toMatchObject({ subject: "post.cgi", raw: { isOn: true, text } });
  expect(recall(`requests:${served.folder.path}`, (value) => value)).toMatchObject([
    ["hello.cgi", { target: "/hello.cgi?typed", raw: { isOn: false } }],
    ["post.cgi", { raw: { isOn: true } }],
  ]);
});
