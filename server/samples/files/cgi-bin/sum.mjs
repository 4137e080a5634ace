#!/usr/bin/env node
// Adds two numbers: /cgi-bin/sum.mjs?a=1&b=2
//
// Not a server: Node starts, answers this one request on stdout, and ends.
// URLSearchParams takes the query string apart.
import process from "node:process";

const fields = new URLSearchParams(process.env.QUERY_STRING);
const numbers = ["a", "b"].map((name) => fields.get(name) ?? "");

// Number("") is 0 and Number("0x10") is 16: look before converting.
if (numbers.every((text) => /^[+-]?\d{1,15}$/.test(text))) {
  const [a, b] = numbers.map(Number);
  console.log("Content-Type: text/plain; charset=utf-8");
  console.log(""); // the blank line: the headers end here
  console.log(a + b);
} else {
  console.log("Status: 400 Bad Request");
  console.log("Content-Type: text/plain; charset=utf-8");
  console.log("");
  console.log("Give two whole numbers: ?a=1&b=2");
}
