// Words that the window's filter of its rows and a query of stored traces share.

/** What `is:` can ask for. */
export const traceKinds = [
  "failed",
  "ok",
  "running",
  "pinned",
  "warning",
  "error",
  "replay",
  "redirected",
  "followed",
  "script",
  "static",
] as const;
export type TraceKind = (typeof traceKinds)[number];
