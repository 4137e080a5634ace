// How well an entry of the palette matches the typed text: whole stretches before scattered letters, and scattered ones
// only where each begins a word or goes on from the one before ("cwsf" is "Compare with the saved file"; "copy" is not
// "cgi-bin/login.py").

/** From 0 (not at all) to 1. */
export function paletteRank(title: string, typed: string): number {
  const [text, wanted] = [title.toLowerCase(), typed.trim().toLowerCase()];
  if (wanted === "") return 1;
  const at = text.indexOf(wanted);
  if (at === 0) return 1;
  if (at > 0) return isWordStart(text, at) ? 0.9 : 0.7;
  const words = wanted.split(/\s+/);
  if (words.length > 1 && words.every((word) => text.includes(word))) return 0.6;
  return hasFromWordStarts(text, wanted.replace(/\s+/g, "")) ? 0.4 : 0;
}

const isWordStart = (text: string, at: number): boolean => at === 0 || /[^a-z0-9]/.test(text[at - 1] ?? "");

/** Whether the letters are in the text in their order, each at a word's start or right behind the one before it. */
function hasFromWordStarts(text: string, letters: string): boolean {
  /** Places behind the last letter that was found, for each way to find them. */
  let ends = new Set<number>();
  for (const [index, letter] of [...letters].entries()) {
    const next = new Set<number>();
    for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) {
      const goesOn = ends.has(at);
      const begins = isWordStart(text, at) && (index === 0 || [...ends].some((end) => end <= at));
      if (goesOn || begins) next.add(at + 1);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return true;
}
