// "Clear traces" and a deletion for good forget what requests and responses carried: no string in the heap holds it any
// more. The secret is made of bytes alone here, so that only the product can turn it into a string.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { statSync } from "node:fs";
import { connect } from "node:net";
import { getHeapSnapshot } from "node:v8";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { settledMs } from "../../../server/routing/file-facts.js";
import { sampled } from "../../support/evidence.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { collectGarbage } from "../../support/trace-memory.js";
import { waitFor } from "../../support/wait-for.js";

/** So long that the memory of a part of it is that of the whole head. */
const targets = ["/say-hello.sh/the-path-info", "/say-hello.sh/another-path-info?again", "/nothing-is-there"];
const requests = targets.length;

/** The script sends the cookie back. */
const script = `#!/bin/sh
printf 'Content-Type: text/plain\\nSet-Cookie: %s\\n\\nhello\\n' "$HTTP_COOKIE"
`;

const forget = {
  "Clear traces": ({ traces }: Workbench) => traces.clear(),
  "a deletion for good": async ({ traces }: Workbench) => {
    const { rows } = await traces.rows.next(0, 10, AbortSignal.timeout(5000));
    const ids = rows.map(({ id }) => id);
    expect(traces.remove(ids, 1)).toBe(requests);
    traces.purge(1);
  },
};

const cases = Object.entries(forget).flatMap(([what, forgetAll]) =>
  (["never", "always"] as const).map((store) => ({ what, forgetAll, store })),
);

test.each(sampled(cases, "clear-traces", 2))(
  "after $what no string of the heap holds a credential (stored: $store)",
  async ({ forgetAll, store }) => {
    using folder = tempFolder();
    folder.write("say-hello.sh", script);
    folder.makeExecutable("say-hello.sh");
    const { ctimeMs } = statSync(`${folder.path}/say-hello.sh`);
    await waitFor("what is read of the script is kept", () => Date.now() - ctimeMs > settledMs);
    const secret = Buffer.from(randomBytes(24).map((byte) => 97 + (byte % 26)));
    const workbench = await Workbench.create({ store });
    try {
      await workbench.folder.open(folder.path, { port: 0 });
      const { port } = workbench.server.address() ?? { port: 0 };
      for (const target of targets) await send(port, target, secret);
      await waitFor(
        "every trace was examined",
        () => workbench.traces.count === requests && workbench.doctor.waiting === 0,
      );
      const memory = new WeakRef(await outputMemory(workbench));
      expect(await isInHeap(secret)).toBe(true);
      await forgetAll(workbench);
      expect(await isInHeap(secret)).toBe(false);
      expect(memory.deref()).toBeUndefined(); // the bytes of the scripts' output
    } finally {
      await workbench.dispose();
    }
  },
  60_000,
);

/**
 * The memory that holds a script's output. In a function of its own: a row's target is a part
 * of the request's head, and would keep it.
 */
async function outputMemory(workbench: Workbench): Promise<ArrayBufferLike | object> {
  const { rows } = await workbench.traces.rows.next(0, 10, AbortSignal.timeout(5000));
  return workbench.traces.get(rows.at(0)?.id ?? "")?.stdout?.firstBytes?.buffer ?? {};
}

async function send(port: number, target: string, secret: Uint8Array): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  await once(socket, "connect");
  socket.write(
    Buffer.concat([
      Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\nAuthorization: Bearer `),
      secret,
      Buffer.from("\r\nCookie: session="),
      secret,
      Buffer.from("\r\n\r\n"),
    ]),
  );
  socket.resume();
  await once(socket, "close");
}

/** Whether a string in this process's heap contains the bytes. */
async function isInHeap(bytes: Buffer): Promise<boolean> {
  /x/.exec("x"); // V8 keeps the text of the last match
  await collectGarbage();
  let before = Buffer.alloc(0);
  let isFound = false;
  for await (const piece of getHeapSnapshot()) {
    const text = Buffer.concat([before, Buffer.from(piece)]);
    isFound ||= text.includes(bytes);
    before = text.subarray(-bytes.length);
  }
  return isFound;
}
