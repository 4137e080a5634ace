// A lesson may draw a long text for each of its checks: in linear time, or a save waits for it.
import { expect, test } from "vitest";
import { drawValues } from "../../server/lessons/check/values.js";
import { growth, linearAtMost, ratio } from "../support/growth.js";

test("a text is drawn", () => {
  const bytes = 10_000;
  expect(ratio(bytes, growth * bytes, (text) => drawValues({ long: { text } }, "seed"))).toBeLessThan(linearAtMost);
});
