#!/usr/bin/env node
// What a kept trace takes in memory, by kind of request: `node test/bench/trace-memory.mjs [traces of each kind]`. One
// JSON object on stdout: bytes measured in the heap, and bytes that the trace log counts against its budget.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const traces = Number(process.argv[2] ?? 10_000);
const source = fileURLToPath(new URL("../support/trace-memory.ts", import.meta.url));
const options = { configFile: false, logLevel: "error", oxc: { target: "node20" } }; // Node 20 has no `using`
const { module } = await runnerImport(source, options);
const results = [];
for (const kind of module.traceKinds) results.push(await module.measureTraces(kind, traces));
console.log(JSON.stringify({ node: process.versions.node, results }, null, 2));
