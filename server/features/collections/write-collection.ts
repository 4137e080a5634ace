// A collection as the text of a `.http` file. What the file cannot hold is a comment above its request; a body that
// would read as something else lies in a file of its own.
import { type Message, wordsOf } from "../../contract/message.js";
import { parseAssertion, parseCapture } from "../../formats/http-file/conditions.js";
import { isSentAsWritten, maxInlineBytes, oneLine } from "../../formats/http-file/write-request.js";
import { firstValue } from "../../protocol/header-values.js";
import { percentEncode } from "../../protocol/percent.js";
import { isTokenText } from "../../protocol/token.js";
import { ofConnection } from "../saved/save-request.js";
import { betweenVariables, type CollectedRequest, type Collection } from "./collection.js";
import { leftOutMessage } from "./messages.js";

interface WrittenCollection {
  readonly text: string;
  /** Files beside it, by their names. */
  readonly bodies: readonly { readonly name: string; readonly text: string }[];
  /** How many things were left out. */
  readonly leftOut: number;
}

/** `bodyName`: the name of the file for the body of the request with this number. */
export function writeCollection(
  { name, variables, requests, notes: ofAll = [] }: Pick<Collection, "name" | "variables" | "requests" | "notes">,
  bodyName: (nth: number) => string,
): WrittenCollection {
  const bodies: WrittenCollection["bodies"][number][] = [];
  let leftOut = 0;
  const remarks = (notes: readonly Message[]): string[] => {
    leftOut += notes.length;
    return notes.map((note) => `# Left out: ${oneLine(wordsOf(note.text))}`);
  };
  const own = variables.map(variableLine);
  const top = [
    `# Collection: ${oneLine(name)}`,
    ...remarks([...ofAll, ...own.flatMap((line) => (typeof line === "string" ? [] : [line]))]),
    ...own.filter((line) => typeof line === "string"),
  ];
  const parts = requests.map((request, index) => {
    const { lines, notes, body } = requestLines(request);
    const checks = checkLines(request);
    const head = [`### ${oneLine(request.name)}`, ...remarks([...notes, ...checks.notes]), ...checks.lines, ...lines];
    if (body === null) return head.join("\n");
    const isSmall = Buffer.byteLength(body) <= maxInlineBytes;
    const isInline = isSmall && !/[\r\0]/.test(body) && isSentAsWritten(body, typeOf(request));
    const file = bodyName(index + 1);
    if (!isInline) bodies.push({ name: file, text: body });
    const hasVariables = /\{\{/.test(body);
    const shown = isInline ? body : `${hasVariables ? "<@" : "<"} ./${file}`;
    return [...head, "", shown].join("\n");
  });
  return { text: `${[top.join("\n"), ...parts].join("\n\n")}\n`, bodies, leftOut };
}

function checkLines({ assertions, captures }: CollectedRequest): Omit<RequestLines, "body"> {
  const lines: string[] = [];
  const notes: Message[] = [];
  const add = (word: string, text: string, parsed: object): void => {
    if (isOneLine(text) && "value" in parsed) lines.push(`# ${word} ${text}`);
    else notes.push(leftOutMessage("test", { text }));
  };
  for (const text of assertions) add("@assert", text, parseAssertion(text));
  for (const text of captures) add("@capture", text, parseCapture(text));
  return { lines, notes };
}

const isOneLine = (text: string): boolean => !/[\r\n]/.test(text);

/** A message: it cannot be one. */
function variableLine([name, value]: readonly [string, string]): string | Message {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) return leftOutMessage("variable-name", { name });
  return isOneLine(value) ? `@${name} = ${value.trim()}` : leftOutMessage("variable-value", { name });
}

interface RequestLines {
  readonly lines: readonly string[];
  readonly notes: readonly Message[];
  readonly body: string | null;
}

function requestLines({ method, url, headers, body, notes: given }: CollectedRequest): RequestLines {
  const notes = [...given];
  const verb = method.trim().toUpperCase();
  const isMethod = isTokenText(verb) && !verb.startsWith("#");
  if (!isMethod) notes.push(leftOutMessage("method", { method }));
  const lines = [`${isMethod ? verb : "GET"} ${targetText(url)} HTTP/1.1`];
  for (const [name, value] of headers) {
    if (ofConnection.has(name.toLowerCase()) || name.toLowerCase() === "host") continue;
    if (!isTokenText(name) || name.startsWith("#") || /[\r\n\0]/.test(value))
      notes.push(leftOutMessage("header-invalid", { name }));
    else lines.push(`${name}: ${value.trim()}`);
  }
  return { lines, notes, body: body === "" ? null : body };
}

/** Each on one line, without spaces; an address without a scheme gets one. */
function targetText(url: string): string {
  const encoded = betweenVariables(url.trim(), (part) =>
    Buffer.from(part)
      .toString("latin1")
      .replace(/[^\x21-\x7e]/g, percentEncode),
  );
  if (encoded === "") return "/";
  return /^(?:https?:\/\/|\{\{|\/)/i.test(encoded) ? encoded : `http://${encoded}`;
}

const typeOf = ({ headers }: CollectedRequest): string => firstValue(headers, "content-type") ?? "";
