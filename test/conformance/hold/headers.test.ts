// A request is held when its script's headers are there, and the client has nothing yet.
import { expect, test } from "vitest";
import { toBytesText } from "../../../server/base/decode-text.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { hello, plain, served } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, startGateway } from "../../support/gateway.js";
import { byHand, goOn, holding, onlyHeld } from "../../support/holding.js";

const b = byteString;
const script = "printf 'Status: 201 Made\\nContent-Type: text/plain\\nX-A: 1\\nX-A: 2\\nX-B: 3\\n\\nbody'";

test("edits of the status and the headers", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", script);
  holding(gateway, { moment: "headers" });
  const client = await gateway.connect();
  client.send(plain("GET", "/x.sh"));
  const one = await onlyHeld(gateway, "headers");
  expect(client.received).toBe("");
  expect(one.plan).toEqual({
    moment: "headers",
    status: 201,
    headers: [
      ["Content-Type", "text/plain"],
      ["X-A", "1"],
      ["X-A", "2"],
      ["X-B", "3"],
    ],
  });
  const headers = [
    ["Content-Type", "text/\xe4"],
    ["X-A", "1"],
    ["X-A", "9"],
    ["X-New", "4"],
  ] as const;
  one.decide(goOn({ status: 404, headers: headers.map(([name, value]) => [b(name), b(value)]) }));
  const response = await client.rest();
  expect(headOf(response)).toMatch(
    /^HTTP\/1.1 404 Not Found\r\nContent-Type: text\/\xe4\r\nX-A: 1\r\nX-A: 9\r\nX-New: 4\r\n/,
  );
  expect(bodyOf(response)).toBe("body");
  const trace = await gateway.trace();
  expect(trace).toMatchObject({ outcome: "ok", script: { status: 201 }, response: { status: 404 } });
  expect(trace.held).toMatchObject([
    {
      moment: "headers",
      ended: "continued",
      edits: [
        { of: "status", name: null, was: "201", is: "404" },
        { of: "header", name: "Content-Type", was: "text/plain", is: toBytesText(b("text/\xe4")) },
        { of: "header", name: "X-A", was: "2", is: "9" },
        { of: "header", name: "X-New", was: null, is: "4" },
        { of: "header", name: "X-B", was: "3", is: null },
      ],
    },
  ]);
});

test("without edits, again after the start, and a response by hand in place of the script's", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", script);
  const plainly = await gateway.get("/x.sh");
  const { leave } = holding(gateway);
  const asked = gateway.get("/x.sh");
  (await onlyHeld(gateway)).decide(goOn({}, true));
  (await onlyHeld(gateway, "headers")).decide(goOn());
  const date = /Date: .*\r\n/;
  expect((await asked).replace(date, "")).toBe(plainly.replace(date, ""));
  leave();

  holding(gateway, { moment: "headers" });
  const again = gateway.get("/x.sh");
  const response = { status: 200, headers: [], body: Buffer.from("mine") };
  (await onlyHeld(gateway, "headers")).decide(byHand(response));
  expect(bodyOf(await again)).toBe("mine");
  const [, twice, written] = await gateway.ended(3);
  expect(twice?.held).toMatchObject([{ moment: "start" }, { moment: "headers" }]);
  expect(written).toMatchObject({ process: { exitCode: 0 }, cause: { code: "answered-by-hand" } });
});

test("a short body lets the script end, and others run", async () => {
  await using gateway = await startGateway({ config: { limits: { concurrency: 1 } } });
  gateway.script("x.sh", `${script}; head -c 500000 /dev/zero; echo end >&2`);
  gateway.script("other.sh", script);
  holding(gateway, { moment: "headers", matches: ({ request }) => request.target === "/x.sh" });
  const asked = gateway.get("/x.sh");
  const one = await onlyHeld(gateway, "headers");
  expect(bodyOf(await gateway.get("/other.sh"))).toContain("body");
  expect(one.trace.process).toMatchObject({ exitCode: 0 });
  expect(gateway.listener.running).toBe(0);
  one.decide(goOn());
  expect(bodyOf(await asked).length).toBeGreaterThan(500_000);
});

test("a FastCGI application is free for others meanwhile", async () => {
  await using t = await served((r) => void r.answer(hello + "x".repeat(500_000)), { over: "unix", connections: 1 });
  holding(t.gateway, { moment: "headers", matches: ({ request }) => request.target === "/app/held" });
  const asked = t.gateway.get("/app/held");
  const one = await onlyHeld(t.gateway, "headers");
  expect(await t.gateway.get("/app/other")).toContain("hello");
  one.decide(goOn());
  expect(await asked).toContain("hello");
});

test("what the script writes meanwhile waits in its pipe", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 300 } } });
  gateway.script("x.sh", "printf 'Content-Type: text/plain\\n\\n'; head -c 5000000 /dev/zero");
  holding(gateway, { moment: "headers" });
  gateway.script("silent.sh", "exec sleep 60");
  const asked = gateway.ask(plain("GET", "/x.sh"));
  const one = await onlyHeld(gateway, "headers");
  expect(await gateway.get("/silent.sh")).toContain("504"); // the limit has passed for one that came later
  expect(one.trace.stdout?.bytes).toBeLessThan(2_000_000);
  one.decide(goOn());
  expect(bodyOf(await asked).length).toBe(5_000_000);
  expect((await gateway.ended(2)).map(({ outcome }) => outcome)).toEqual(["ok", "timeout"]);
});
