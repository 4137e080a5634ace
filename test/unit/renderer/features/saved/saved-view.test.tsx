// The Requests tab while the editor's text of a `.http` file is not the disk's: a row runs its own request or none. And
// which results it shows and counts.
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { keyOf, listSaved, runSaved, useSaved } from "../../../../../renderer/features/saved/saved-store.js";
import { SavedView } from "../../../../../renderer/features/saved/saved-view.js";
import { sendAtCursor } from "../../../../../renderer/features/saved/send-at-cursor.js";
import { discardDocument, putDocument, useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { readDocument } from "../../../../../renderer/model/documents/read-document.js";
import { bufferOf, replaceText } from "../../../../../renderer/model/documents/text-buffers.js";
import { useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { isDialogOpen } from "../../../../../renderer/platform/dialogs.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { connected } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

const deleting = "### remove\nDELETE /a.cgi\n\n";
const reading = "### read\nGET /a.cgi?read\n\n";
const again = "### read\nGET /a.cgi?again\n\n";

layOutPage();
prepareEditor();
registerCommands(allCommands);
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  useDocuments.setState({ root: served.folder.path });
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(async () => {
  discardDocument("a.http");
  served.folder.write("a.http", `${deleting}${reading}${again}`);
  render(<SavedView />);
  await act(listSaved); // as it is now
});

async function editTo(text: string): Promise<void> {
  putDocument({ kind: "unread", path: "a.http", isDirty: false });
  await readDocument("a.http");
  const buffer = bufferOf("a.http");
  if (buffer) replaceText(buffer, text);
}

/** Runs the nth row of that name. Returns the request lines that were sent until it could be run again. */
async function runRow(name: string, nth = 0): Promise<string[]> {
  const before = served.workbench.traces.lastSeq;
  const button = () => screen.getAllByRole<HTMLButtonElement>("button", { name: `Run ${name}` })[nth];
  fireEvent.click(button() ?? document.body);
  await waitFor(() => expect(button()?.disabled).toBe(true));
  await waitFor(() => expect(button()?.disabled).toBe(false));
  const { rows } = await served.workbench.traces.rows.next(0, 100, AbortSignal.timeout(5000));
  return rows.filter(({ seq }) => seq > before).map(({ method, target }) => `${method} ${target}`);
}
const resultsShown = (): boolean[] =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).queryByText("not run") === null);

test("with requests removed above it in the editor, a row still sends its own, and has the result", async () => {
  await editTo(`${reading}${deleting}`);
  expect(await runRow("read")).toEqual(["GET /a.cgi?read"]);
  expect(resultsShown()).toEqual([false, true, false]);
  await editTo(`${again}${again}`);
  expect(await runRow("read", 1)).toEqual(["GET /a.cgi?again"]);
  expect(resultsShown()).toEqual([false, true, true]);
});

test("a request that the editor has no longer is not sent, nor is another one; the tab says so", async () => {
  await editTo(reading);
  expect(await runRow("remove")).toEqual([]);
  expect(screen.getByRole("alert")).toBeTruthy();
});

test("a file that changed on disk since it was listed sends the request of the row", async () => {
  served.folder.write("a.http", `${reading}${deleting}`);
  expect(await runRow("read")).toEqual(["GET /a.cgi?read"]);
});

test("of two variables without a value that are in one line, the one that has a value now is listed no longer", async () => {
  const errors = vi.spyOn(console, "error");
  const failures = () => [...document.querySelectorAll(".saved-failure .ui-bad")].map(({ textContent }) => textContent);
  served.folder.write("a.http", "### remove\nGET /a.cgi?{{a}}{{b}}\n");
  await runRow("remove");
  const [ofA, ofB, ...others] = failures();
  expect([ofA === ofB, others]).toEqual([false, []]);
  await editTo("@a = 1\n### remove\nGET /a.cgi?{{a}}{{b}}\n");
  await runRow("remove");
  expect(failures()).toEqual([ofB]);
  expect(errors).not.toHaveBeenCalled();
  errors.mockRestore();
});

const shownOf = (name: string) => useSaved.getState().ran.get(keyOf("a.http", name, 0));
const summary = () => screen.getByRole("status").textContent;

test("a result of another window is newer than one of this window from before it", async () => {
  await runRow("read");
  served.script("a.cgi", "printf 'Status: 404\\nContent-Type: text/plain\\n\\n'");
  const asked = { file: "a.http", only: { name: "read", nth: 0 }, text: null, environment: null };
  for await (const _ of await connected().saved.run(asked));
  await act(listSaved);
  expect(shownOf("read")).toMatchObject({ result: { status: 404 }, before: { status: 200 } });
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  await runRow("read");
  expect(shownOf("read")).toMatchObject({ result: { status: 200 }, before: { status: 404 } });
});

test("results of requests that are in no file are not counted", async () => {
  await act(() => runSaved("a.http"));
  const before = summary();
  await editTo("### other\nGET /a.cgi\n");
  await act(() => runSaved("a.http"));
  expect(shownOf("other")).toBeDefined();
  expect(summary()).toBe(before);
  served.folder.write("a.http", reading);
  await act(listSaved);
  expect([...useSaved.getState().ran.keys()]).toEqual([keyOf("a.http", "read", 0)]);
});

test("sending the one at the cursor during a run does nothing, and a notice says so", async () => {
  useSelection.setState({ openFile: "a.http" });
  useNotices.setState({ notices: [] });
  let run: Promise<unknown> = Promise.resolve();
  act(() => {
    run = runSaved("a.http");
  });
  await act(sendAtCursor);
  expect(useNotices.getState().notices.map(({ tone }) => tone)).toEqual(["info"]);
  await act(() => run);
});

test("no values are tried in a request that never ran and may change something", async () => {
  served.folder.write("a.http", "### wipe\nDELETE /a.cgi\n\n### look\nHEAD /a.cgi\n");
  await act(listSaved);
  const isOff = (name: string) =>
    screen.getByRole("button", { name: `Try values for ${name}…` }).hasAttribute("disabled");
  expect(["wipe", "look"].map(isOff)).toEqual([true, false]);
  expect(await runRow("wipe")).toEqual(["DELETE /a.cgi"]);
  expect(isOff("wipe")).toBe(false);
});

test("values are tried in a request of a file: a GET is run, and its trace goes into the composer", async () => {
  await editTo(`${deleting}${reading}${again}`);
  fireEvent.click(screen.getAllByRole("button", { name: "Try values for read…" })[1] ?? document.body);
  await waitFor(() => expect(isDialogOpen("vary")).toBe(true));
  expect(useComposer.getState()).toMatchObject({ method: "GET", target: "/a.cgi?again" });
});
