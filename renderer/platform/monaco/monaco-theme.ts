// The editor's colours, taken from the tokens, so that there is one list of colours in the product.
import type { editor } from "monaco-editor/editor";
import type { Theme } from "../theme.js";

/** The editor's theme for the tokens that are in force now. */
export function monacoTheme(theme: Theme): editor.IStandaloneThemeData {
  const token = tokenReader();
  const rule = (name: string, color: string): editor.ITokenThemeRule => ({
    token: name,
    foreground: token(color).slice(1),
  });
  return {
    base: theme === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("", "text"),
      rule("comment", "dim"),
      rule("keyword", "c4"),
      rule("keyword.operator", "text"),
      rule("operator", "text"),
      rule("delimiter", "dim"),
      rule("string", "c2"),
      rule("string.escape", "c3"),
      rule("regexp", "c3"),
      rule("number", "c3"),
      rule("constant", "c3"),
      rule("type", "c5"),
      rule("tag", "c1"),
      rule("metatag", "faint"),
      rule("attribute.name", "c5"),
      rule("attribute.value", "c2"),
      rule("variable", "c1"),
      rule("variable.predefined", "c1"),
      rule("predefined", "c1"),
      rule("string.key.json", "c1"),
      rule("string.value.json", "c2"),
    ],
    colors: {
      "editor.background": token("panel"),
      "editor.foreground": token("text"),
      "editorLineNumber.foreground": token("faint"),
      "editorLineNumber.dimmedForeground": token("faint"), // of the empty last line
      "editorLineNumber.activeForeground": token("text"),
      "editor.lineHighlightBackground": `${token("raised")}99`,
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": `${token("fill")}40`,
      "editorCursor.foreground": token("text"),
      "editorIndentGuide.background1": token("line"),
      "editorIndentGuide.activeBackground1": token("faint"),
      "editorWidget.background": token("raised"),
      "editorWidget.border": token("line"),
      "editorSuggestWidget.foreground": token("text"),
      "editorSuggestWidget.selectedBackground": token("sel"),
      "editorSuggestWidget.selectedForeground": token("text"),
      // The letters that were typed.
      "editorSuggestWidget.highlightForeground": token("accent"),
      "editorSuggestWidget.focusHighlightForeground": token("accent"),
      "list.highlightForeground": token("accent"),
      "list.focusHighlightForeground": token("accent"),
      // Under text: so faint that all of it holds 4.5:1.
      "editor.findMatchBackground": `${token("fill")}38`,
      "editor.findMatchBorder": token("fill"),
      "editor.findMatchHighlightBackground": `${token("fill")}1c`,
      "editor.findRangeHighlightBackground": `${token("raised")}99`,
      "editor.rangeHighlightBackground": `${token("fill")}14`,
      "editor.wordHighlightBackground": `${token("fill")}1c`,
      "editor.wordHighlightStrongBackground": `${token("fill")}1c`,
      "editorGutter.background": token("panel"),
      // So faint that comments on a changed line, where both lie over each other, hold 4.5:1.
      "diffEditor.insertedLineBackground": `${token("ok")}10`,
      "diffEditor.insertedTextBackground": `${token("ok")}14`,
      "diffEditor.removedLineBackground": `${token("bad")}10`,
      "diffEditor.removedTextBackground": `${token("bad")}14`,
      "diffEditor.diagonalFill": token("line"),
      "diffEditor.unchangedRegionBackground": token("raised"),
      "diffEditor.unchangedRegionForeground": token("dim"),
      "input.background": token("bg"),
      "input.border": token("line"),
      focusBorder: token("focus"),
      "menu.background": token("raised"),
      "menu.foreground": token("text"),
      "scrollbarSlider.background": `${token("dim")}40`,
      "scrollbarSlider.hoverBackground": `${token("dim")}66`,
      "scrollbarSlider.activeBackground": `${token("dim")}80`,
      "widget.shadow": "#00000055",
    },
  };
}

/**
 * Reads a token's colour as six hex digits, which is all the editor understands; the build shortens the colours in
 * tokens.css.
 */
function tokenReader(): (name: string) => string {
  const probe = document.createElement("span");
  document.body.append(probe);
  const style = getComputedStyle(probe);
  queueMicrotask(() => probe.remove());
  return (name) => {
    probe.style.color = `var(--${name})`;
    const parts = style.color.match(/\d+/g) ?? [];
    return `#${parts
      .slice(0, 3)
      .map((part) => Number(part).toString(16).padStart(2, "0"))
      .join("")}`;
  };
}
