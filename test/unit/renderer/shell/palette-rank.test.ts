import { expect, test } from "vitest";
import { paletteMarks, paletteRank } from "../../../../renderer/shell/palette-rank.js";

const titles = [
  "Copy path of file",
  "Compare with the saved file",
  "cgi-bin/login.py",
  "cgi-bin/guestbook.py",
  "Projector mode",
  "Clear traces",
  "cgi-bin/script_33_007.py",
  "cgi-bin/u\u0308ber.sh",
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
  ["script 33 07", ["cgi-bin/script_33_007.py"]],
  ["Über", ["cgi-bin/u\u0308ber.sh"]],
  ["zzz", []],
])("%s finds %j first", (typed, wanted) => {
  expect(found(typed)).toEqual(wanted);
});
test("nothing typed finds everything", () => {
  expect(found("")).toHaveLength(titles.length);
});

test.each([
  ["projector mode", "mode projector", "projectormode"],
  ["Compare with the saved file", "cwsf", "Cwsf"],
  ["Clear traces", "clt", "Clt"],
  ["cgi-bin/script_33_007.py", "33 07", "3307"],
  ["Clear traces", "", ""],
])("in %j, %j finds %j", (title, typed, letters) => {
  expect(
    paletteMarks(title, typed)
      .map((at) => title[at])
      .join(""),
  ).toBe(letters);
});
