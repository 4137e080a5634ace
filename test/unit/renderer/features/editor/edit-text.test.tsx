// Undo, Redo and Select all go to the editor when its text has the focus, else to the browser.
import { beforeEach, expect, test, vi } from "vitest";
import { editText } from "../../../../../renderer/features/editor/commands.js";

const editors = vi.hoisted(() => {
  const calls: unknown[][] = [];
  const editorIn = (id: string) => ({
    getContainerDomNode: () => document.getElementById(id),
    focus: () => void calls.push([id, "focus"]),
    trigger: (...words: unknown[]) => void calls.push([id, ...words]),
  });
  return { calls, all: [editorIn("one"), editorIn("two")] };
});
vi.mock("../../../../../renderer/model/documents/text-buffers.js", () => ({
  loadMonaco: async () => ({ editor: { getEditors: () => editors.all } }),
}));

const asked: string[] = [];
Object.assign(document, { execCommand: (name: string) => asked.push(name) });
document.body.innerHTML = `<input id="field">
  <div id="one"><div class="native-edit-context" tabindex="0"></div></div>
  <div id="two"><div class="native-edit-context" tabindex="0"></div><textarea class="find"></textarea></div>`;
const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

beforeEach(() => {
  asked.length = 0;
  editors.calls.length = 0;
});

test("with the focus in an editor's text: that editor", async () => {
  focus("#two .native-edit-context");
  await editText("undo");
  await editText("redo");
  await editText("selectAll");
  expect(editors.calls.filter(([, call]) => call !== "focus")).toEqual([
    ["two", "menu", "undo", null],
    ["two", "menu", "redo", null],
    ["two", "menu", "editor.action.selectAll", null],
  ]);
  expect(asked).toEqual([]);
});

test.each(["#field", "#two .find"])("with the focus in %s: the browser", async (field) => {
  focus(field);
  await editText("undo");
  await editText("selectAll");
  expect([asked, editors.calls]).toEqual([["undo", "selectAll"], []]);
});
