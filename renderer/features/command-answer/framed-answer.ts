// A page that a command wrote, so that nothing of it leaves its frame. Of the two frames the outer one is ours, and its
// policy forbids the inner one to go anywhere: a link is no load, which the page's own policy would stop.

const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const look =
  "html,body,iframe{margin:0;border:0;width:100%;height:100%;background:#fff}body{overflow:hidden}iframe{display:block}";

/** These elements can make a browser look up a host or go elsewhere, which no policy stops. */
const loading = /<(?=(?:link|i?frame|meta|base)\b)/gi;

export function framedAnswer(page: string): string {
  const inner = page.replace(loading, "<x-").replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Answer</title><style>${look}</style><iframe title="Page" sandbox srcdoc="${inner}"></iframe>`;
}
