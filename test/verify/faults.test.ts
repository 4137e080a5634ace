// Scripts and clients that misbehave, 200 of each kind at once (40 where evidence is shortened) among
// healthy requests: the healthy ones are all right, and afterwards nothing is left of the others: no
// process, no descriptor, no place in the queue.
import { describe, expect, test } from "vitest";
import { amount } from "../support/evidence.js";
import { type Client, request, startGateway, type TestGateway } from "../support/gateway.js";
import { canListProcesses, descendants, openDescriptors, processes } from "../support/processes.js";
import { settled, waitFor } from "../support/wait-for.js";

const hostile = amount(200, 40);
const healthy = amount(60, 20);
const silenceMs = 2500;
/** The fractions tell them from the processes of other tests that run at the same time. */
const forever = `sleep 1000.${process.pid}`;
const aWhile = `sleep 6.${process.pid}`;
const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const upload = (bytes: number): string =>
  request("POST", "/x.sh", ["Connection: close", `Content-Length: ${bytes}`], "u".repeat(bytes));
const plain = request("GET", "/x.sh", ["Connection: close"]);
const untilClosed = (client: Client): Promise<unknown> => client.rest(60_000);

interface Kind {
  readonly name: string;
  readonly script: string;
  readonly file?: string;
  readonly bytes?: string;
  /** What the client does; by default it reads to the end. */
  readonly client?: (client: Client) => Promise<unknown>;
  /** Outcomes that may come of it. */
  readonly outcomes: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    name: "closes its stdin early",
    script: `exec 0<&-; ${echo}sleep 0.3; echo done`,
    bytes: upload(1_000_000),
    outcomes: ["ok"],
  },
  { name: "never reads its stdin", script: `exec ${forever}`, bytes: upload(1_000_000), outcomes: ["timeout"] },
  {
    name: "writes before it reads",
    script: `${echo}head -c 300000 /dev/zero; cat`,
    bytes: upload(300_000),
    outcomes: ["ok"],
  },
  { name: "floods stdout", script: `${echo}exec head -c 2000000 /dev/zero`, outcomes: ["ok"] },
  {
    name: "floods a client that does not read",
    script: `${echo}exec cat /dev/zero`,
    client: async (client) => {
      client.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, silenceMs * 2));
      client.socket.destroy();
    },
    outcomes: ["timeout", "client-gone"],
  },
  { name: "floods stderr", script: `head -c 2000000 /dev/zero >&2; ${echo}echo done`, outcomes: ["ok"] },
  { name: "leaves a grandchild on the pipe", script: `${echo}${forever} & exit 0`, outcomes: ["ok"] },
  { name: "ignores TERM", script: `trap "" TERM; while :; do sleep 1; done`, outcomes: ["timeout"] },
  { name: "forks away", script: `${echo}setsid ${aWhile} & exit 0`, outcomes: ["ok"] },
  { name: "starts others and waits", script: `for i in 1 2 3 4; do ${forever} & done; wait`, outcomes: ["timeout"] },
  { name: "exits while the client uploads", script: `${echo}echo done`, bytes: upload(1_000_000), outcomes: ["ok"] },
  {
    name: "writes a byte at a time",
    script: `${echo}i=0; while [ $i -lt 300 ]; do printf x; i=$((i+1)); done`,
    outcomes: ["ok"],
  },
  { name: "dies by a signal", script: `${echo}kill -9 $$`, outcomes: ["crashed"] },
  { name: "writes no response", script: "head -c 100000 /dev/urandom", outcomes: ["invalid-output"] },
  { name: "redirects to itself", script: 'printf "Location: /x.sh\\n\\n"', outcomes: ["ok", "invalid-output"] },
  {
    name: "speaks HTTP and never stops",
    script: `printf "HTTP/1.1 200 OK\\r\\n\\r\\n"; exec ${forever}`,
    file: "nph-x.sh",
    outcomes: ["timeout"],
  },
  {
    name: "has a client that leaves",
    script: `${echo}echo begun; exec ${forever}`,
    client: async (client) => {
      await client.until("begun", 60_000);
      client.socket.destroy();
    },
    outcomes: ["client-gone"],
  },
  {
    name: "has a client that resets the connection in its upload",
    script: `count=$(wc -c); ${echo}echo "$count"`,
    bytes: upload(500_000).slice(0, -1000),
    client: async (client) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      client.socket.resetAndDestroy();
    },
    // When our own side is slow, what arrives of a reset can be a plain end in mid-body.
    outcomes: ["client-gone", "bad-request"],
  },
];

