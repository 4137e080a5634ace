// The X-ray of a real request, as it is drawn.
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { Xray } from "../../../../../renderer/features/xray/index.js";
import { maxHeadLines } from "../../../../../renderer/features/xray/output-lines.js";
import { formatBytes } from "../../../../../renderer/format/size.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft, pair, type RequestDraft } from "../../../../../renderer/model/request/draft.js";
import { declaredCharset } from "../../../../../renderer/model/traces/declared-charset.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { asSentence, type Sentence } from "../../../../../server/contract/message.js";
import type { TraceView } from "../../../../../server/contract/trace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

/** Two bytes each, and after one other byte no cut at an even number of bytes is between two of them. */
const long = (count: number): string => `a${"ü".repeat(count)}`;

let served: ServedPage;
let trace: TraceView;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  served.script(
    "all.cgi",
    [
      `cat >/dev/null; printf '%s' '${long(3000)}a' >&2`,
      `printf 'Content-Type: text/plain; charset=utf-8\\nX-Long: %s\\n' '${long(1500)}'`,
      "printf 'Set-Cookie: a=1\\nSet-Cookie: b=\\001\\nContent-Length: 5\\nContent-Length: 7\\n\\n'",
      `printf '%s' '${long(1000)}'; kill -TERM $$`,
    ].join("\n"),
  );
  const blank = blankDraft("/all.cgi");
  const headers = ["X-A", "X-B", "X-C", "X-D"].map((name) => pair(name, "1"));
  trace = await traceOf({ ...blank, method: "POST", headers, body: { ...blank.body, text: long(300) } });
});
afterAll(() => served[Symbol.asyncDispose]());

async function traceOf(draft: RequestDraft): Promise<TraceView> {
  showDraft(draft, null);
  await sendRequest();
  const shown = await useServer.getState().client?.traces.get({ id: useSelection.getState().traceId ?? "" });
  if (!shown) throw new Error("The request has no trace.");
  return shown;
}

