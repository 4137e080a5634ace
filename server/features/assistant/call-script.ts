// A call of a script as a tool: the input becomes a request, the response what its Content-Type says.
import type { CallToolResult } from "@modelcontextprotocol/server";
import { z } from "zod";
import { jsonOf } from "../../base/json-of.js";
import { ProblemError } from "../../base/problem.js";
import type { MaskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import { failure } from "./tool.js";

/** How the script gets the input: in the query, as a form, or as JSON. */
export const ways = ["query", "form", "json"] as const;

/** So much of an error's page is passed on. */
const maxPageBytes = 16 << 10;

export async function callScript(
  traces: MaskedTraces,
  { target, send }: { readonly target: string; readonly send: (typeof ways)[number] },
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const pairs = Object.entries(args).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
  );
  const fields = new URLSearchParams(pairs).toString();
  const posted = (type: string, body: string) => ({ target, headers: { "Content-Type": type }, body });
  const request = {
    query: { target: fields === "" ? target : `${target}?${fields}` },
    form: posted("application/x-www-form-urlencoded", fields),
    json: posted("application/json", JSON.stringify(args)),
  }[send];
  const { id, response } = await traces.ofRequest(request, signal);
  const failed = (status: number | null, page?: string): CallToolResult => {
    const { code, text } = assistantMessage("tool-failed", { status, trace: id });
    return failure(code, text, page);
  };
  if (response === null) return failed(null);
  const { body, status, headers } = response;
  if (body.captured < body.bytes) throw new ProblemError(assistantMessage("tool-answer-large", { bytes: body.bytes }));
  const bytes = Buffer.from(body.base64, "base64");
  const [, contentType = ""] = headers.find(([name]) => String(name).toLowerCase() === "content-type") ?? [];
  const mimeType = String(contentType).split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (status >= 400) {
    const page = bytes.toString("utf8", 0, maxPageBytes);
    return failed(status, mimeType === "text/html" ? withoutTags(page) : page);
  }
  return { ...contentOf(bytes, mimeType, id), _meta: { "cgi-workbench/trace": id } };
}

const object = z.record(z.string(), z.unknown());

function contentOf(bytes: Buffer, mimeType: string, id: string): CallToolResult {
  const text = bytes.toString();
  const data = bytes.toString("base64");
  const [kind] = mimeType.split("/", 1);
  const isJson = /^application\/(?:.*\+)?json$/.test(mimeType);
  if (kind === "image" || kind === "audio") return { content: [{ type: kind, data, mimeType }] };
  if (kind !== "text" && !isJson)
    return { content: [{ type: "resource", resource: { uri: `cgi-workbench://trace/${id}`, mimeType, blob: data } }] };
  // An object is the structured content; anything else has a text alone.
  const { data: structuredContent } = object.safeParse(isJson ? jsonOf(text) : null);
  return { content: [{ type: "text", text }], ...(structuredContent && { structuredContent }) };
}

const withoutTags = (page: string): string =>
  page.replace(/(?:<(script|style|head)\b[\s\S]*?<\/\1>|<[^>]*>|\s)+/gi, " ").trim();
