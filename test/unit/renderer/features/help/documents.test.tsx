// The product's documents as the window shows them, and its Markdown.
import { fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import {
  type DocumentName,
  documents,
  linkedDocument,
  readDocument,
} from "../../../../../renderer/features/help/documentation.js";
import { Markdown } from "../../../../../renderer/ui/markdown.js";

const names = documents.map(({ value }): DocumentName => value);
/** For who works on the workbench itself. */
const notShown = ["security-audit.md", "../test/peers/NOTES.md"];

describe("Markdown", () => {
  test("blocks of each kind, in order, without pictures", () => {
    const text = "# Title\n\nOne\nline.\n\n![picture](x.png)\n\n- a\n- b\n\n```sh\nls # no title\n```\n\n1. after\n";
    const { container } = render(<Markdown text={text} />);
    expect(screen.getByRole("heading", { level: 3, name: "Title" })).toBeTruthy();
    expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["a", "b", "after"]);
    expect(container.querySelector("pre")?.textContent).toBe("ls # no title");
    expect(container.querySelector("img")).toBeNull();
  });

  test("pieces of a line: code with any marks in it, emphasis, a table's bar, signs that HTML escapes", () => {
    const { container } = render(
      <Markdown text={"Use `a*b <i>` in **bold** and *soft* & 1 < 2 * `\n\n| a |\n|---|\n| `x\\|y` |"} />,
    );
    expect(container.querySelector("p")?.textContent).toBe("Use a*b <i> in bold and soft & 1 < 2 * `");
    expect(container.querySelector("strong")?.textContent).toBe("bold");
    expect(within(screen.getByRole("cell")).getByText("x|y").tagName).toBe("CODE");
  });

  test("HTML stays text, and a link does what it is given to do or nothing", () => {
    const open = vi.fn();
    const text = "<script>alert(1)</script>\n\nA <b onclick=x>tag</b>, [out](https://example.org) and [in](speed.md).";
    const { container } = render(<Markdown text={text} linkTo={(to) => (to === "speed.md" ? open : null)} />);
    expect(container.querySelector("script, b, a")).toBeNull();
    expect(container.textContent).toContain("<script>alert(1)</script>");
    expect(container.textContent).toContain("A <b onclick=x>tag</b>, out and in.");
    fireEvent.click(screen.getByRole("button", { name: "in" }));
    expect(open).toHaveBeenCalledOnce();
  });

  test.each(names)("%s has a title, and its tables are whole", async (name) => {
    const { container } = render(<Markdown text={await readDocument(name)} />);
    expect(container.firstElementChild?.tagName).toBe("H3");
    for (const table of container.querySelectorAll("table"))
      for (const row of table.rows) expect(row.cells.length).toBe(table.rows[0]?.cells.length);
    for (const code of container.querySelectorAll("code")) code.remove(); // what it says is no Markdown
    expect(container.textContent).not.toMatch(/\*\*|\]\(/);
  });
});

test.each(names)("the links of %s to other documents lead to them", async (name) => {
  const targets = [...(await readDocument(name)).matchAll(/\]\(([^):#]+\.md)[^)]*\)/g)].map(([, to = ""]) => to);
  expect(targets.filter((to) => linkedDocument(to) === null && !notShown.includes(to))).toEqual([]);
});

test("a link to a part of a document leads to the document, one within a document nowhere", () => {
  expect(linkedDocument("traces.md#queries")).toBe("traces.md");
  expect(linkedDocument("#fastcgi")).toBeNull();
});
