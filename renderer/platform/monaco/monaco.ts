// The editor, in a chunk of its own that loads after the first paint: core, its features, tokenizers of the
// languages that CGI is written in, workers that are files of our own origin (`worker-src 'self'`). All
// features, because the JSON language brings them anyway when it is first used, and services that are registered
// after the first editor was made are not found.
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/cpp/register";
import "monaco-editor/languages/definitions/css/register";
import "monaco-editor/languages/definitions/html/register";
import "monaco-editor/languages/definitions/ini/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/lua/register";
import "monaco-editor/languages/definitions/markdown/register";
import "monaco-editor/languages/definitions/perl/register";
import "monaco-editor/languages/definitions/php/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/ruby/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/sql/register";
import "monaco-editor/languages/definitions/tcl/register";
import "monaco-editor/languages/definitions/xml/register";
import JsonWorker from "monaco-editor/language/json/json.worker?worker";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import "./zod-without-eval.js";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import { configFileName, configJsonSchema } from "../../../server/contract/config.js";
import { type Theme, useTheme } from "../theme.js";
import { monacoTheme } from "./monaco-theme.js";

window.MonacoEnvironment = { getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()) };

// The folder's configuration is completed and checked from the schema that the
// server reads it with; it may hold comments.
jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: true,
  trailingCommas: "ignore",
  enableSchemaRequest: false,
  schemas: [{ uri: "workbench:config", fileMatch: [`/${configFileName}`], schema: configJsonSchema() }],
});

function showTheme(theme: Theme): void {
  // Defined each time, because the colours are read from the tokens of the theme that is on.
  monaco.editor.defineTheme("workbench", monacoTheme(theme));
  monaco.editor.setTheme("workbench");
}
showTheme(useTheme.getState().theme);
useTheme.subscribe(({ theme }, before) => {
  if (theme !== before.theme) showTheme(theme);
});
// Monaco takes its own colours while the system forces some, and keeps them afterwards.
window.matchMedia("(forced-colors: active)").addEventListener("change", ({ matches }) => {
  if (!matches) showTheme(useTheme.getState().theme);
});

export { monaco };
