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
import { askAtOnce, connected, startConnecting } from "../../../../../renderer/rpc/store.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

const scripts = ["hello.cgi", "post.cgi"];

let served: ServedPage;
let lose: (why: string) => void;
beforeAll(async () => {
  served = await servePage();
  const client = connected();
  // For the bytes of bodies, which do not come through the client.
  startConnecting(
    Promise.resolve(
      askAtOnce({
        client,
        lost: new Promise((resolve) => {
          lose = resolve;
        }),
        range: (id, stream, from, length) => client.traces.bytes({ id, stream, from, length }),
      }),
    ),
  );
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
  served.script("post.cgi", "printf 'Content-Type: text/plain\\n\\n'; cat");
});
afterAll(() => {
  lose("The test is over.");
  return served[Symbol.asyncDispose]();
});
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
function bodyOf(id: string): string {
  const body = served.workbench.traces.get(id)?.request.body;
  return Buffer.from(body?.read(0, body.captured) ?? []).toString("latin1");
}
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

test("a chunked body that goes into the raw bytes is in a chunk there", async () => {
  const head = "POST /post.cgi HTTP/1.1\nHost: localhost\nX-Odd: M\\xfcller\nTransfer-Encoding: chunked\n\n";
  const id = await sent(`${head}1\na\n2;x=y\nbc\n0\n\n`);
  await editAgain(id);
  expect(raw()).toMatchObject({ isOn: true, text: `${head}3\nabc\n0\n\n` });
  await sendRequest();
  const again = useSelection.getState().traceId ?? "";
  expect(again).not.toBe(id);
  expect([outcome(again), bodyOf(again)]).toEqual(["ok", "abc"]);
});

test.each([
  ["an empty body", "Content-Length: 0\n", "0"],
  ["an empty form", "Content-Type: application/x-www-form-urlencoded\nContent-Length: 0\n", "0"],
  ["an empty body in chunks", "Transfer-Encoding: chunked\n", "0"],
  ["no body", "", undefined],
])("a POST with %s has it again", async (_, headers, length) => {
  const lengthOf = (id: string) =>
    served.workbench.traces.get(id)?.env?.find(({ name }) => name === "CONTENT_LENGTH")?.value;
  const id = await sent(
    `POST /post.cgi HTTP/1.1\nHost: localhost\n${headers}\n${headers.includes("chunked") ? "0\n\n" : ""}`,
  );
  expect(lengthOf(id)).toBe(length);
  await editAgain(id);
  expect(raw().isOn).toBe(false);
  await sendRequest();
  const again = useSelection.getState().traceId ?? "";
  expect(again).not.toBe(id);
  expect([outcome(again), lengthOf(again)]).toEqual(["ok", length]);
});