async function show(shown = trace): Promise<void> {
  render(<Xray trace={shown} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
  for (const [part, text] of [
    [".xray-output", "aüü"],
    [".xray-first-line", "aüü"],
    ['[data-part="stderr-tail"]', "üü"],
  ] as const)
    await waitFor(() => expect(document.querySelector(part)?.textContent).toContain(text));
}

test("an excerpt begins and ends between characters", async () => {
  await show();
  expect([...document.querySelectorAll("[data-invalid]")].map(({ textContent }) => textContent)).toEqual([]);
});

test("of stderr that was not kept to its end, how much was kept is shown", async () => {
  const { stderr } = trace;
  const kept = `${formatBytes(stderr?.captured ?? 0)}`;
  const title = () => document.querySelector(".xray-stderr-title")?.textContent;
  await show({ ...trace, stderr: stderr && { ...stderr, bytes: stderr.captured + 1 } });
  expect(title()).toContain(kept);
  cleanup();
  await show();
  expect(title()).not.toContain(kept);
});

test("a script that is running may read the body later", () => {
  const { stdin } = trace;
  const shown = (outcome: TraceView["outcome"]) => {
    const unread = { ...trace, outcome, stdin: stdin && { ...stdin, bytes: 0, captured: 0, chunks: [] } };
    render(<Xray trace={unread} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
    const { textContent } = screen.getByRole("region", { name: "Stdin" });
    cleanup();
    return textContent;
  };
  expect(shown(null)).not.toBe(shown("ok"));
});

test("a body that was read in part says how much of it", async () => {
  const { process, stdin } = trace;
  await show({ ...trace, process: process && { ...process, stdinLeft: 600 } });
  const { textContent } = screen.getByRole("region", { name: "Stdin" });
  expect([stdin?.bytes, textContent]).toEqual([601, expect.stringContaining("Stdin read 1 of 601 bytes")]);
});

test("of very many header lines some are left out, the blank line never", async () => {
  const count = maxHeadLines + 50;
  served.script("many.cgi", `for i in $(seq ${count}); do echo "X-H$i: 1"; done; printf '\\nbody'`);
  const shownAt: (number | undefined)[] = [];
  render(
    <Xray
      trace={await traceOf(blankDraft("/many.cgi"))}
      charset="utf-8"
      onShow={(_tab, at) => shownAt.push(at)}
      onOpenLine={null}
    />,
  );
  const more = () => document.querySelector<HTMLElement>('[data-line="header"] + .xray-output-rest');
  await waitFor(() => expect(more()?.textContent).toContain("50"));
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")].map(({ dataset }) => dataset["line"]);
  expect(lines.slice(maxHeadLines - 1)).toEqual(["header", "empty-line", "body"]);
  more()?.click();
  const bytes = Array.from({ length: maxHeadLines }, (_, index) => `X-H${index + 1}: 1\n`).join("").length;
  expect(shownAt).toEqual([bytes]);
});

test.each([
  ["utf8", "\\303\\274ber", "über"],
  ["utf8-bogus", "\\303\\274ber", "über"],
  ["gb2312", "\\304\\343\\272\\303", "你好"],
  ["x-sjis", "\\223\\372\\226\\173", "日本"],
  ["windows-31j", "\\223\\372\\226\\173", "日本"],
  ["ks_c_5601-1987", "\\307\\321\\261\\333", "한글"],
  ["utf-16", "a\\000\\012\\000b\\000", "b"],
])("a body is read in its charset by any label of it: %s", async (label, body, text) => {
  served.script("label.cgi", `printf 'Content-Type: text/plain; charset=${label}\\n\\n${body}'`);
  const labelled = await traceOf(blankDraft("/label.cgi"));
  const charset = declaredCharset(labelled.script?.headers ?? []);
  render(<Xray trace={labelled} charset={charset} onShow={() => undefined} onOpenLine={null} />);
  const last = () => [...document.querySelectorAll('[data-line="body"] .xray-output-text')].at(-1)?.textContent;
  await waitFor(() => expect(last()).toBe(text));
  expect(document.querySelectorAll("[data-invalid]")).toHaveLength(0);
});

test("Tab reaches the names of the request: the first one outside the closed fold", async () => {
  await show();
  const request = screen.getByRole("region", { name: "Request" });
  const stops = [...request.querySelectorAll<HTMLElement>("[data-explained]")].filter(({ tabIndex }) => tabIndex === 0);
  expect(stops.map((stop) => [stop.textContent, stop.closest("details")])).toEqual([["Content-Length", null]]);
});

test("each dropped header has its own value", async () => {
  const errors = vi.spyOn(console, "error");
  await show();
  const client = screen.getByRole("region", { name: "To the client" });
  const dropped = (name: string) =>
    [...within(client).getByRole("list", { name: "What the gateway did", hidden: true }).children]
      .filter((item) => item.matches(`[data-change="dropped"][data-header="${name}"]`))
      .map((item) => item.querySelector(".xray-change-header .ui-dim")?.textContent);
  expect(dropped("Set-Cookie")).toEqual([": b=SOH"]);
  expect(dropped("Content-Length")).toEqual([": 5", ": 7"]);
  expect(errors).not.toHaveBeenCalled(); // React's, about two rows of one key
});

test.each([
  [1, 0, "+1 header · "],
  [1, 1, "+1 −1 headers · "],
  [0, 2, "−2 headers · "],
])("the client's card counts the headers that the gateway added and dropped: %i and %i", (added, dropped, words) => {
  const { response } = trace;
  const times = (length: number) =>
    Array.from({ length }, (): [string, Sentence, string] => ["X-A", asSentence("a reason"), ""]);
  const some = { added: times(added), changed: [], dropped: times(dropped) };
  const counted = { ...trace, response: response && { ...response, ...some } };
  render(<Xray trace={counted} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
  expect(screen.getByRole("region", { name: "To the client" }).textContent).toContain(words);
});

test("a request without a head of its own, as from a HAR file, has its headers; no gateway is spoken of", () => {
  const { request, response } = trace;
  if (!response) throw new Error("there is no response");
  const imported: TraceView = {
    ...trace,
    ...{ env: null, stdin: null, stdout: null, stderr: null, script: null, argv: null, findings: [] },
    request: { ...request, head: "" },
    response: { ...response, added: [], changed: [], dropped: [] },
  };
  render(<Xray trace={imported} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
  const card = screen.getByRole("region", { name: "Request" });
  expect(card.querySelector(".xray-line")?.textContent).toBe("POST /all.cgi HTTP/1.1");
  expect(within(card).getByText(`${request.headers.length} headers`)).toBeTruthy();
  expect(screen.queryByRole("region", { name: "Gateway" })).toBeNull();
});
