// The groups of the environment's table: what opens them, and that each can be folded then.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { EnvView } from "../../../../../renderer/features/inspector/env-view.js";
import { showVariable, useInspectorState } from "../../../../../renderer/model/traces/inspector-state.js";
import type { TraceView } from "../../../../../server/contract/trace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";

layOutPage();

let served: ServedPage;
let trace: TraceView;
beforeAll(async () => {
  served = await servePage();
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  trace = await sentRaw(["GET /a.cgi HTTP/1.1"]);
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => useInspectorState.setState({ variable: null }));

const ask = (name: string) => act(() => showVariable("env", { traceId: trace.id, name }));
const button = (group: string) => screen.getByRole("button", { name: new RegExp(`^${group}`) });
const isOpen = (group: string): boolean => button(group).getAttribute("aria-expanded") === "true";
const turn = (group: string) => fireEvent.click(button(group));
/** Waits until the table shows what the filter leaves. */
const filter = async (text: string, shown: number) => {
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: text } });
  await waitFor(() => expect(screen.getAllByRole("rowgroup")).toHaveLength(1 + shown));
};

test("a variable that is asked for opens its group, which can be folded until one is asked for again", () => {
  render(<EnvView trace={trace} />);
  expect(isOpen("Server")).toBe(false);
  ask("SERVER_SOFTWARE");
  expect(isOpen("Server")).toBe(true);
  expect(screen.getByRole("rowheader", { name: "SERVER_SOFTWARE" })).toBeTruthy();
  turn("Server");
  expect(isOpen("Server")).toBe(false);
  ask("REQUEST_METHOD");
  expect(isOpen("Server")).toBe(false);
  ask("SERVER_SOFTWARE");
  expect(isOpen("Server")).toBe(true);
});

test("the group is open at once in a view that is opened for the variable", () => {
  showVariable("env", { traceId: trace.id, name: "SERVER_SOFTWARE" });
  render(<EnvView trace={trace} />);
  expect(isOpen("Server")).toBe(true);
  expect(isOpen("Connection")).toBe(false);
});

test("a filter opens what it leaves, which can be folded; without the filter all is as before", async () => {
  render(<EnvView trace={trace} />);
  turn("Request");
  const count = () => screen.getByRole("status").textContent;
  expect(count()).toBe("");
  await filter("server_software", 1);
  expect(count()).toMatch(/^1 \D+ \d+$/);
  expect(isOpen("Server")).toBe(true);
  turn("Server");
  expect(isOpen("Server")).toBe(false);
  turn("Server");
  expect(isOpen("Server")).toBe(true);
  turn("Server");
  await filter("REQUEST_METHOD", 1);
  expect(isOpen("Request")).toBe(true);
  await filter("", 5);
  expect(isOpen("Request")).toBe(false);
  expect(isOpen("Headers")).toBe(true);
  expect(isOpen("Server")).toBe(false);
});

test("a variable that is asked for is shown, whatever the filter leaves", async () => {
  render(<EnvView trace={trace} />);
  await filter("REQUEST_METHOD", 1);
  ask("SERVER_SOFTWARE");
  expect(screen.getByRole("rowheader", { name: "SERVER_SOFTWARE" })).toBeTruthy();
  await filter("REQUEST_METHOD", 1);
  expect(isOpen("Request")).toBe(true);
});
