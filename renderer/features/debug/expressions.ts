// How names look in the languages that can be debugged: those whose values stand behind a line, those that are
// evaluated while one points at them (names and literal subscripts, nothing that runs), and where a function begins.

interface Look {
  readonly name: RegExp;
  readonly pointed: RegExp;
  readonly begins: RegExp;
}

const literal = String.raw`"[^"\\]*"|'[^'\\]*'|-?\d+`;

const looks: Readonly<Record<string, Look>> = {
  python: {
    name: /[A-Za-z_]\w*/g,
    pointed: new RegExp(String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[(?:${literal})\])*`, "g"),
    begins: /^\s*(?:async\s+)?def\b/,
  },
  perl: {
    name: /[$@%][A-Za-z_]\w*/g,
    pointed: new RegExp(String.raw`[$@%][A-Za-z_]\w*(?:(?:->)?(?:\{\s*(?:${literal}|[\w-]+)\s*\}|\[-?\d+\]))*`, "g"),
    begins: /^\s*sub\b/,
  },
  ruby: {
    name: /(?<![\w.:@$])[@$]?[a-z_]\w*/g,
    pointed: new RegExp(String.raw`(?<![\w.:@$])[@$]?[a-z_]\w*(?:\[(?:${literal})\])*`, "g"),
    begins: /^\s*def\b/,
  },
  javascript: {
    name: /(?<![\w$.])[A-Za-z_$][\w$]*/g,
    pointed: new RegExp(String.raw`(?<![\w$.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[(?:${literal})\])*`, "g"),
    begins: /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/,
  },
  php: {
    name: /\$[A-Za-z_]\w*/g,
    pointed: new RegExp(String.raw`\$[A-Za-z_]\w*(?:\[(?:${literal})\])*`, "g"),
    begins: /^\s*(?:(?:public|protected|private|static|final)\s+)*function\b/,
  },
  cpp: {
    name: /(?<![\w.>])[A-Za-z_]\w*/g,
    pointed: /(?<![\w.>])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*/g,
    begins: /^[A-Za-z_].*\)\s*\{/,
  },
  shell: {
    name: /(?<=\$\{?)[A-Za-z_]\w*|\b[A-Za-z_]\w*(?=\+?=)/g,
    pointed: /\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}/g,
    begins: /^\s*(?:function\s|[\w-]+\s*\(\))/,
  },
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
