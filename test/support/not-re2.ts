// Regular expressions that a filter of traces refuses: what RE2 does not have, broken ones, and one that is too large.
export const notRe2 = [
  "(?=a)",
  "(?!a)",
  "(?<=a)b",
  "(?<!a)b",
  "(a)\\1",
  "(?<n>a)\\k<n>",
  "(",
  "[a",
  "a{9999}",
  "(a{99}){99}",
  "(a|bc){900}",
];
