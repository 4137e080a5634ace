// The Markdown that the product's own documents use: headings, paragraphs, lists, tables, fenced code; code, emphasis
// and links in a line. Anything else stays text. It becomes data, never HTML.

export type Block =
  | { readonly is: "heading"; readonly level: number; readonly text: string }
  | { readonly is: "paragraph"; readonly text: string }
  | { readonly is: "list"; readonly items: readonly string[] }
  | { readonly is: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly is: "code"; readonly text: string };

export type Inline =
  | { readonly is: "text" | "code" | "strong"; readonly text: string }
  | { readonly is: "link"; readonly text: string; readonly to: string };

/** The blocks of a document, in order. Pictures are left out. */
export function markdownBlocks(document: string): readonly Block[] {
  const blocks: Block[] = [];
  let group: string[] = [];
  let code: string[] | null = null;
  const end = (): void => {
    if (group.length > 0) blocks.push(blockOf(group));
    group = [];
  };
  for (const line of document.split("\n")) {
    const isFence = line.startsWith("```");
    if (code !== null) {
      if (!isFence) code.push(line);
      else {
        blocks.push({ is: "code", text: code.join("\n") });
        code = null;
      }
    } else if (isFence) {
      end();
      code = [];
    } else if (line.trim() === "" || line.startsWith("![")) end();
    else if (line.startsWith("#")) {
      end();
      const [, marks = "", text = ""] = /^(#+)\s*(.*)$/.exec(line) ?? [];
      blocks.push({ is: "heading", level: marks.length, text });
    } else group.push(line);
  }
  end();
  return blocks;
}

function blockOf(lines: readonly string[]): Block {
  if (lines.every((line) => line.startsWith("|"))) {
    const [head = [], , ...rows] = lines.map(cellsOf);
    return { is: "table", head, rows };
  }
  if (lines.every((line) => /^([-*]|\d+\.) /.test(line)))
    return { is: "list", items: lines.map((line) => line.replace(/^\S+ /, "")) };
  return { is: "paragraph", text: lines.join(" ") };
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|\s*$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

/** The pieces of a line of text. */
export function inlines(text: string): readonly Inline[] {
  const pieces: Inline[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) pieces.push({ is: "text", text: text.slice(at, to) });
  };
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g)) {
    const [whole, code, strong, label = "", to = ""] = match;
    plain(match.index);
    if (code !== undefined) pieces.push({ is: "code", text: code });
    else if (strong !== undefined) pieces.push({ is: "strong", text: strong });
    else pieces.push({ is: "link", text: label, to });
    at = match.index + whole.length;
  }
  plain(text.length);
  return pieces;
}
