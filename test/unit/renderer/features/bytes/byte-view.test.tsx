// The byte views on the screen: the one that commands are meant for, and a stream that grows while it is shown.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { Bytes } from "../../../../../renderer/features/bytes/byte-view.js";
import { useByteViewState, useShownBytes } from "../../../../../renderer/features/bytes/byte-view-state.js";
import { readAs } from "../../../../../renderer/features/bytes/read-as.js";
import { rowHeight } from "../../../../../renderer/features/bytes/row-layout.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await servePage();
});
afterAll(() => served[Symbol.asyncDispose]());
afterEach(() => useByteViewState.setState({ mode: null, isFinding: false, wanted: "" }));

interface ViewProps {
  readonly name: string;
  readonly text: string;
  readonly hasColours?: boolean;
  readonly reveal?: { readonly at: number } | null;
}
function View({ name, text, hasColours = false, reveal = null }: ViewProps) {
  const bytes = new TextEncoder().encode(text);
  const read = async (from: number, length: number) => latest(name).slice(from, from + length);
  texts.set(name, bytes);
  return (
    <Bytes
      title={name}
      of={{ key: name, name, fileName: `${name}.bin`, isFile: false, traced: null, read }}
      info={{ bytes: bytes.length, captured: bytes.length }}
      declaredCharset="utf-8"
      hasColours={hasColours}
      reveal={reveal}
    />
  );
}
const texts = new Map<string, Uint8Array>();
const latest = (name: string): Uint8Array => texts.get(name) ?? new Uint8Array();
const loaded = (name: string, bytes: number) =>
  waitFor(() => expect(screen.getByLabelText(`${name} bytes`).dataset["loaded"]).toBe(String(bytes)));

/** What is selected in the view that commands are meant for. */
const selected = (): string | undefined => useShownBytes.getState().shown?.current.selected();
const pane = (name: string): HTMLElement => {
  const found = screen.getByLabelText(`${name} bytes`).querySelector<HTMLElement>("[data-pane]");
  if (!found) throw new Error(`${name} has no pane`);
  return found;
};
test("commands are meant for the view that came last or has the focus, and for the other when that goes", async () => {
  const Both = ({ isStreamShown }: { isStreamShown: boolean }) => (
    <>
      <View name="File" text="aa" />
      {isStreamShown && <View name="Stdout" text="bbb" />}
    </>
  );
  const page = render(<Both isStreamShown={false} />);
  await loaded("File", 2);
  page.rerender(<Both isStreamShown />);
  await loaded("Stdout", 3);
  for (const name of ["File", "Stdout"]) fireEvent.keyDown(pane(name), { key: "a", ctrlKey: true });
  expect(selected()).toBe("62 62 62");
  act(() => pane("File").focus());
  expect(selected()).toBe("61 61");
  act(() => pane("Stdout").focus());
  expect(selected()).toBe("62 62 62");
  page.rerender(<Both isStreamShown={false} />);
  expect(selected()).toBe("61 61");
  page.unmount();
  expect(useShownBytes.getState().shown).toBeNull();
});

test("without Latin letters on the keyboard its places count: bytes are selected and copied", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  render(<View name="Stdout" text="bytes" />);
  await loaded("Stdout", 5);
  const press = (key: string, code: string) => fireEvent.keyDown(pane("Stdout"), { key, code, ctrlKey: true });
  expect([press("ф", "KeyA"), press("с", "KeyC")]).toEqual([false, false]); // Russian
  await waitFor(() => expect(write.mock.calls).toEqual([["bytes"]]));
  expect(press("а", "KeyF")).toBe(false);
  await screen.findByRole("textbox", { name: "Find" });
  write.mockRestore();
});

test("an escape sequence that came in two pieces has its colour", async () => {
  const page = render(<View name="Stderr" text={"a \x1b[3"} hasColours />);
  await loaded("Stderr", 5);
  expect(screen.queryByLabelText("Terminal colours")).toBeNull();
  page.rerender(<View name="Stderr" text={"a \x1b[31mred"} hasColours />);
  await loaded("Stderr", 10);
  await screen.findByLabelText("Terminal colours");
});

test("a match that came in two pieces is found; the current one stays the same", async () => {
  useByteViewState.setState({ isFinding: true, wanted: "hello" });
  const page = render(<View name="Stdout" text="hello hello hel" />);
  const says = (words: string) =>
    waitFor(() => expect(document.querySelector(".byte-find-count")?.textContent).toBe(words));
  await says("1 of 2");
  fireEvent.click(screen.getByLabelText("Next match"));
  await says("2 of 2");
  page.rerender(<View name="Stdout" text="hello hello hello" />);
  await says("2 of 3");
});

