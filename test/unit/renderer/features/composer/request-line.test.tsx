import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { Composer } from "../../../../../renderer/features/composer/composer.js";
import { compose, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { registerCommands, runCommand, whyUnavailable } from "../../../../../renderer/platform/command-registry.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
registerCommands(allCommands);

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("hello.cgi", 'printf "Content-Type: text/plain\\n\\nHello, $REQUEST_METHOD $QUERY_STRING"');
  served.script("slow.cgi", "sleep 600");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => compose(blankDraft("/hello.cgi")));

const target = () => screen.getByRole("textbox", { name: "Request target" });
const send = () => screen.getByRole("button", { name: /^Send/ });

test("sends what was typed, and selects the trace it became", async () => {
  render(<Composer />);
  fireEvent.change(target(), { target: { value: "/hello.cgi?name=Ada" } });
  fireEvent.click(send());
  const id = await waitFor(() => {
    const { traceId } = useSelection.getState();
    expect(traceId).not.toBeNull();
    return traceId ?? "";
  });
  const trace = served.workbench.traces.get(id);
  expect(trace).toMatchObject({ outcome: "ok", request: { method: "GET", target: "/hello.cgi?name=Ada" } });
  expect(Buffer.from(trace?.response?.body.read(0, 100) ?? []).toString()).toBe("Hello, GET name=Ada");
});

test("what cannot be sent is marked, and Send is off", () => {
  render(<Composer />);
  expect(send().hasAttribute("disabled")).toBe(false);
  fireEvent.change(target(), { target: { value: "" } });
  expect([target().getAttribute("aria-invalid"), send().hasAttribute("disabled")]).toEqual(["true", true]);
  fireEvent.change(target(), { target: { value: "/" } });
  fireEvent.change(screen.getByRole("combobox", { name: "Method" }), { target: { value: "NO SPACES" } });
  expect(send().hasAttribute("disabled")).toBe(true);
});

test("the query of the target and its table are one", () => {
  render(<Composer />);
  fireEvent.change(target(), { target: { value: "/hello.cgi?a=1&b=two%20words" } });
  expect(screen.getByRole("tab", { name: /^Query/ }).textContent).toContain("2");
});

test("the focus stays on the button that sends when it becomes the one that stops, and back", async () => {
  render(<Composer />);
  fireEvent.change(target(), { target: { value: "/slow.cgi" } });
  const before = served.workbench.traces.lastSeq;
  send().focus();
  fireEvent.click(send());
  const stop = await screen.findByRole("button", { name: "Stop request" });
  expect(document.activeElement).toBe(stop);
  expect(fireEvent.keyDown(stop, { key: "Enter", repeat: true })).toBe(false); // held since it sent
  await waitFor(() => expect(served.workbench.traces.lastSeq).toBe(before + 1)); // it has reached the server
  fireEvent.click(stop);
  await waitFor(() => expect(document.activeElement).toBe(send()));
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(false));
  expect(served.workbench.traces.lastSeq).toBe(before + 1); // the click that stops sends nothing
});

test("while a request runs, no other is sent: the command says why", async () => {
  expect(whyUnavailable("request.send")).toBeNull();
  compose(blankDraft("/slow.cgi"));
  runCommand("request.send");
  await waitFor(() => expect(useComposer.getState().isRunning).toBe(true));
  expect(whyUnavailable("request.send")).toBe("A request is running.");
  runCommand("request.stop");
  await waitFor(() => expect(whyUnavailable("request.send")).toBeNull());
});
