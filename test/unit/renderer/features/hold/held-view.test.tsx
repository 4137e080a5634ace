// Held requests in the window, over a real server: what a person sees, what is edited, and what goes on.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { HeldBody } from "../../../../../renderer/features/hold/held-body.js";
import { draftOf } from "../../../../../renderer/features/hold/held-draft.js";
import { holdRequests, stopHolding } from "../../../../../renderer/features/hold/held-store.js";
import { HeldPlace } from "../../../../../renderer/features/hold/index.js";
import { bytesToRaw } from "../../../../../renderer/model/request/raw-text.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { listenForCommands } from "../../../../../renderer/platform/shortcuts.js";
import { connected } from "../../../../../renderer/rpc/store.js";
import { byteString, fromBytes, utf8 } from "../../../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../../../server/trace/trace-record.js";
import { goOn as asPlanned } from "../../../../support/holding.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { waitFor as waitUntil } from "../../../../support/wait-for.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();
registerCommands(allCommands);
listenForCommands();

let served: ServedPage;
const leaving = new AbortController();
beforeAll(async () => {
  served = await serveStreams();
  served.script("a.cgi", 'printf \'Content-Type: text/plain\\n\\n%s|%s|\' "$CONTENT_LENGTH" "$HTTP_X_OLD"; cat');
  void served.workbench.holds.keep(
    { query: "", moment: "start", isOnce: false, pace: null, matches: () => true },
    leaving.signal,
  );
});
afterAll(async () => {
  leaving.abort();
  await served[Symbol.asyncDispose]();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  stopHolding();
  for (const one of served.workbench.holds.held) one.decide(asPlanned());
});

/** Sends so many requests, one after the other, and shows them once all are held. */
async function hold(...bodies: readonly string[]) {
  const asked = await send("/a.cgi", ...bodies);
  await shown(bodies[0] ?? "");
  return asked;
}

async function send(path: string, ...bodies: readonly (string | Buffer)[]) {
  const asked: Promise<TraceRecord>[] = [];
  for (const body of bodies) {
    const [method, target, value] = [utf8("POST"), utf8(path), byteString("\xe9")];
    const headers = [[utf8("X-Old"), value]] as const;
    const request = { method, target, headers, body: { bytes: Buffer.from(body) } };
    asked.push(served.workbench.sender.deliver(request, { from: "composer" }));
    await waitUntil(`${asked.length} held`, () => served.workbench.holds.held.length === asked.length);
  }
  render(<HeldPlace>nothing is held</HeldPlace>);
  return asked;
}

const shown = async (body: string) => expect(await screen.findByDisplayValue(body)).toBeTruthy();
const goOn = (init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.body, { key: "Enter", altKey: true, ...init });

const type = (field: Element | null, value: string) => fireEvent.change(field ?? document.body, { target: { value } });

const fieldNames = () => screen.getAllByLabelText("Form field name").map((field) => field.getAttribute("value"));

const stdinOf = async (asked: Promise<TraceRecord> | undefined) =>
  fromBytes((await asked)?.stdin?.read(0, 99) ?? new Uint8Array());

test("a second press, or a key that is held, lets no other request go on", async () => {
  const [first, second] = await hold("one", "two");
  vi.useFakeTimers({ toFake: ["performance"], now: performance.now() }); // however long the machine takes
  goOn({ repeat: true });
  expect(served.workbench.holds.held.length).toBe(2);
  goOn();
  goOn();
  expect(await stdinOf(first)).toBe("one");
  await shown("two");
  goOn();
  await new Promise(setImmediate);
  expect(served.workbench.holds.held.length).toBe(1);
  vi.advanceTimersByTime(1000);
  goOn();
  expect(await stdinOf(second)).toBe("two");
  await screen.findByText("nothing is held");
});

test("the length follows the body, also back to what it was", async () => {
  const [asked] = await hold("one");
  fireEvent.change(screen.getByDisplayValue("one"), { target: { value: "longer" } });
  await screen.findByDisplayValue("6");
  const fresh = screen.getAllByLabelText("Variable name").at(-1) ?? document.body;
  fireEvent.change(fresh, { target: { value: "ADDED" } });
  fireEvent.change(screen.getByDisplayValue("longer"), { target: { value: "one" } });
  await screen.findByText(/\b1 edit\b/);
  await screen.findByDisplayValue("3");
  await waitUntil("it goes on", () => {
    goOn();
    return served.workbench.holds.held.length === 0;
  });
  const { held } = (await asked) ?? {};
  expect(held).toMatchObject([{ edits: [{ of: "variable", name: "ADDED", is: "" }] }]);
});

