// Where in a line of a script the names of CGI and HTTP stand: a meta-variable where the
// environment is read, a header's name, value or status where the script prints its headers. A few
// expressions for each language; no parser is needed.

type CgiPlace = {
  /** What was typed of it. */
  readonly prefix: string;
} & ({ readonly kind: "variable" } | { readonly kind: "header" } | { readonly kind: "value"; readonly header: string });

interface Grammar {
  /** Ends where the name of an environment variable is being typed; the last group is what there is of it. */
  readonly reads: readonly RegExp[];
  /** What follows and proves that a word in quotes is such a name ("HTTPS" in os.environ). */
  readonly proves?: RegExp;
  /** A statement that prints, up to the text. A group is the quotation mark that ends the text. */
  readonly prints: RegExp;
  /** Begins a comment. */
  readonly comment: RegExp;
}

const name = "([A-Za-z_]\\w*)?$";
const quote = "[\"']";
const hash = /(?:^|\s)#/;
const slashes = /(?:^|\s)\/\/|^\s*\*/;

/** By the editor's language id. */
const grammars: Readonly<Record<string, Grammar>> = {
  python: {
    reads: [
      new RegExp(`\\benv(?:iron(?:b)?)?\\[\\s*b?${quote}${name}`),
      new RegExp(`\\b(?:environ\\.(?:get|pop|setdefault)|getenv)\\(\\s*b?${quote}${name}`),
    ],
    proves: /^\w*["']\s*(?:not\s+)?in\s+(?:os\.)?environ\b/,
    prints: /(?:\bprint\(\s*|\bstdout(?:\.buffer)?\.write\(\s*)[bfru]{0,2}("""|'''|["'])/g,
    comment: hash,
  },
  perl: {
    reads: [
      new RegExp(`\\$ENV\\{\\s*${quote}?${name}`),
      new RegExp(`@ENV\\{\\s*(?:qw\\W|${quote})(?:[\\w'", ]*[ ,"'])?${name}`),
    ],
    prints: /\b(?:print|printf|say)\s*\(?\s*(?:STDOUT\s+|\{\s*\*?STDOUT\s*\}\s*)?(?:(["'])|qq?[{(|])/g,
    comment: hash,
  },
  php: {
    reads: [
      new RegExp(`\\$_(?:SERVER|ENV)\\[\\s*${quote}${name}`),
      new RegExp(`\\b(?:apache_)?getenv\\(\\s*${quote}${name}`),
      new RegExp(`\\bfilter_input\\(\\s*INPUT_(?:SERVER|ENV)\\s*,\\s*${quote}${name}`),
    ],
    prints: /\bheader\s*\(\s*(["'])/g,
    comment: new RegExp(`${slashes.source}|${hash.source}`),
  },
  ruby: {
    reads: [
      new RegExp(`\\bENV\\[\\s*${quote}${name}`),
      new RegExp(`\\bENV\\.(?:fetch|key\\?|has_key\\?|include\\?)[( ]\\s*${quote}${name}`),
    ],
    prints: /(?:\b(?:puts|print)|\$stdout\.(?:write|puts|print)|STDOUT\.(?:write|puts|print))\s*\(?\s*(["'])/g,
    comment: hash,
  },
  shell: {
    reads: [/\$\{?#?([A-Za-z_]\w*)?$/, /\b(?:printenv|unset)\s+([A-Za-z_]\w*)?$/],
    prints: /(?:^|[;&|({]|\b(?:then|do|else)\b)\s*(?:echo(?:\s+-[neE]+)*|printf(?:\s+--)?)\s+(["'])?/g,
    comment: hash,
  },
  javascript: {
    reads: [/\bprocess\.env\.([A-Za-z_]\w*)?$/, new RegExp(`\\bprocess\\.env\\[\\s*${quote}${name}`)],
    prints: /\b(?:console\.log|process\.stdout\.write)\s*\(\s*(["'`])/g,
    comment: slashes,
  },
  lua: {
    reads: [new RegExp(`\\bos\\.getenv\\s*\\(?\\s*${quote}${name}`)],
    prints: /\b(?:print|io\.write)\s*\(?\s*(["'])/g,
    comment: /(?:^|\s)--/,
  },
  tcl: {
    reads: [/(?:\$|\b)(?:::)?env\(([A-Za-z_]\w*)?$/],
    prints: /\bputs(?:\s+-nonewline)?(?:\s+stdout)?\s+(")/g,
    comment: /^\s*#/,
  },
  cpp: {
    reads: [new RegExp(`\\b(?:secure_)?getenv\\(\\s*"${name}`)],
    prints: /\b(?:printf|puts|fputs|fprintf)\s*\(\s*(?:stdout\s*,\s*)?(")/g,
    comment: slashes,
  },
};

export const cgiLanguages: readonly string[] = Object.keys(grammars);

/**
 * `before` and `after`: the line on both sides of the cursor. `isHeader`: whether such a
 * name, or the beginning of one, is known.
 */
export function cgiPlace(
  language: string,
  before: string,
  after: string,
  isHeader: (name: string, isWhole: boolean) => boolean,
): CgiPlace | null {
  const grammar = grammars[language];
  if (!grammar || isComment(grammar, before)) return null;
  const isLiteral = language === "shell" && isInSingleQuotes(before);
  for (const pattern of isLiteral ? [] : grammar.reads) {
    const match = pattern.exec(before);
    if (match) return { kind: "variable", prefix: match[1] ?? "" };
  }
  const word = new RegExp(`${quote}${name}`).exec(before);
  if (word && grammar.proves?.test(after)) return { kind: "variable", prefix: word[1] ?? "" };
  const text = printedText(grammar, before);
  return text === null ? null : headerPlace(text, after, isHeader);
}

/** There the shell replaces nothing. */
const isInSingleQuotes = (before: string): boolean =>
  before
    .replace(/\\./g, "")
    .replace(/"[^"]*"?/g, "")
    .split("'").length %
    2 ===
  0;

/** The text of the last string that is printed and not closed. */
function printedText({ prints }: Grammar, before: string): string | null {
  let text: string | null = null;
  for (const match of before.matchAll(prints)) {
    const rest = before.slice(match.index + match[0].length);
    const mark = match[1];
    // Without a mark: echo Content-Type: text/html
    text = mark === undefined ? (/[;&|<>]/.test(rest) ? null : rest) : unclosed(rest, mark);
  }
  return text;
}

/** `text` if the quotation mark does not end it. */
function unclosed(text: string, mark: string): string | null {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(mark, at)) return null;
  }
  return text;
}

/** The line of the printed text at the cursor, read as a header. After an empty line comes the body, which has none. */
function headerPlace(
  text: string,
  after: string,
  isHeader: (name: string, isWhole: boolean) => boolean,
): CgiPlace | null {
  const lines = text.replace(/\\r\\n|\\015\\012|\\r|\\n/g, "\n").split("\n");
  const line = lines.at(-1) ?? "";
  if (lines.slice(0, -1).includes("")) return null;
  const [, header, value = ""] = /^([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)$/.exec(line) ?? [];
  if (header !== undefined) return isHeader(header, true) ? { kind: "value", header, prefix: value } : null;
  const endsHere = /^[\w-]*:|^["'`]|^$|^\\|^\)/.test(after);
  return endsHere && /^[A-Za-z][A-Za-z0-9-]*$/.test(line) && isHeader(line, false)
    ? { kind: "header", prefix: line }
    : null;
}

/** Outside of strings, as far as one line tells. */
const isComment = ({ comment }: Grammar, before: string): boolean =>
  comment.test(before.replace(/\\./g, "").replace(/"[^"]*"?|'[^']*'?/g, ""));
