import { expect, test } from "vitest";
import { findTraces } from "../../../../renderer/shell/palette-traces.js";
import { rowOf } from "../rows.js";

const rows = [
  rowOf(1, { target: "/cgi-bin/cart.py?item=12" }),
  rowOf(2, { target: "/cgi-bin/cart.py?item=13", method: "POST", status: 500, outcome: "crashed" }),
  rowOf(3, { target: "/short", file: "cgi-bin/Login.py", status: 404 }),
  rowOf(4, { outcome: "timeout", status: null }),
  rowOf(5, { target: "/short", file: "cgi-bin/u\u0308ber.py" }),
  rowOf(6, { target: "/cgi-bin/u\u0308ber.py", file: null }),
  ...Array.from({ length: 20 }, (_, n) => rowOf(12 + n, { target: `/many/${n}` })),
];

test.each([
  ["cart", [2, 1]],
  ["CART post", [2]],
  ["cart 500", [2]],
  ["login", [3]],
  ["404", [3]],
  ["timed", [4]],
  ["Über", [6, 5]],
  ["u\u0308ber", [6, 5]],
  ["#1", [1]],
  ["#12", [12]],
  ["many", [31, 30, 29, 28, 27, 26]],
  ["item=13", [2]],
  ["c", []],
  ["", []],
  ["cart nothing", []],
])("%s finds %j", (typed, wanted) => {
  expect(findTraces(rows, typed).map(({ seq }) => seq)).toEqual(wanted);
});
