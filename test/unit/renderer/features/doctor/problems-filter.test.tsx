import { expect, test } from "vitest";
import { matching } from "../../../../../renderer/features/doctor/problems-dialog.js";

test.each(["über", " ÜBER", "u\u0308ber"])("%j finds a path in either spelling", (typed) => {
  const scripts = ["cgi-bin/u\u0308ber.sh", "cgi-bin/Über.py", "cgi-bin/uber.pl"].map((path) => ({
    path,
    markers: [],
    unchecked: "not checked",
  }));
  expect(matching(scripts, typed)).toEqual(scripts.slice(0, 2));
});
