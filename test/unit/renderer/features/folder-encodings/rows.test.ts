import { expect, test } from "vitest";
import { shownRows } from "../../../../../renderer/features/folder-encodings/rows.js";
import type { EncodedFileRow } from "../../../../../server/contract/encodings-contract.js";

const row = (path: string): EncodedFileRow => ({
  path,
  detected: "utf-8",
  bom: false,
  declared: null,
  first: null,
  verdict: "agrees",
  convertible: false,
});

test.each(["über", "ÜBER", "u\u0308ber", " über "])("%j finds a name in either spelling", (typed) => {
  const files = ["cgi-bin/u\u0308ber.pl", "cgi-bin/Über.py", "cgi-bin/uber.sh"].map(row);
  expect(shownRows(files, "all", typed)).toEqual(files.slice(0, 2));
});
