// What a comparison of two streams says of those of which it reads only the beginning.
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TextCompare } from "../../../../../renderer/features/trace-compare/text-compare.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

const compared = 256 * 1024;
const streams = new Map<string, Uint8Array<ArrayBuffer>>();
let isBroken = false;
let refused = 0;
let served: AsyncDisposable;
beforeAll(async () => {
  served = await serveStreams(async (id, _stream, from, length) => {
    if (isBroken) {
      refused++;
      throw new DOMException("The queue was closed.", "AbortError");
    }
    return streams.get(id)?.slice(from, from + length) ?? new Uint8Array();
  });
});
afterAll(() => served[Symbol.asyncDispose]());

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const linesOf = (bytes: number): string =>
  Array.from({ length: bytes / 16 }, (_, line) => `${String(line).padStart(15, "0")}\n`).join("");

function compare(left: string, right: string, kept = { left: left.length, right: right.length }): void {
  compareBytes(bytesOf(left), bytesOf(right), kept);
}
function compareBytes(
  left: Uint8Array<ArrayBuffer>,
  right: Uint8Array<ArrayBuffer>,
  kept = { left: left.length, right: right.length },
): void {
  streams.set("left", left);
  streams.set("right", right);
  const of = (id: "left" | "right", { length }: Uint8Array) => ({
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

const linesShown = (is: "removed" | "added") => [...document.querySelectorAll(`[data-line="${is}"] .compare-text`)];

test("of a long binary line what is round the difference is drawn, and how much is left out", async () => {
  const binary = (other: string) => {
    const bytes = new Uint8Array(200_000).fill(0xff);
    bytes.set(bytesOf(other), 120_000);
    return bytes;
  };
  compareBytes(binary("abc"), binary("xyz"));
  await screen.findByRole("list", { name: "Stdout" });
  const [removed, added] = [linesShown("removed"), linesShown("added")].map(([line]) => line?.textContent);
  expect(removed).toMatch(/^118,976 more bytes … (ff)+abc(ff)+ … 78,976 more bytes \(no newline at the end\)$/);
  expect(added).toBe(removed?.replace("abc", "xyz"));
  expect(document.querySelectorAll("*").length).toBeLessThan(5000);
});

test("a long line is cut between characters, and its changed words are marked where they are shown", async () => {
  const line = (word: string) => bytesOf(`${"ü".repeat(1500)} ${word} ab${"ü".repeat(300)}`);
  compareBytes(line("one"), line("two"));
  await screen.findByRole("list", { name: "Stdout" });
  expect(linesShown("added")[0]?.textContent).toMatch(/^1,560 more bytes … ü+ two abü+ \(/);
  expect([...document.querySelectorAll("mark")].map(({ textContent }) => textContent)).toEqual(["one", "two"]);
  expect(document.querySelectorAll("[data-invalid]")).toHaveLength(0);
});

test("the lines together have a bound, and the comparison says how many it leaves out", async () => {
  const lines = Array.from({ length: 200 }, (_, line) => `${String(line).padEnd(999, "x")}\n`);
  compare(lines.join(""), "");
  await screen.findByText("167 more lines are not shown, 163.1 KiB.");
  expect(linesShown("removed")).toHaveLength(33);
});

test("what a lost connection cut off is read again over the next one", async () => {
  const { client } = useServer.getState();
  isBroken = true;
  compare(linesOf(512), linesOf(512));
  await waitFor(() => expect(refused).toBe(2));
  for (let turn = 0; turn < 3; turn++) await act(() => new Promise(setImmediate)); // both refusals have come
  expect(screen.getByText("Reading…")).toBeTruthy();
  act(() => useServer.setState({ client: null }));
  isBroken = false;
  act(() => useServer.setState({ client }));
  await screen.findByText("Stdout: the same 512 bytes.");
});
