import { expect, test } from "vitest";
import { paletteRank } from "../../../../renderer/shell/palette-rank.js";

const titles = [
  "Copy path of file",
  "Compare with the saved file",
  "cgi-bin/login.py",
  "cgi-bin/guestbook.py",
  "Projector mode",
  "Clear traces",
];
const found = (typed: string) =>
  titles
    .map((title) => ({ title, rank: paletteRank(title, typed) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ title }) => title);

test.each([
  ["copy", ["Copy path of file"]],
  ["guest", ["cgi-bin/guestbook.py"]],
  ["cwsf", ["Compare with the saved file"]],
  ["mode projector", ["Projector mode"]],
  ["clt", ["Clear traces"]],
  ["saved compare", ["Compare with the saved file"]],
  ["zzz", []],
])("%s finds %j first", (typed, wanted) => {
  expect(found(typed)).toEqual(wanted);
});
test("nothing typed finds everything", () => {
  expect(found("")).toHaveLength(titles.length);
});
