// Files to import that take long, or much memory: each is refused by one sentence, and the server goes on meanwhile.
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import type { RpcClient } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { likeABrowsers, secretOf, windowSocket } from "../../support/window-socket.js";

/** The parser compares each key with all before it. */
function slowYaml(): string {
  const keys = Array.from({ length: 140_000 }, (_, nth) => `k${nth}: ${nth}\n`);
  return `type: collection.insomnia.rest/5.0\n${keys.join("")}`;
}
/** An object for three characters. */
const vastJson = (): string => `{"info":{"_postman_id":"x"},"item":[${"{},".repeat(6_000_000)}{}]}`;

const files = [
  ["slow.yaml", slowYaml, "import-too-slow", "reading takes more than 20 s. Export a part of it by itself."],
  ["vast.json", vastJson, "import-too-complex", "more than 4000000 values take too much memory. Export a part of it"],
  ["vast.har", () => vastJson().replace("_postman_id", "x"), "import-too-complex", "more than 4000000 values take"],
] as const;

test.each(files)("import ends %s with one sentence (C4)", { timeout: 240_000 }, async (name, text, _, sentence) => {
  using folder = tempFolder();
  folder.write(name, text());
  const { exitCode, stdout, stderr } = await commandLine(["import", folder.path, folder.file(name)]);
  expect([exitCode, stdout.length]).toEqual([1, 0]);
  expect(stderr).toContain(`${name} cannot be imported: ${sentence}`);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("the window's import keeps nobody waiting, and ends with its caller (C4)", { timeout: 240_000 }, async () => {
  using folder = tempFolder();
  using data = tempFolder();
  folder.write("page.txt", "here");
  await using server = await serve([folder.path, "--port", "0"], {
    env: { ...process.env, XDG_DATA_HOME: data.path },
  });
  const link = server.ready.ui ?? "";
  const socket = await windowSocket(new URL(link).host, secretOf(link));
  const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
  const imported = ([name, text]: (typeof files)[number], signal?: AbortSignal) =>
    client.exchange.import({ files: [{ name, text: text() }] }, { ...(signal && { signal }) });
  /** What the call ends with, and the longest wait of another client until then, ms. */
  async function whileAsked(call: Promise<unknown>): Promise<[unknown, number]> {
    let end: { readonly error: unknown } | null = null;
    const ended = call.then(
      () => undefined,
      (error: unknown) => error,
    );
    void ended.then((error) => {
      end = { error };
    });
    let longest = 0;
    while (end === null) {
      const from = performance.now();
      const page = await fetch(`http://127.0.0.1:${server.port}/page.txt`);
      expect(await page.text()).toBe("here");
      longest = Math.max(longest, performance.now() - from);
    }
    return [await ended, longest];
  }
  try {
    const [slow, vast] = files;
    const [error, longest] = await whileAsked(imported(slow));
    expect(error).toMatchObject({ data: { code: slow[2], data: { path: slow[0], maxSeconds: 20 } } });
    expect(longest).toBeLessThan(5000);
    await expect(imported(vast)).rejects.toMatchObject({ data: { code: vast[2] } });
    // One that is given up makes room for the next at once.
    const giveUp = new AbortController();
    const left = imported(slow, giveUp.signal);
    giveUp.abort();
    await expect(left).rejects.toThrow();
    const from = performance.now();
    await expect(imported(vast)).rejects.toMatchObject({ data: { code: vast[2] } });
    expect(performance.now() - from).toBeLessThan(15_000);
  } finally {
    socket.terminate();
  }
});
