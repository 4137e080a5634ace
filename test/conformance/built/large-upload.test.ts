// 200 MB through the server into a script, in constant memory: nothing on the way may hold the body.
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { serve } from "../../support/command-line.js";
import { canListProcesses, residentBytes } from "../../support/processes.js";
import { parseResponse } from "../../support/raw-exchange.js";
import { tempFolder } from "../../support/temp-workspace.js";

const megabyte = 1 << 20;
const uploadBytes = 200 * megabyte;
const allowedGrowthBytes = 96 * megabyte;
/** What server and system may take of a body that the script does not read yet. */
const allowedAheadBytes = 32 * megabyte;
/** A sender of which nothing was taken for so long is held up. */
const heldUpMs = 1000;

/** Reads nothing before there is a file "begin", so that the sender is ahead of it; then counts its input. */
const countingScript = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
while [ ! -e begin ]; do sleep 0.1; done
wc -c
`;

describe.skipIf(!canListProcesses)("a 200 MB upload (needs /proc)", () => {
  test.each(["length", "chunked"] as const)("by %s arrives whole and in constant memory", async (framing) => {
    using folder = tempFolder();
    folder.write("count.cgi", countingScript);
    folder.makeExecutable("count.cgi");
    await using one = await serve([folder.path, "--port", "0", "--no-ui"]);
    folder.write("begin", "");
    await upload(one.port, megabyte, framing); // warm: buffers of the first request stay
    folder.remove("begin");
    const before = residentBytes(one.ready.pid);
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, residentBytes(one.ready.pid));
    }, 50);
    let aheadBytes = uploadBytes;
    const answer = await upload(one.port, uploadBytes, framing, (sent) => {
      aheadBytes = sent;
      folder.write("begin", "");
    });
    clearInterval(watch);
    // One in chunks lies on the disk, whole, before its script starts: CONTENT_LENGTH says how long it is.
    expect(aheadBytes).toBeLessThanOrEqual(framing === "length" ? allowedAheadBytes : uploadBytes);
    expect(answer.status).toBe(200);
    expect(answer.body.toString().trim()).toBe(String(uploadBytes));
    console.log(
      `200 MB upload (${framing}): ${Math.round(before / megabyte)} MB before, ${Math.round(peak / megabyte)} MB at most`,
    );
    expect(peak - before).toBeLessThan(allowedGrowthBytes);
  });
});

/** `onHeldUp` is told once how much was sent: when nothing more is taken, or at the end. */
async function upload(
  port: number,
  bytes: number,
  framing: "length" | "chunked",
  onHeldUp: ((sent: number) => void) | null = null,
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
  let tell = onHeldUp;
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (socket.write(framed)) continue;
    const drained = Promise.race([new Promise((resolve) => socket.once("drain", resolve)), closed]).then(() => true);
    if (tell && !(await Promise.race([drained, setTimeout(heldUpMs, false)]))) {
      tell(sent);
      tell = null;
    }
    await drained;
  }
  tell?.(bytes);
  if (framing === "chunked") socket.write("0\r\n\r\n");
  await closed;
  return parseResponse(Buffer.concat(parts));
}
