// The doctor's rules about characters: their findings lead to the way of one.
const encodingRules: ReadonlySet<string> = new Set([
  ...[
    "charset-wrong",
    "charset-missing",
    "charset-unknown",
    "encoded-twice",
    "not-utf-8",
    "encodings-mixed",
    "surrogate-halves",
    "character-cut",
  ],
  ...[
    "text-lost-before",
    "byte-order-mark-in-page",
    "meta-contradicts-header",
    "unicode-encode-error",
    "wide-character",
  ],
]);

export const isAboutEncoding = (rule: string): boolean => encodingRules.has(rule);
