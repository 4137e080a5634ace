// 200 MB through the server into a script, in constant memory: nothing on the way may hold the body.
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { serve } from "../support/command-line.js";
import { canListProcesses, residentBytes } from "../support/processes.js";
import { parseResponse } from "../support/raw-exchange.js";
import { tempFolder } from "../support/temp-workspace.js";

const megabyte = 1 << 20;
const uploadBytes = 200 * megabyte;
const allowedGrowthBytes = 96 * megabyte;

/** Counts its input slowly enough that the sender is ahead of it. */
const countingScript = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nwc -c\n";

describe.skipIf(!canListProcesses)("a 200 MB upload (needs /proc)", () => {
  test.each(["length", "chunked"] as const)("by %s arrives whole and in constant memory", async (framing) => {
    using folder = tempFolder();
    folder.write("count.cgi", countingScript);
    folder.makeExecutable("count.cgi");
    await using one = await serve([folder.path, "--port", "0", "--no-ui"]);
    await upload(one.port, megabyte, framing); // warm: buffers of the first request stay
    const before = residentBytes(one.ready.pid);
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentBytes(one.ready.pid));
    }, 50);
    const answer = await upload(one.port, uploadBytes, framing);
    clearInterval(watch);
    expect(answer.status).toBe(200);
    expect(answer.body.toString().trim()).toBe(String(uploadBytes));
    console.log(
      `200 MB upload (${framing}): ${Math.round(before / megabyte)} MB before, ${Math.round(peak / megabyte)} MB at most`,
    );
    expect(peak - before).toBeLessThan(allowedGrowthBytes);
  });
});

async function upload(
  port: number,
  bytes: number,
  framing: "length" | "chunked",
): Promise<ReturnType<typeof parseResponse>> {
  const socket = connect({ port, host: "127.0.0.1" });
  const parts: Buffer[] = [];
  socket.on("data", (part) => parts.push(part));
  const closed = new Promise<void>((resolve, reject) => {
    socket.once("error", reject).once("close", () => resolve());
  });
  const length = framing === "length" ? `Content-Length: ${bytes}` : "Transfer-Encoding: chunked";
  socket.write(`POST /count.cgi HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${length}\r\n\r\n`);
  const piece = Buffer.alloc(256 * 1024, "x");
  const framed =
    framing === "length"
      ? piece
      : Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]);
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!socket.write(framed)) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]);
  }
  if (framing === "chunked") socket.write("0\r\n\r\n");
  await closed;
  return parseResponse(Buffer.concat(parts));
}
