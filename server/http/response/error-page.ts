// The page the gateway answers with when there is no response to pass on: what
// happened in plain words, and where to look.

import { STATUS_CODES } from "node:http";
import { escapeHtml } from "../../base/escape-html.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";
import { htmlPage } from "./html-page.js";

export interface ErrorPage {
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

/** `detail`: a plain sentence. `seq`: the trace's number, as the window shows it. */
export function errorPage(status: number, detail: string, seq: number): ErrorPage {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  const html = htmlPage(
    title,
    `<p>${escapeHtml(detail)}</p>
<p><small>This page comes from CGI Workbench, not from a script. Trace #${seq} has every byte of the exchange.</small></p>`,
  );
  return {
    headers: [[byteString("Content-Type"), byteString("text/html; charset=utf-8")]],
    body: html,
  };
}
