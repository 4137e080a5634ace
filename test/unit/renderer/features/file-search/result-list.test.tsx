// The tree of results as assistive technology gets it, of which only the rows in view are in the page.
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ResultList } from "../../../../../renderer/features/file-search/result-list.js";
import { resultRows } from "../../../../../renderer/features/file-search/rows.js";
import type { FoundFile } from "../../../../../server/contract/search-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const line = { column: 1, length: 1, text: "x", marks: [] };
const files = Array.from(
  { length: 100 },
  (_, index): FoundFile => ({
    ...{ path: `${index + 1}.pl`, encoding: "utf-8", matches: 0, bytes: [] },
    lines: [1, 2, 3].map((number) => ({ line: number, ...line })),
  }),
);

test("each row has its place among all of its siblings, and the current row stays in the page", () => {
  const nothing = (): void => undefined;
  const folded = new Set(["50.pl"]);
  const rows = resultRows(files, folded);
  render(<ResultList label="Matches" rows={rows} folded={folded} onFold={nothing} onOpen={nothing} taken={null} />);
  const tree = screen.getByRole("tree");
  const current = () => document.getElementById(tree.getAttribute("aria-activedescendant") ?? "");
  const placesFrom = (name: string): readonly string[] => {
    const items = screen.getAllByRole("treeitem");
    const at = items.findIndex(({ textContent }) => textContent?.startsWith(name));
    return items
      .slice(at, at + 6)
      .map((item) => `${item.getAttribute("aria-posinset")}/${item.getAttribute("aria-setsize")}`);
  };
  expect(current()?.textContent).toContain("1.pl");
  expect(placesFrom("1.pl")).toEqual(["1/100", "1/3", "2/3", "3/3", "2/100", "1/3"]);
  tree.scrollTop = 24 * 4 * 48; // to the file 49
  fireEvent.scroll(tree);
  expect(placesFrom("49.pl")).toEqual(["49/100", "1/3", "2/3", "3/3", "50/100", "51/100"]);
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(50);
  expect(current()?.textContent).toContain("1.pl");
});
