#!/usr/bin/env node
// Server-sent events in Node: ten ticks, half a second apart. Listen with
// `curl -N`, or with EventSource in a page.
//
// console.log writes to a pipe at once: nothing has to be flushed here, as it
// has to in Python, Perl or PHP.
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";

const events = 10;
const betweenMs = 500;

// A client that went away closes the pipe: the next write fails, and there is
// nobody left to tell.
process.stdout.on("error", () => process.exit());

console.log("Content-Type: text/event-stream; charset=utf-8");
console.log("Cache-Control: no-store");
console.log("");

// After a broken connection a browser says which event it saw last.
const last = process.env.HTTP_LAST_EVENT_ID ?? "";
for (let number = /^\d{1,6}$/.test(last) ? Number(last) + 1 : 1; number <= events; number++) {
  console.log(`id: ${number}\nevent: tick\ndata: ${number} of ${events}\n`);
  await wait(betweenMs);
}
console.log("event: end\ndata: that was all\n");
