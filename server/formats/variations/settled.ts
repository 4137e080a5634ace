// What differs from response to response by its nature, made equal: times and ids. Each byte keeps its place.
const when = [
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [\w ,-]{5,24} \d\d:\d\d:\d\d/g,
  /\b\d\d:\d\d:\d\d\b/g,
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi,
  /\b0x[\da-f]{6,16}\b/gi,
];

/** `text`: a byte as a character. */
export const settledText = (text: string): string =>
  when.reduce((settled, pattern) => settled.replace(pattern, (found) => found.replace(/\w/g, "0")), text);