test("what cannot be: a script that speaks HTTP itself is not held again, and not every body can be edited", async () => {
  served.script("nph-a.cgi", "printf 'HTTP/1.1 200 OK\\r\\n\\r\\n'");
  const small = "x".repeat(100);
  void (await send("/nph-a.cgi", small, "x".repeat(300_000)));
  await shown(small);
  expect(screen.queryByRole("checkbox", { name: "Hold it again after its headers" })).toBeNull();
  fireEvent.click(screen.getByRole("tab", { name: /^#\d+ before start/, selected: false }));
  await screen.findByText(/^The body is larger than 256 KiB\./);
  const { held } = await connected().hold.next({ since: -1, generation: null });
  const [one] = held;
  if (one?.plan.moment !== "start") throw new Error("it is not held");
  const plan = { ...one.plan, bodyCaptured: 0 }; // traces are not recorded
  cleanup();
  render(<HeldBody held={one} plan={plan} draft={draftOf(one)} onChange={() => undefined} />);
  await screen.findByText(/^The body was not kept whole\./);
});

test("a form field is typed letter by letter into the empty row", async () => {
  void (await send("/a.cgi", "a=1&b=2"));
  const fresh = await screen.findByPlaceholderText("Add form field");
  fresh.focus();
  for (const name of ["n", "na", "nam"]) type(document.activeElement, name);
  expect(fieldNames()).toEqual(["a", "b", "nam", ""]);
});

test("what was renamed and what was removed is told by its name", async () => {
  void (await send("/a.cgi", "x=1&y=2&z=3"));
  fireEvent.click(await screen.findByRole("button", { name: "Remove form field y" }));
  fireEvent.click(screen.getByRole("button", { name: "Restore y" }));
  expect(fieldNames()).toEqual(["x", "y", "z", ""]);
  expect(screen.queryByText(/was 11/)).toBeNull();
  type(screen.getByDisplayValue("CONTENT_LENGTH"), "X_LENGTH");
  await screen.findByText("~ was CONTENT_LENGTH: 11");
});

test("a response by hand has a status", async () => {
  const [asked] = await hold("three");
  fireEvent.click(screen.getByRole("button", { name: "Respond by hand…" }));
  type(await screen.findByDisplayValue("200"), "700");
  fireEvent.click(screen.getByRole("button", { name: "Respond" }));
  await screen.findByText((text) => text.includes("“700”"));
  type(screen.getByDisplayValue("700"), "404 Not Found");
  fireEvent.click(screen.getByRole("button", { name: "Respond" }));
  expect((await asked)?.response?.status).toBe(404);
});

test("only a window that holds requests lets all go on, and says that it loses the edits", async () => {
  const rule = { query: "path:/none", moment: "start", isOnce: false } as const;
  holdRequests({ ...rule, pace: { latencyMs: 1, upPerSecond: null, downPerSecond: null } });
  void (await hold("four"));
  const stop = () => screen.queryByRole("button", { name: /all go on/ });
  expect([stop(), screen.queryByRole("button", { name: /^Stop/ })]).toEqual([null, null]);
  holdRequests({ ...rule, pace: null });
  await waitUntil("the button", () => stop() !== null);
  expect(stop()?.textContent).toContain("unedited");
});

test("a body of any bytes is edited without loss", async () => {
  const every = Buffer.from([...Array(256).keys()]);
  const [asked] = await send("/a.cgi", every);
  type(await screen.findByRole("textbox", { name: "Stdin" }), `${bytesToRaw(every)}\\xfe!`);
  goOn();
  const { stdin } = (await asked) ?? {};
  expect(Buffer.from(stdin?.read(0, 999) ?? [])).toEqual(Buffer.concat([every, Buffer.from([0xfe, 0x21])]));
});

test("the field says that a variable cannot have its name, and nothing is lost", async () => {
  const [asked] = await hold("five");
  type(screen.getAllByLabelText("Variable name").at(-1) ?? null, "A=B");
  const row = () => screen.getByDisplayValue(/^A=?B$/).closest("fieldset")?.textContent;
  expect(row()).toContain("“A=B”");
  const field = screen.getByDisplayValue("A=B");
  const why = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  expect([field.getAttribute("aria-invalid"), row()]).toEqual(["true", why?.textContent]);
  goOn();
  await waitUntil("why it does not go on", () => useNotices.getState().notices.length > 0);
  expect(served.workbench.holds.held.length).toBe(1);
  type(screen.getByDisplayValue("A=B"), "AB");
  expect(row()).not.toContain("“A=B”");
  expect(screen.getByDisplayValue("AB").hasAttribute("aria-invalid")).toBe(false);
  goOn();
  expect((await asked)?.held).toMatchObject([{ edits: [{ of: "variable", name: "AB", is: "" }] }]);
});
