// A chunked body that goes through a file: the script gets all of it, also when the
// last bytes come with the end of the body.
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { ExchangeAbort } from "../../../server/http/base/exchange-abort.js";
import { HeldBytes } from "../../../server/http/front/held-bytes.js";
import { heldLimits, spoolAboveBytes } from "../../../server/http/front/http-limits.js";
import { IncomingBody } from "../../../server/http/front/incoming-body.js";
import { collectBody, type RequestBody } from "../../../server/http/script/request-body.js";
import { waitFor } from "../../support/wait-for.js";

/** What one read of a connection may take. */
const readBytes = 64 << 10;

async function collected(size: number, held: HeldBytes, exchangeAbort = new ExchangeAbort()): Promise<RequestBody> {
  const bytes = Buffer.concat([
    Buffer.from(`${size.toString(16)}\r\n`),
    Buffer.alloc(size, "x"),
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
  let at = 0;
  const incoming = new IncomingBody({ kind: "chunked" }, () => setImmediate(readOn), held);
  const readOn = (): void => {
    if (!incoming.isFlowing || incoming.isComplete) return;
    at += incoming.take(bytes.subarray(at, at + readBytes), 0);
    setImmediate(readOn);
  };
  const body = await collectBody(incoming, null, { bytes: () => {}, resume: () => {} }, exchangeAbort);
  if (typeof body === "string") throw new Error(body);
  return body;
}

/** The bytes that a script gets when it takes a piece each millisecond. */
async function bytesRead(body: RequestBody): Promise<number> {
  let got = 0;
  await new Promise<void>((end) => {
    body.flowTo({
      write: (piece) => {
        got += piece.length;
        void delay(1).then(() => body.resume());
        return false;
      },
      end,
    });
  });
  return got;
}

/** CONTENT_LENGTH of the script, and the bytes that it reads. */
async function passed(size: number, held: HeldBytes): Promise<readonly [told: number | null, got: number]> {
  const body = await collected(size, held);
  const got = await bytesRead(body);
  body.dispose();
  return [body.length, got];
}

test.each([1, 100, 30_000, 60_000])("%i bytes more than memory takes arrive", async (more) => {
  const size = spoolAboveBytes + more;
  expect(await passed(size, new HeldBytes(heldLimits))).toEqual([size, size]);
});

test("many at once, of which few files are written at a time, all arrive", async () => {
  const held = new HeldBytes(heldLimits);
  const size = spoolAboveBytes + 50_000;
  const all = await Promise.all(Array.from({ length: 40 }, () => passed(size, held)));
  expect(all.filter(([told, got]) => told !== size || got !== size)).toEqual([]);
  expect(held.bytes).toBe(0);
});

test.each(["unread", "read"])(
  "%s, a file whose close fails ends nothing, and its place is free again",
  async (state) => {
    const { open } = promises;
    let closed = 0;
    const opening = vi.spyOn(promises, "open").mockImplementation(async (...args) => {
      const file = await open(...args);
      const { close } = file;
      file.close = async () => {
        closed++;
        file.close = close; // its stream closes it, too
        await file.close();
        throw Object.assign(new Error("quota exceeded"), { code: "EDQUOT" });
      };
      return file;
    });
    syncBuiltinESMExports(); // the named imports, too
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", onUnhandled);
    try {
      const held = new HeldBytes({ ...heldLimits, maxFiles: 1 });
      const exchangeAbort = new ExchangeAbort();
      const body = await collected(spoolAboveBytes + 1, held, exchangeAbort);
      if (state === "read") await bytesRead(body);
      body.dispose();
      await waitFor("the place is free", () => held.openFile(), 2000);
      expect([closed, unhandled, exchangeAbort.reason]).toEqual([1, [], null]);
    } finally {
      process.off("unhandledRejection", onUnhandled);
      opening.mockRestore();
      syncBuiltinESMExports();
    }
  },
);
