#!/usr/bin/env node
// What a kept trace costs in memory, per kind of request: `node test/bench/trace-memory.mjs [requests of each kind]`. One JSON object
// on stdout: what is measured in the heap, and what the trace log counts against its budget.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const requests = Number(process.argv[2] ?? 4000);
const source = fileURLToPath(new URL("../support/trace-memory.ts", import.meta.url));
const { module } = await runnerImport(source, { configFile: false, logLevel: "error", oxc: { target: "node20" } });
const results = [];
for (const kind of module.requestKinds) results.push(await module.measureTraces(kind, requests, 1000));
console.log(JSON.stringify({ node: process.versions.node, results }, null, 2));
process.exit(0);
