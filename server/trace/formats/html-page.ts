// A trace as one HTML page that any browser shows without the product: no script, nothing
// to load, every byte of the trace as text.
import { createHash } from "node:crypto";
import { escapeHtml } from "../../base/escape-html.js";
import { wordsOf } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { shownTrace } from "./shown-trace.js";

const style = `
:root { color-scheme: light dark; --page: #fff; --ink: #1f2328; --line: #d0d7de; --soft: #f6f8fa; --quiet: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --ink: #e6edf3; --line: #3d444d; --soft: #161b22; --quiet: #9198a1; }
}
html { background: var(--page); color: var(--ink); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font: 600 1.25rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.75rem 0 0.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.25rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: 13px/1.5 ui-monospace, monospace; background: var(--soft); border: 1px solid var(--line);
  border-radius: 6px; padding: 0.75rem 1rem; margin: 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
p { margin: 0 0 0.5rem; color: var(--quiet); }
li { margin-bottom: 0.5rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.5rem; color: var(--quiet); }
`;

/** The page needs its own style and nothing else. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** `note`: what it says of its secrets. */
export function htmlPageOf(trace: TraceJson, note: string | null): string {
  const { title, facts, findings, parts } = shownTrace(trace, note);
  const list = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join("\n");
  const found = findings.map(
    ({ severity, title: what, detail }) =>
      `<li><strong>${escapeHtml(severity)}: ${sentence(wordsOf(what))}</strong><br>${sentence(wordsOf(detail))}</li>`,
  );
  const sections = parts.map(
    ({ name, text, note }) =>
      // The parser drops a line feed that follows <pre>.
      `<section>\n<h2>${escapeHtml(name)}</h2>\n${note === null ? "" : `<p>${escapeHtml(note)}</p>\n`}<pre>\n${escapeHtml(text)}</pre>\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<dl>
${list}
</dl>
${found.length === 0 ? "" : `<section>\n<h2>Findings</h2>\n<ul>\n${found.join("\n")}\n</ul>\n</section>\n`}${sections.join("\n")}
</main>
<footer>Recorded by CGI Workbench.</footer>
</body>
</html>
`;
}

/** With what is marked as code. */
const sentence = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
