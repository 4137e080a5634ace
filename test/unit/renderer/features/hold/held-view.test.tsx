// Held requests in the window, over a real server: what a person sees, what is edited, and what goes on.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { HeldBody } from "../../../../../renderer/features/hold/held-body.js";
import { draftOf } from "../../../../../renderer/features/hold/held-draft.js";
import { HeldPlace } from "../../../../../renderer/features/hold/index.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
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
afterEach(cleanup);

/** Sends so many requests, one after the other, and shows them once all are held. */
async function hold(...bodies: readonly string[]) {
  const asked = await send("/a.cgi", ...bodies);
  await shown(bodies[0] ?? "");
  return asked;
}

async function send(path: string, ...bodies: readonly string[]) {
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

const stdinOf = async (asked: Promise<TraceRecord> | undefined) =>
  fromBytes((await asked)?.stdin?.read(0, 99) ?? new Uint8Array());

test("a second press, or a key that is held, lets no other request go on", async () => {
  const [first, second] = await hold("one", "two");
  goOn({ repeat: true });
  expect(served.workbench.holds.held.length).toBe(2);
  goOn();
  goOn();
  expect(await stdinOf(first)).toBe("one");
  await shown("two");
  goOn();
  await new Promise(setImmediate);
  expect(served.workbench.holds.held.length).toBe(1);
  await waitUntil("another press lets the other one go on", () => {
    goOn();
    return served.workbench.holds.held.length === 0;
  });
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
  const asked = await send("/nph-a.cgi", small, "x".repeat(300_000));
  await shown(small);
  expect(screen.queryByRole("checkbox", { name: "Hold it again after its headers" })).toBeNull();
  fireEvent.click(screen.getByRole("tab", { name: /^#\d+ before start/, selected: false }));
  await screen.findByText("It is too large to be edited here, and goes on as it is.");
  const { held } = await connected().hold.next({ since: -1, generation: null });
  const [one] = held;
  if (one?.plan.moment !== "start") throw new Error("it is not held");
  const plan = { ...one.plan, bodyCaptured: 0 }; // traces are not recorded
  render(<HeldBody held={one} plan={plan} draft={draftOf(one)} onChange={() => undefined} />);
  await screen.findByText("It was not kept whole, and goes on as it is.");
  for (const one of served.workbench.holds.held) one.decide(asPlanned());
  await Promise.all(asked);
});
