// What traces cost in memory: real requests through the whole core, and what is in the heap after a collection before and after them.
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Workbench } from "../../server/app/workbench.js";
import { tempFolder } from "./temp-workspace.js";

export interface TraceMemory {
  readonly kind: RequestKind;
  readonly requests: number;
  /** Of heap and external memory, per trace. */
  readonly measuredBytes: number;
  /** What the trace log counts against its budget, per trace. */
  readonly countedBytes: number;
}

/** A static file, a short script's answer, and the same from a script that writes its own HTTP, whose trace is never compacted. */
export const requestKinds = ["static", "script", "nph"] as const;
export type RequestKind = (typeof requestKinds)[number];

const connections = 4;
const targets: Record<RequestKind, string> = {
  static: "/page.txt",
  script: "/hello.sh",
  nph: "/nph-hello.sh",
};

/** Sends `requests` requests of one kind over kept connections, and as many to warm up as `warmUp` says. */
export async function measureTraces(kind: RequestKind, requests: number, warmUp: number): Promise<TraceMemory> {
  using folder = tempFolder();
  folder.write("page.txt", "hello\n");
  folder.write("hello.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  folder.write("nph-hello.sh", "#!/bin/sh\nprintf 'HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\n\\r\\nhello\\n'\n");
  for (const script of ["hello.sh", "nph-hello.sh"]) folder.makeExecutable(script);
  const workbench = await Workbench.create();
  try {
    await workbench.openFolder(folder.path, 0);
    const { port } = workbench.address() ?? { port: 0 };
    const bytes = async (count: number): Promise<{ held: number; counted: number }> => {
      const wanted = workbench.traces.count + count;
      await Promise.all(Array.from({ length: connections }, () => send(port, targets[kind], count / connections)));
      while (workbench.traces.count < wanted || workbench.doctor.waiting > 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return { held: await heldBytes(), counted: workbench.traces.bytes };
    };
    const before = await bytes(warmUp);
    const after = await bytes(requests);
    return {
      kind,
      requests,
      measuredBytes: Math.round((after.held - before.held) / requests),
      countedBytes: Math.round((after.counted - before.counted) / requests),
    };
  } finally {
    await workbench.dispose();
  }
}

/** Collects what nothing refers to. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("This process has no garbage collector to call.");
  collect();
}

async function heldBytes(): Promise<number> {
  for (let n = 0; n < 3; n++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 50)); // finalizers run in turns of their own
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const request = (target: string): string =>
  `${[
    `GET ${target} HTTP/1.1`,
    "Host: 127.0.0.1",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language: en-US,en;q=0.5",
    "Connection: keep-alive",
  ].join("\r\n")}\r\n\r\n`;

/** Requests the target `count` times, one after the other; on one connection as long as the server keeps it. */
async function send(port: number, target: string, count: number): Promise<void> {
  for (let left = count; left > 0; ) left = await sendOnOne(port, request(target), left);
}

/** Resolves with the number of requests that are left when the connection is closed. */
function sendOnOne(port: number, bytes: string, count: number): Promise<number> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let left = count;
  let answer = "";
  return new Promise((resolve, reject) => {
    socket.setEncoding("latin1");
    socket.on("error", reject).on("close", () => resolve(left));
    socket.on("connect", () => socket.write(bytes));
    socket.on("data", (text) => {
      answer += String(text);
      if (!answer.startsWith("HTTP/1.1 200 ".slice(0, answer.length))) socket.destroy(new Error(answer));
      if (!/\r\n\r\n(?:hello\n|6\r\nhello\n\r\n0\r\n\r\n)$/.test(answer)) return;
      answer = "";
      if (--left > 0) socket.write(bytes);
      else socket.end();
    });
  });
}
