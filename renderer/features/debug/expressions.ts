// How names look in the languages that can be debugged: those whose values stand behind a line, those that are
// evaluated while one points at them (names and literal subscripts, nothing that runs), and where a function begins.

interface Look {
  readonly name: RegExp;
  readonly pointed: RegExp;
  readonly begins: RegExp;
}

const letter = String.raw`[\p{L}\p{M}\p{N}_]`;
const word = String.raw`[\p{L}_]${letter}*`;
const literal = String.raw`"[^"\\]*"|'[^'\\]*'|-?\d+`;
const members = String.raw`(?:\.${word}|\[(?:${literal})\])*`;

/** `tail`: what may stand behind a name one points at. */
const look = (name: string, tail: string, begins: RegExp, pointed = name): Look => ({
  name: new RegExp(name, "gu"),
  pointed: new RegExp(pointed + tail, "gu"),
  begins,
});

const looks: Readonly<Record<string, Look>> = {
  python: look(word, members, /^\s*(?:async\s+)?def\b/),
  perl: look(
    `[$@%]${word}`,
    String.raw`(?:(?:->)?(?:\{\s*(?:${literal}|(?:${letter}|-)+)\s*\}|\[-?\d+\]))*`,
    /^\s*sub\b/,
  ),
  ruby: look(
    String.raw`(?<!${letter}|[.:@$])[@$]?[\p{Ll}\p{Lm}\p{Lo}_]${letter}*`,
    String.raw`(?:\[(?:${literal})\])*`,
    /^\s*def\b/,
  ),
  javascript: look(
    String.raw`(?<!${letter}|[$.])[\p{L}_$](?:${letter}|\$)*`,
    members,
    /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/,
    `(?<!${letter}|[$.])${word}`,
  ),
  php: look(
    String.raw`\$${word}`,
    String.raw`(?:\[(?:${literal})\])*`,
    /^\s*(?:(?:public|protected|private|static|final)\s+)*function\b/,
  ),
  cpp: look(`(?<!${letter}|[.>])${word}`, String.raw`(?:\.${word}|\[\d+\])*`, /^[A-Za-z_].*\)\s*\{/),
  shell: look(
    String.raw`(?<=\$\{?)[A-Za-z_]\w*|\b[A-Za-z_]\w*(?=\+?=)`,
    "",
    /^\s*(?:function\s|[\w-]+\s*\(\))/,
    String.raw`\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}`,
  ),
};

export const debuggedLanguages: readonly string[] = Object.keys(looks);

/** The names in a line, each once. */
export const namesIn = (language: string, text: string): readonly string[] => [
  ...new Set(Array.from(text.matchAll(looks[language]?.name ?? /(?!)/g), ([name]) => name)),
];

/** What there is to evaluate at a column, from 1. */
export function pointedAt(
  language: string,
  text: string,
  column: number,
): { readonly expression: string; readonly from: number } | null {
  for (const { 0: expression, index } of text.matchAll(looks[language]?.pointed ?? /(?!)/g))
    if (index < column && column <= index + expression.length + 1) return { expression, from: index + 1 };
  return null;
}

/** The first line of the function around a line, from 1. */
export function functionStart(language: string, lineText: (line: number) => string, line: number): number {
  const { begins } = looks[language] ?? { begins: /(?!)/ };
  for (let at = line; at >= 1; at--) if (begins.test(lineText(at))) return at;
  return 1;
}
