// Why a browser would not show a recorded response.
import { defineMessages } from "../contract/message.js";

/** What a browser does with it: headings. */
export const previewMessage = defineMessages({
  unreadable: "A browser cannot read this response",
  "nothing-to-show": "There is nothing to show",
  "stays-on-page": "A browser stays on the page it was on",
  "uses-own-copy": "A browser shows the copy it has",
  "leaves-the-scripts": "A browser would go to another site, which the preview does not show",
  "no-viewer": "The preview has no viewer for this kind of document",
  "saved-as-file": "A browser would save this as a file",
  "not-in-a-frame": "A browser refuses to show this inside another page",
  "kept-in-part": "Only the beginning of this response was kept",
});

/** What makes it do so. */
export const previewReason = defineMessages({
  "without-status-line": "It does not begin with an HTTP status line.",
  "head-without-body": "The response to a HEAD request has no body.",
  "status-without-body": ({ status }: { readonly status: number }) => `That is what ${status} means.`,
  "not-modified": "304 means that the browser’s copy is still current.",
  /** The header as it was written. */
  "header-forbids": ({ header }: { readonly header: string }) => header,
  "capture-limit": ({ keptBytes, bytes }: { readonly keptBytes: number; readonly bytes: number }) =>
    `${keptBytes} of ${bytes} bytes: limits.captureBytes in cgi-workbench.json.`,
});
