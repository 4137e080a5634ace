// The presentation: a page that is no script has its place, and what it sends leaves the composer's request alone.
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { sendOnSave, sendRequest } from "../../../../../renderer/features/composer/send.js";
import { Presentation } from "../../../../../renderer/features/present/presentation.js";
import { fileSaves } from "../../../../../renderer/model/documents/save-document.js";
import { compose, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { registerCommands, runCommand } from "../../../../../renderer/platform/command-registry.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { enterPresentation, leavePresentation } from "../../../../../renderer/platform/presentation.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
prepareEditor();
registerCommands(allCommands);
sendOnSave();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
});
afterEach(() => act(leavePresentation));
afterAll(() => served[Symbol.asyncDispose]());

/** Sends requests one after the other; the id of the trace of each. */
async function request(...targets: readonly string[]): Promise<readonly string[]> {
  const ids: (string | null)[] = [];
  for (const target of targets) {
    showDraft(blankDraft(target), null);
    await sendRequest();
    ids.push(useSelection.getState().traceId);
  }
  return ids.filter((id) => id !== null);
}

test("a page that ran no script has its place after the request before it", async () => {
  const ids = await request("/hello.cgi?1", "/hello.cgi?2", "/gone.html", "/hello.cgi?4");
  expect(ids).toHaveLength(4);
  enterPresentation(ids[2] ?? "");
  render(<Presentation />);
  const presentation = await screen.findByRole("main", { name: "Presentation" });
  const shows = (seq: number) => waitFor(() => expect(presentation.dataset["traceId"]).toBe(ids[seq - 1]));
  await shows(3);
  await screen.findByRole("navigation", { name: "Requests" });
  await waitFor(() => expect(presentation.querySelector('[aria-current="step"]')?.textContent).toContain("#2"));
  fireEvent.keyDown(presentation, { key: "ArrowRight" });
  await shows(4);
});

/** The presentation of a trace, its steps and a wait for the trace it shows. */
async function presented(id: string) {
  enterPresentation(id);
  render(<Presentation />);
  const stage = await screen.findByRole("main", { name: "Presentation" });
  const shows = (next: string) => waitFor(() => expect(stage.dataset["traceId"]).toBe(next));
  await shows(id);
  await screen.findByRole("navigation", { name: "Requests" });
  const step = (key: "ArrowLeft" | "ArrowRight") => fireEvent.keyDown(stage, { key });
  const showScript = async () => {
    fireEvent.click(await screen.findByRole("radio", { name: "Script" }));
    await waitFor(() => expect(stage.querySelector(".present-script")).not.toBeNull());
  };
  return { stage, shows, step, showScript };
}

/** Saves the script; the target of the request that is shown when it was sent. */
async function targetAfter(save: () => void): Promise<unknown> {
  const before = useSelection.getState().traceId;
  save();
  await waitFor(() => expect(useSelection.getState().traceId).not.toBe(before));
  const { traceId } = useSelection.getState();
  return served.workbench.traces.get(traceId ?? "")?.request;
}
const save = (): void => act(() => fileSaves.fire({ path: "hello.cgi", sendsItself: false }));

test("a save sends the request that is shown, and the composer keeps its own", async () => {
  const [first = "", second = ""] = await request("/hello.cgi?first", "/hello.cgi?second");
  showDraft(blankDraft("/hello.cgi?unsent"), "hello.cgi");
  const { shows, step, showScript } = await presented(second);
  step("ArrowLeft");
  await shows(first);
  await showScript();
  step("ArrowRight");
  await shows(second);
  expect(await targetAfter(save)).toMatchObject({ method: "GET", target: "/hello.cgi?second" });
  expect(useComposer.getState().target).toBe("/hello.cgi?unsent");
});

test("one that may change something is sent after the question, which goes with its request", async () => {
  const [first = ""] = await request("/hello.cgi?first");
  showDraft(blankDraft("/hello.cgi?posted"), null);
  compose({ method: "POST" });
  await sendRequest();
  const posted = useSelection.getState().traceId ?? "";
  showDraft(blankDraft("/hello.cgi?unsent"), "hello.cgi");
  const { shows, step, showScript } = await presented(posted);
  await showScript();
  save();
  expect((await screen.findByRole("alert")).textContent).toContain("POST");
  step("ArrowLeft");
  await shows(first);
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  step("ArrowRight");
  await shows(posted);
  save();
  const question = await screen.findByRole("alert");
  const answer = within(question).getAllByRole("button")[0];
  if (!answer) throw new Error("The question has no buttons.");
  expect(await targetAfter(() => fireEvent.click(answer))).toMatchObject({ method: "POST" });
  expect(useComposer.getState()).toMatchObject({ method: "GET", target: "/hello.cgi?unsent" });
});

test("the address sends its own request; while one runs it says so and sends nothing", async () => {
  served.script("slow.cgi", "sleep 600");
  const [first = ""] = await request("/hello.cgi?first");
  showDraft(blankDraft("/slow.cgi"), "slow.cgi");
  await presented(first);
  const enter = async (address: string) => {
    const field = await screen.findByRole("textbox", { name: "Address" });
    fireEvent.change(field, { target: { value: address } });
    fireEvent.keyDown(field, { key: "Enter" });
  };
  expect(await targetAfter(() => void enter("/hello.cgi?typed"))).toMatchObject({ target: "/hello.cgi?typed" });
  await screen.findByDisplayValue(/:\d+\/hello\.cgi\?typed$/); // each request has a field of its own
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(false));
  runCommand("request.send");
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(true));
  useNotices.setState({ notices: [] });
  await enter("/hello.cgi?refused");
  expect(useNotices.getState().notices).toHaveLength(1);
  expect(useComposer.getState().target).toBe("/slow.cgi");
  runCommand("request.stop");
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(false));
});
