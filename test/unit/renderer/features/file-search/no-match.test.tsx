// Where nothing was found: an expression that asks for a line end is told that it can match none.
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useSearch } from "../../../../../renderer/features/file-search/search-store.js";
import { SearchView } from "../../../../../renderer/features/file-search/search-view.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
beforeEach(() => useSearch.setState(useSearch.getInitialState()));

test.each([
  ["a\\nb", true, true],
  ["a\\r?\\s+b", true, true],
  ["a\\\\nb", true, false],
  ["a.b", true, false],
  ["a\\nb", false, false],
])("%s (a regular expression: %s): %s", (text, isRegex, isTold) => {
  useSearch.setState({
    query: { kind: "text", text, matchesCase: true, wholeWord: false, isRegex },
    progress: {
      ...{ searched: 1, files: 1, binary: 0, skipped: 0, matches: 0, cutLines: 0, ms: 1, end: "all" },
      ...{ maxMatches: 1, maxBytes: 1, maxFileBytes: 1, maxMs: 1 },
    },
  });
  render(<SearchView />);
  expect(screen.getByText("No match").closest("div")?.childElementCount).toBe(isTold ? 2 : 1);
});
