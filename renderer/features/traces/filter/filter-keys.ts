// The keys of the filter.
export const filterKeys: readonly string[] =
  "status method path file mode took size from is body header env stderr finding after before pinned tag name note session version script text".split(
    " ",
  );

/** What a row cannot answer: the stored traces are searched for it. */
export const storedKeys: readonly string[] = [
  "body",
  "header",
  "env",
  "stderr",
  "finding",
  "version",
  "script",
  "text",
];

/** Their values can be regular expressions; for all others `/…/` is text. */
export const patternKeys: readonly string[] = ["path", "file", "method", "mode", "script", "text"];