describe.skipIf(!canListProcesses)(`${hostile} at once that (needs /proc)`, () => {
  test.each(kinds)("$name", async (kind) => {
    await warm();
    const before = {
      descriptors: await settled(() => openDescriptors(process.pid).length),
      children: descendants(process.pid).length,
    };
    const slowest = await among(kind);
    await waitFor(
      "as many descriptors as before",
      () => openDescriptors(process.pid).length === before.descriptors,
      20_000,
    );
    await waitFor("as many children as before", () => descendants(process.pid).length === before.children, 20_000);
    await waitFor("what forked away has ended", () => !processes().some(({ command }) => command === aWhile), 20_000);
    expect(processes().filter(({ command }) => command === forever)).toEqual([]);
    console.log(`${kind.name}: the slowest healthy request took ${Math.round(slowest)} ms`);
  });
});

/** Once through everything that opens descriptors for good. */
async function warm(): Promise<void> {
  await using gateway = await startGateway();
  gateway.script("x.sh", echo);
  await gateway.get("/x.sh");
}

/** How long the slowest healthy request took, ms. */
async function among(kind: Kind): Promise<number> {
  const patience = kind.outcomes.includes("timeout") ? silenceMs : 60_000;
  await using gateway = await startGateway({
    config: { limits: { silenceMs: patience, concurrency: 1000 } },
    captureBytes: 1 << 16,
  });
  const file = kind.file ?? "x.sh";
  gateway.script(file, kind.script);
  gateway.script("ok.sh", `${echo}printf "<$QUERY_STRING>"`);
  gateway.script("count.sh", `${echo}printf "<%s>" "$(wc -c)"`);
  const bytes = (kind.bytes ?? plain).replace("/x.sh", `/${file}`);
  const others = Array.from({ length: hostile }, async () => {
    const client = await gateway.connect();
    client.socket.on("error", () => {}); // a reset is an end like any other
    client.send(bytes);
    await (kind.client ?? untilClosed)(client);
    client.socket.destroy();
  });
  const good = Array.from({ length: healthy }, (_, n) => healthyRequest(gateway, n));
  const took = await Promise.all(good);
  await Promise.all(others);
  const begun = Math.max(gateway.traces.lastSeq, hostile + healthyEach * healthy); // a reset may not be known yet
  const traces = (await gateway.ended(begun, 60_000)).filter(({ request: { target } }) => target === `/${file}`);
  expect(traces.length).toBeGreaterThanOrEqual(hostile); // each local redirect has one more
  expect(
    new Set(
      traces.map(({ outcome }) => outcome).filter((outcome) => outcome === null || !kind.outcomes.includes(outcome)),
    ),
  ).toEqual(new Set());
  await waitFor(
    "nothing runs and nothing waits",
    () => gateway.listener.running === 0 && gateway.listener.queued === 0,
    20_000,
  );
  expect(gateway.faults).toEqual([]);
  return Math.max(...took);
}

/** Sends so many requests on one connection. */
const healthyEach = 2;

async function healthyRequest(gateway: TestGateway, n: number): Promise<number> {
  const begun = performance.now();
  const client = await gateway.connect();
  const size = 50_000 + n;
  client.send(
    request("GET", `/ok.sh?${n}`) +
      request("POST", "/count.sh", ["Connection: close", `Content-Length: ${size}`], "h".repeat(size)),
  );
  const answers = (await client.rest(60_000)).match(/HTTP\/1\.1 200 OK|<\d+>/g);
  expect(answers).toEqual(["HTTP/1.1 200 OK", `<${n}>`, "HTTP/1.1 200 OK", `<${size}>`]);
  return performance.now() - begun;
}
