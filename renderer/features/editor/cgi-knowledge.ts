// What the editor knows of CGI: it completes the names of meta-variables and headers, and explains them under the
// pointer, with the values that the script's last request had.
import type { editor, IRange, languages, Position } from "monaco-editor/editor";
import type { TraceView } from "../../../server/contract/trace.js";
import {
  explainField,
  explainStatus,
  knownFieldNames,
  knownStatuses,
} from "../../../server/formats/glossary/explain-name.js";
import type { NameExplanation } from "../../../server/formats/glossary/explanation.js";
import { explainVariable, metaVariableNames } from "../../../server/formats/glossary/meta-variables.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf, type Monaco } from "../../model/documents/text-buffers.js";
import { newestRow } from "../../model/traces/requests.js";
import { useServer } from "../../rpc/store.js";
import { cgiLanguages, cgiPlace } from "./cgi-place.js";

/** Longer values are cut in the list. */
const maxValue = 60;
/** These make the editor ask; others are asked for by Ctrl+Space. */
const triggers = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_\"'{[($-: /"];

/** What is usually written there, by the header's name in lower case. */
const usualValues: Readonly<Record<string, readonly string[]>> = {
  "content-type": [
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/json",
    "text/css; charset=utf-8",
    "image/png",
    "application/octet-stream",
  ],
  "cache-control": ["no-store", "no-cache", "private, max-age=60", "public, max-age=3600"],
  "set-cookie": ["name=value; Path=/; HttpOnly; SameSite=Lax"],
  "content-disposition": ['attachment; filename="file.txt"', "inline"],
  "x-content-type-options": ["nosniff"],
  "referrer-policy": ["no-referrer", "same-origin", "strict-origin-when-cross-origin"],
  "content-security-policy": ["default-src 'self'"],
  "access-control-allow-origin": ["*"],
  vary: ["Accept-Language", "Origin", "Cookie"],
};

let isRegistered = false;

/** Once; for all editors. */
export function registerCgiKnowledge(monaco: Monaco): void {
  if (isRegistered) return;
  isRegistered = true;
  for (const language of cgiLanguages) {
    monaco.languages.registerCompletionItemProvider(language, {
      triggerCharacters: triggers,
      provideCompletionItems: (model, position) => completions(monaco, language, model, position),
    });
    monaco.languages.registerHoverProvider(language, {
      provideHover: (model, position) => hover(language, model, position),
    });
  }
}

const names = knownFieldNames().map((name) => name.toLowerCase());
const isHeader = (name: string, isWhole: boolean): boolean =>
  isWhole
    ? name.includes("-") || names.includes(name.toLowerCase())
    : names.some((known) => known.startsWith(name.toLowerCase()));

async function completions(
  monaco: Monaco,
  language: string,
  model: editor.ITextModel,
  { lineNumber, column }: Position,
): Promise<languages.CompletionList> {
  const line = model.getLineContent(lineNumber);
  const before = line.slice(0, column - 1);
  const after = line.slice(column - 1);
  const place = cgiPlace(language, before, after, isHeader);
  if (place === null) return { suggestions: [] };
  const from = column - place.prefix.length;
  const rest = (place.kind === "value" ? /^$/ : /^[\w-]*/).exec(after)?.[0].length ?? 0;
  const insert = new monaco.Range(lineNumber, from, lineNumber, column);
  const range = { insert, replace: insert.setEndPosition(lineNumber, column + rest) };
  const { CompletionItemKind } = monaco.languages;
  if (place.kind === "variable") {
    const last = await lastRequestOf(model);
    const sent = (last?.env ?? []).map(({ name }) => name).filter((name) => typeof name === "string");
    return {
      suggestions: [...new Set([...metaVariableNames(), ...sent])].map((name, index) => ({
        label: last ? { label: name, description: valueText(last, name) } : name,
        insertText: name,
        range,
        kind: CompletionItemKind.Variable,
        sortText: String(index).padStart(4, "0"),
        ...documentation(explainVariable(name)),
      })),
    };
  }
  if (place.kind === "header")
    return {
      suggestions: knownFieldNames().map((name) => ({
        label: name,
        insertText: after.startsWith(":") ? name : `${name}: `,
        range,
        kind: CompletionItemKind.Property,
        ...documentation(explainField(name)),
      })),
    };
  const isStatus = place.header.toLowerCase() === "status";
  const values = isStatus
    ? knownStatuses().filter((status) => status >= "2")
    : (usualValues[place.header.toLowerCase()] ?? []);
  return {
    suggestions: values.map((value, index) => ({
      label: value,
      insertText: value,
      range,
      kind: CompletionItemKind.Value,
      sortText: String(index).padStart(4, "0"),
      ...documentation(isStatus ? explainStatus(Number(value.slice(0, 3))) : null),
    })),
  };
}

