// What differs between two texts, as one edit: what is the same at both ends stays, and the cursor in it.

interface TextEdit {
  /** Offsets in the text before, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** What comes in place of what is between them. */
  readonly text: string;
}

/** Neither end is inside a surrogate pair: the editor would widen the edit there, and repeat or drop the other half. */
export function smallestEdit(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (isInPair(before, start) || isInPair(after, start)) start--;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (isInPair(before, before.length - end) || isInPair(after, after.length - end)) end--;
  return { from: start, to: before.length - end, text: after.slice(start, after.length - end) };
}

const isInPair = (text: string, offset: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
