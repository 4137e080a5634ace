// The page the gateway sends when there is no response to pass on: what
// happened in plain words, and where to look.

import { STATUS_CODES } from "node:http";
import { escapeHtml } from "../../base/escape-html.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";
import { routeMessage } from "../../routing/messages.js";
import { htmlPage } from "./html-page.js";

const type: HeaderPair = [byteString("Content-Type"), byteString("text/html; charset=utf-8")];
/** Caches may keep a 404, and browsers a 301 for ever (RFC 9110 §15.1), although a script may be there by then. */
const noStore: HeaderPair = [byteString("Cache-Control"), byteString("no-store")];

interface ErrorPage {
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

/** `seq`: the trace's number, as the window shows it. */
export function errorPage(status: number, cause: Message, seq: number): ErrorPage {
  const title = `${status} ${STATUS_CODES[status] ?? "Error"}`;
  const html = htmlPage(
    title,
    `<p>${escapeHtml(wordsOf(cause.text))}</p>
<p><small>This page comes from CGI Workbench, not from a script. Trace #${seq} shows what happened.</small></p>`,
  );
  // How long a redirect is valid, its author decides.
  return { headers: routeMessage.is(cause, "redirect-route") ? [type] : [type, noStore], body: html };
}