async function hover(language: string, model: editor.ITextModel, position: Position): Promise<languages.Hover | null> {
  const line = model.getLineContent(position.lineNumber);
  const word = [...line.matchAll(/[\w-]+/g)].find(
    ({ index, 0: text }) => index < position.column && position.column <= index + text.length + 1,
  );
  if (!word) return null;
  const end = word.index + word[0].length;
  const place = cgiPlace(language, line.slice(0, end), line.slice(end), isHeader);
  if (place === null || place.prefix === "") return null;
  const explanation = explanationAt(place, word[0]);
  if (explanation === null) return null;
  const range: IRange = {
    startLineNumber: position.lineNumber,
    endLineNumber: position.lineNumber,
    startColumn: end + 1 - (place.kind === "value" ? word[0] : place.prefix).length,
    endColumn: end + 1,
  };
  const { name, text, reference } = explanation;
  const last = place.kind === "variable" ? await lastRequestOf(model) : null;
  return {
    range,
    contents: [
      { value: `**${name}**` },
      { value: `${text} (${reference})` },
      ...(last === null ? [] : [{ value: `Request #${last.seq}: \`${valueText(last, name).replaceAll("`", "'")}\`` }]),
    ],
  };
}

function explanationAt(place: NonNullable<ReturnType<typeof cgiPlace>>, word: string): NameExplanation | null {
  if (place.kind === "variable") return explainVariable(place.prefix);
  if (place.kind === "header") return explainField(place.prefix);
  return place.header.toLowerCase() === "status" && /^\d{3}$/.test(word) ? explainStatus(Number(word)) : null;
}

const documentation = (explanation: NameExplanation | null) =>
  explanation === null ? {} : { documentation: `${explanation.text}\n${explanation.reference}` };

interface LastRequest {
  readonly id: string;
  readonly seq: number;
  readonly env: TraceView["env"];
}
let known: LastRequest | null = null;

/** The newest request to the script in the model; null when there is none, or when it cannot be read. */
async function lastRequestOf(model: editor.ITextModel): Promise<LastRequest | null> {
  const path = useDocuments.getState().open.find((document) => bufferOf(document.path)?.model === model)?.path;
  const { client } = useServer.getState();
  if (path === undefined || client === null) return null;
  const row = newestRow(({ file, outcome }) => file === path && outcome !== null);
  if (!row) return null;
  if (known?.id === row.id) return known;
  try {
    const { id, seq, env } = await client.traces.get({ id: row.id });
    known = { id, seq, env };
    return known;
  } catch (error) {
    console.warn("The last request could not be read for the editor.", error); // names are offered without values
    return null;
  }
}

function valueText({ env }: LastRequest, name: string): string {
  const variable = env?.find((candidate) => candidate.name === name);
  if (!variable) return "not set";
  const value = typeof variable.value === "string" ? variable.value : "bytes that are not UTF-8";
  if (value === "") return "empty";
  return value.length > maxValue ? `${value.slice(0, maxValue - 1)}…` : value;
}
