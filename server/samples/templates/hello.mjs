#!/usr/bin/env node
// Says hello: ?name=Ada
import process from "node:process";

const name = new URLSearchParams(process.env.QUERY_STRING).get("name") ?? "world";
const escaped = name.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

console.log("Content-Type: text/html; charset=utf-8");
console.log(""); // the blank line: the headers end here
console.log(`<!doctype html>\n<title>Hello</title>\n<h1>Hello, ${escaped}!</h1>`);