test("the open bar of another stream leaves the focus where it is; asked for, it takes it", async () => {
  const selected: EventTarget[] = [];
  const onSelect = ({ target }: Event) => target && selected.push(target);
  document.addEventListener("select", onSelect);
  const page = render(<View key="a" name="Stdout" text="aa" />);
  await loaded("Stdout", 2);
  fireEvent.keyDown(pane("Stdout"), { key: "f", ctrlKey: true });
  const find = await screen.findByRole("textbox", { name: "Find" });
  await waitFor(() => expect(selected).toEqual([find]));
  page.rerender(<View key="b" name="Stderr" text="bbb" />);
  await loaded("Stderr", 3);
  const next = screen.getByRole("textbox", { name: "Find" });
  expect([next === find, selected.length]).toEqual([false, 1]);
  fireEvent.keyDown(pane("Stderr"), { key: "f", ctrlKey: true });
  await waitFor(() => expect(selected).toEqual([find, next]));
  document.removeEventListener("select", onSelect);
});

test("bytes that are to be shown stay in view under an open Find bar, until the user goes to a match", async () => {
  const [lines, lineBytes] = [2000, 64];
  const text = `${"x".repeat(lineBytes - 1)}\n`.repeat(lines);
  useByteViewState.setState({ isFinding: true, wanted: "needle" });
  const reveal = { at: 10 * lineBytes };
  render(<View name="Shown" text={`${text}needle\n${text}`} reveal={reveal} />);
  await waitFor(() => expect(document.querySelector(".byte-find-count")?.textContent).toBe("1 of 1"));
  expect(pane("Shown").scrollTop).toBeLessThan(11 * rowHeight);
  fireEvent.keyDown(screen.getByLabelText("Find"), { key: "Enter", isComposing: true });
  expect(pane("Shown").scrollTop).toBeLessThan(11 * rowHeight);
  fireEvent.keyDown(screen.getByLabelText("Find"), { key: "Enter" });
  await waitFor(() => expect(pane("Shown").scrollTop).toBeGreaterThan(1500 * rowHeight));
});

test("another charset and another form show the bytes that were on top", async () => {
  const [lines, lineBytes, line] = [20_000, 64, 15_000];
  render(<View name="Place" text={`${"x".repeat(lineBytes - 1)}\n`.repeat(lines)} />);
  await loaded("Place", lines * lineBytes);
  const height = () => pane("Place").querySelector<HTMLElement>(".byte-rows")?.style.height;
  await waitFor(() => expect(height()).toBe(`${lines * rowHeight}px`));
  fireEvent.keyDown(pane("Place"), { key: "Home", ctrlKey: true }); // as a click would: it is not gone back to
  pane("Place").scrollTop = line * rowHeight;
  fireEvent.scroll(pane("Place"));

  /** Where the pane of this label begins; a page without a layout has no scroll events of its own. */
  const top = async (label: string): Promise<number> => {
    const shown = await screen.findByRole("group", { name: `Place, ${label}` });
    await waitFor(() => expect(shown.scrollTop).toBeGreaterThan(0));
    fireEvent.scroll(shown);
    const row = shown.querySelector<HTMLElement>(`[data-index="${Math.floor(shown.scrollTop / rowHeight)}"]`);
    return Number(row?.dataset["offset"]);
  };
  act(() => readAs("Place", "windows-1252"));
  expect(await top("windows-1252")).toBe(line * lineBytes);
  act(() => useByteViewState.setState({ mode: "hex" }));
  expect(await top("hex")).toBe(line * lineBytes);
  act(() => useByteViewState.setState({ mode: "text" }));
  expect(await top("windows-1252")).toBe(line * lineBytes);
});

test("a text whose colours are turned off keeps its place", async () => {
  const [lines, line] = [2000, 1500];
  // Two rows a line, one without the sequences.
  const text = `${"\x1b[31m".repeat(10)}${"x".repeat(64)}\n`.repeat(lines);
  render(<View name="Coloured" text={text} hasColours />);
  await loaded("Coloured", text.length);
  const shown = pane("Coloured");
  const height = () => shown.querySelector<HTMLElement>(".byte-rows")?.style.height;
  await waitFor(() => expect(height()).toBe(`${lines * rowHeight}px`));
  shown.scrollTop = line * rowHeight;
  fireEvent.scroll(shown);
  fireEvent.click(screen.getByLabelText("Terminal colours"));
  await waitFor(() => expect(shown.scrollTop).toBe(2 * line * rowHeight));
});

test("a text that grows, and a pane that becomes narrower, keep their place", async () => {
  const [lines, lineBytes, line] = [20_000, 64, 15_000];
  const text = `${"x".repeat(lineBytes - 1)}\n`.repeat(lines);
  const page = render(<View name="Grown" text={text} />);
  await loaded("Grown", text.length);
  const rows = () => pane("Grown").querySelector<HTMLElement>(".byte-rows")?.style.height;
  await waitFor(() => expect(rows()).toBe(`${lines * rowHeight}px`));
  page.rerender(<View name="Grown" text={`${text}yy`} />);
  expect(rows()).toBe(`${lines * rowHeight}px`);
  await waitFor(() => expect(rows()).toBe(`${(lines + 1) * rowHeight}px`));

  const shown = pane("Grown");
  shown.scrollTop = line * rowHeight;
  fireEvent.scroll(shown);
  Object.defineProperty(shown, "clientWidth", { configurable: true, value: 400 }); // two rows a line
  fireEvent.scroll(shown);
  await waitFor(() => expect(shown.scrollTop).toBe(2 * line * rowHeight));
});
