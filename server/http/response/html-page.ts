// The few pages that the server makes itself.
import { escapeHtml } from "../../base/escape-html.js";

/** A whole page in UTF-8. `body`: HTML, below the title. */
export function htmlPage(title: string, body: string): Uint8Array {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.4rem}p,td,h1{overflow-wrap:anywhere}small{opacity:.7}td{padding-right:2rem}.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
  return new TextEncoder().encode(html);
}
