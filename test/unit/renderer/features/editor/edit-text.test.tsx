// Undo, Redo and Select all go to the editor when its text has the focus, else to the browser.
import type { editor } from "monaco-editor/editor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { editText } from "../../../../../renderer/features/editor/commands.js";
import { loadMonaco } from "../../../../../renderer/model/documents/text-buffers.js";
import { editorOptions } from "../../../../../renderer/platform/monaco/editor-options.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";

prepareEditor();
const asked: string[] = [];
Object.assign(document, { execCommand: (name: string) => asked.push(name) });
let editors: editor.IStandaloneCodeEditor[] = [];

/** Two editors, with an edit in each. */
beforeEach(async () => {
  asked.length = 0;
  document.body.innerHTML = `<input id="field"><div id="one"></div><div id="two"></div>`;
  const { editor } = await loadMonaco();
  editors = [...document.querySelectorAll("div")].map((host) => {
    const made = editor.create(host, { ...editorOptions, value: "before" });
    // Beside what the editor shows here: its text in a browser that has edit contexts, and its search field.
    host.insertAdjacentHTML(
      "beforeend",
      `<p class="native-edit-context" tabindex="0"></p><textarea class="find"></textarea>`,
    );
    const range = { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 7 };
    made.executeEdits("test", [{ range, text: "after" }]);
    made.setPosition({ lineNumber: 1, column: 1 });
    return made;
  });
});
afterEach(() => {
  for (const made of editors) made.dispose();
});
const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
const texts = (): string[] => editors.map((made) => made.getValue());
const selected = (): (string | null)[] =>
  editors.map((made) => {
    const selection = made.getSelection();
    return selection && (made.getModel()?.getValueInRange(selection) ?? null);
  });

test.each([".native-edit-context", ".inputarea"])(
  "with the focus in an editor's text (%s): that editor",
  async (text) => {
    focus(`#two ${text}`);
    await editText("undo");
    expect(texts()).toEqual(["after", "before"]);
    expect(editors.map((made) => made.hasTextFocus())).toEqual([false, true]);
    await editText("redo");
    expect(texts()).toEqual(["after", "after"]);
    await editText("selectAll");
    expect(selected()).toEqual(["", "after"]);
    expect(asked).toEqual([]);
  },
);

test.each(["#field", "#two .find"])("with the focus in %s: the browser", async (field) => {
  focus(field);
  await editText("undo");
  await editText("selectAll");
  expect([asked, texts(), selected()]).toEqual([
    ["undo", "selectAll"],
    ["after", "after"],
    ["", ""],
  ]);
});
