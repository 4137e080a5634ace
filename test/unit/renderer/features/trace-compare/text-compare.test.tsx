// What a comparison of two streams says of those of which it reads only the beginning.
import { act, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TextCompare } from "../../../../../renderer/features/trace-compare/text-compare.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

const compared = 256 * 1024;
const streams = new Map<string, Uint8Array<ArrayBuffer>>();
let isBroken = false;
let served: AsyncDisposable;
beforeAll(async () => {
  served = await serveStreams(async (id, _stream, from, length) => {
    if (isBroken) throw new DOMException("The queue was closed.", "AbortError");
    return streams.get(id)?.slice(from, from + length) ?? new Uint8Array();
  });
});
afterAll(() => served[Symbol.asyncDispose]());

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const linesOf = (bytes: number): string =>
  Array.from({ length: bytes / 16 }, (_, line) => `${String(line).padStart(15, "0")}\n`).join("");

function compare(left: string, right: string, kept = { left: left.length, right: right.length }): void {
  streams.set("left", bytesOf(left));
  streams.set("right", bytesOf(right));
  const of = (id: "left" | "right", { length }: string) => ({
    id,
    info: { bytes: length, captured: kept[id], chunks: [] },
  });
  render(<TextCompare label="Stdout" stream="stdout" left={of("left", left)} right={of("right", right)} />);
}
const text = (): string => document.body.textContent;

test("of the same beginnings only these are said to be the same, and different sizes are said", async () => {
  compare(linesOf(300 * 1024), linesOf(400 * 1024));
  await screen.findByText("Stdout: the first 262,144 bytes are the same.");
  expect(text()).toContain("Left: 307,200 bytes. Right: 409,600 bytes.");
});

test("whole streams are the same, or both empty; what nothing was kept of is neither", async () => {
  compare(linesOf(1024), linesOf(1024));
  await screen.findByText("Stdout: the same 1,024 bytes.");
  compare("", "");
  await screen.findByText("Both are empty.");
  compare("", "abc", { left: 0, right: 0 });
  await screen.findByText("Stdout: too little was kept to compare.");
  expect(text()).toContain("Left: 0 bytes. Right: 3 bytes.");
});

test("a line that is cut off by the limit is no difference", async () => {
  compare(`one more\n${linesOf(300 * 1024)}`, linesOf(300 * 1024));
  expect((await screen.findByRole("list", { name: "Stdout" })).textContent).toContain("one more");
  expect(document.querySelectorAll('[data-line="removed"]')).toHaveLength(1);
  expect(document.querySelectorAll('[data-line="added"]')).toHaveLength(0);
  expect(text()).not.toContain("no newline");
});

test("lines that the other side may have after its cut are no difference, those that it has not are one", async () => {
  compare(`${linesOf(16 * 1024)}other\n${linesOf(300 * 1024)}`, linesOf(200 * 1024));
  await screen.findByRole("list", { name: "Stdout" });
  expect(document.querySelectorAll('[data-line="removed"]').length).toBeGreaterThan(100);
  compare(linesOf(300 * 1024), linesOf(256 * 1024), { left: 16 * 1024, right: 256 * 1024 });
  await screen.findByText("Stdout: the first 16,384 bytes are the same.");
});

test("a single line that is longer than the limit is compared as far as it was read", async () => {
  compare(`a${"x".repeat(compared)}`, `b${"x".repeat(compared)}`);
  await screen.findByRole("list", { name: "Stdout" });
  expect(document.querySelectorAll('[data-line="removed"]')).toHaveLength(1);
  expect(text()).not.toContain("no newline");
});

test("what a lost connection cut off is read again over the next one", async () => {
  const { client } = useServer.getState();
  isBroken = true;
  compare(linesOf(512), linesOf(512));
  await screen.findByText(/^(?!.*the same)/, { selector: ".ui-bad" });
  act(() => useServer.setState({ client: null }));
  isBroken = false;
  act(() => useServer.setState({ client }));
  await screen.findByText("Stdout: the same 512 bytes.");
});
