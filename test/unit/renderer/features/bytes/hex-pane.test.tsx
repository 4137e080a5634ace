import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import type { ByteSelection } from "../../../../../renderer/features/bytes/byte-selection.js";
import { HexPane } from "../../../../../renderer/features/bytes/hex-pane.js";
import { StreamLoader } from "../../../../../renderer/features/bytes/stream-loader.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const head = Buffer.from("Content-Type: text/plain\n\n");
const bytes = new Uint8Array(Buffer.concat([head, Buffer.from(Array.from({ length: 4096 }, (_, n) => n & 0xff))]));

/** The pane with the selection it is given back, as the byte view keeps it. */
function Pane({ loader, selected }: { readonly loader: StreamLoader; readonly selected: ByteSelection[] }) {
  const [selection, setSelection] = useState<ByteSelection | null>(null);
  const onSelect = (next: ByteSelection): void => {
    selected.push(next);
    setSelection(next);
  };
  const marks = [
    { from: 0, to: 40, severity: "hint" as const },
    { from: 0, to: 12, severity: "error" as const },
  ];
  const none = { find: null, scroll: null, handle: null, onScroll: () => {}, onReflow: () => {}, onMenu: () => {} };
  return (
    <HexPane
      {...{ title: "Stdout", loader, version: loader.state().version, charset: "utf-8", marks, selection, onSelect }}
      {...none}
    />
  );
}

async function shown() {
  const loader = new StreamLoader(bytes.length, async (from, length) => bytes.slice(from, from + length));
  loader.open();
  await waitFor(() => expect(loader.buffer.prefix).toBe(bytes.length));
  const selected: ByteSelection[] = [];
  const { container } = render(<Pane loader={loader} selected={selected} />);
  await waitFor(() => expect(container.querySelectorAll('[data-row="hex"]').length).toBeGreaterThan(5));
  return { container, selected, pane: screen.getByLabelText("Stdout, hex") };
}

test("only the rows in view are drawn: offset, bytes, their ASCII reading, and the gravest mark", async () => {
  const { container } = await shown();
  const rows = [...container.querySelectorAll('[data-row="hex"]')];
  expect(rows.length).toBeLessThan(60);
  expect(rows[0]?.textContent).toMatch(/^000043 6f 6e 74 65 6e 74 2d .*Content-Type: te/);
  expect(container.querySelector(".byte-mark-bad")?.textContent).toContain("43 6f 6e 74 65 6e 74 2d");
});

test("keys move the caret by bytes and rows, and with Shift select", async () => {
  const { container, selected, pane } = await shown();
  fireEvent.keyDown(pane, { key: "Home", ctrlKey: true });
  fireEvent.keyDown(pane, { key: "ArrowRight" });
  fireEvent.keyDown(pane, { key: "ArrowDown" });
  fireEvent.keyDown(pane, { key: "ArrowRight", shiftKey: true });
  fireEvent.keyDown(pane, { key: "End", ctrlKey: true });
  const perRow = (selected[2]?.head ?? 0) - 1;
  expect([16, 32]).toContain(perRow);
  expect(selected).toEqual([
    { anchor: 0, head: 0 },
    { anchor: 1, head: 1 },
    { anchor: perRow + 1, head: perRow + 1 },
    { anchor: perRow + 1, head: perRow + 2 },
    { anchor: bytes.length, head: bytes.length },
  ]);
  fireEvent.keyDown(pane, { key: "x" });
  expect(selected).toHaveLength(5);
  expect(container.querySelectorAll("[data-caret]").length).toBeLessThanOrEqual(2);
});
