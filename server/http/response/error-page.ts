// The page the gateway answers with when there is no response to pass on: what happened in plain words, and where to look.
import { STATUS_CODES } from "node:http";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";

export interface ErrorPage {
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

/** `detail`: a plain sentence. `seq`: the trace's number, as the window shows it. */
export function errorPage(status: number, detail: string, seq: number): ErrorPage {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.4rem}p{overflow-wrap:anywhere}small{opacity:.7}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<p><small>This page comes from CGI Workbench, not from a script. Trace #${seq} has every byte of the exchange.</small></p>
</body>
</html>
`;
  return {
    headers: [[byteString("Content-Type"), byteString("text/html; charset=utf-8")]],
    body: new TextEncoder().encode(html),
  };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
