// The fold of a card: what opens it, and that it can be closed then.
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { Xray } from "../../../../../renderer/features/xray/index.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { showVariable, useInspectorState } from "../../../../../renderer/model/traces/inspector-state.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import type { TraceView } from "../../../../../server/contract/trace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";

layOutPage();

let served: ServedPage;
let trace: TraceView;
beforeAll(async () => {
  await loadPopups();
  served = await servePage();
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  trace = await sentRaw(["GET /a.cgi HTTP/1.1"]);
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => useInspectorState.setState({ variable: null }));

const show = () => render(<Xray trace={trace} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
const ask = (name: string) => act(() => showVariable("xray", { traceId: trace.id, name }));

function fold(): HTMLDetailsElement {
  const found = screen.getByRole("region", { name: "Environment" }).querySelector("details.xray-fold");
  if (!(found instanceof HTMLDetailsElement)) throw new Error("The environment has no fold.");
  return found;
}
function close(): void {
  const summary = fold().querySelector("summary");
  if (summary) fireEvent.click(summary);
}

test("a variable that is asked for again opens the fold again", () => {
  show();
  expect(fold().open).toBe(false);
  ask("PATH_INFO");
  expect(fold().open).toBe(true);
  close();
  expect(fold().open).toBe(false);
  ask("PATH_INFO");
  expect(fold().open).toBe(true);
});

test("one outside of it leaves the fold as it is", () => {
  show();
  ask("REQUEST_METHOD");
  expect(fold().open).toBe(false);
  ask("PATH_INFO");
  ask("REQUEST_METHOD");
  expect(fold().open).toBe(true);
});

test("the fold is open at once in a view that is opened for a variable in it", () => {
  showVariable("xray", { traceId: trace.id, name: "PATH_INFO" });
  show();
  expect(fold().open).toBe(true);
});

test.each([
  ["4 headers", []],
  ["4 more headers", ["Cookie: a=1"]],
])("%s in the fold of the request", async (title, headers) => {
  const head = ["GET /a.cgi HTTP/1.1", "Host: localhost", "X-1: 1", "X-2: 2", ...headers, "Connection: close"];
  const blank = blankDraft("/");
  showDraft({ ...blank, raw: { ...blank.raw, isOn: true, text: `${head.join("\n")}\n\n` } }, null);
  await sendRequest();
  const sent = await useServer.getState().client?.traces.get({ id: useSelection.getState().traceId ?? "" });
  if (!sent) throw new Error("The request has no trace.");
  render(<Xray trace={sent} charset="utf-8" onShow={() => undefined} onOpenLine={null} />);
  expect(screen.getByRole("region", { name: "Request" }).querySelector("summary .ui-link")?.textContent).toBe(title);
});
