// Short values on the screen: what a font shows as nothing, or in another order, is a badge.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { ByteValue } from "../../../../../renderer/features/bytes/index.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

test.each([
  ["a no-break space", "a\u00a0b", ["NBSP"]],
  ["a right-to-left override", "a\u202egnp.txt", ["RLO"]],
  ["characters of no width", "\ufeffa\u200b", ["BOM", "ZWSP"]],
  ["control characters", "a.txt\0.png\r\n", ["NUL", "CR", "LF"]],
  ["letters", "Grüße 日本 😀", []],
])("%s", (_what, value, badges) => {
  const { container } = render(<ByteValue value={value} />);
  const shown = [...container.querySelectorAll<HTMLElement>("[data-control]")].map(({ dataset }) => dataset["control"]);
  expect(shown).toEqual(badges);
});
