// How many passwords may wait to be checked, how long they may be, and that nobody waits for clients that have left.
import apacheMd5 from "apache-md5";
import { hash } from "bcryptjs";
import { afterAll, expect, test } from "vitest";
import { type Access, AccessControl, checkLimits } from "../../../server/http/access/access-control.js";
import { ConcurrencyLimiter, Permit } from "../../../server/http/base/concurrency-limiter.js";
import { ExchangeAbort } from "../../../server/http/base/exchange-abort.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { RequestHead } from "../../../server/protocol/request.js";
import { coded } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const folder = tempFolder();
afterAll(() => folder[Symbol.dispose]());

const right = "p".repeat(1024);
const slowCost = 12;
folder.write(
  ".htpasswd",
  `${[
    `ann:$2y$04$iQ2Lr2aX0grsSBnLHXkTs.cC/AEhIQa6sMKAreDusQbjkWWJ9S8oK`,
    `slow:${await hash("slow", slowCost)}`,
    `weak:$2y$03$${"x".repeat(53)}`,
    `long:${apacheMd5(right)}`,
    `longer:${apacheMd5(`${right}p`)}`,
  ].join("\n")}\n`,
);
const guard = { path: "/private/", realm: "Staff", file: folder.file(".htpasswd"), fileName: ".htpasswd" };

const withPassword = (user: string, password: string): RequestHead => ({
  method: byteString("GET"),
  target: byteString("/private/"),
  httpVersion: "1.1",
  headers: [
    [byteString("Authorization"), byteString(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`)],
  ],
});
const statusOf = (access: Access): number => (access.ok ? 200 : access.status);

test("a password longer than 1 KiB is wrong without being checked", async () => {
  const control = new AccessControl();
  expect(statusOf(await control.check(guard, withPassword("long", right)))).toBe(200);
  expect(statusOf(await control.check(guard, withPassword("longer", `${right}p`)))).toBe(401);
});

test("a cost that bcrypt does not have is told to the user who signs in", async () => {
  expect(await new AccessControl().check(guard, withPassword("weak", "any"))).toMatchObject({
    status: 500,
    why: coded("password-hash-unusable"),
  });
});

/** Access control whose one check at a time is taken until `release` is called. */
async function busyControl() {
  const checks = new ConcurrencyLimiter(() => checkLimits);
  const permit = await checks.acquire(new ExchangeAbort());
  if (!(permit instanceof Permit)) throw new Error("nobody else takes a permit");
  return { control: new AccessControl(checks), checks, release: () => permit.release() };
}

test("one check runs and 64 wait; further ones are answered 503", async () => {
  const { control, checks, release } = await busyControl();
  const busy: Access[] = [];
  const all = Array.from({ length: 100 }, async (_, nth) => {
    const access = await control.check(guard, withPassword("ann", `wrong ${nth}`));
    if (statusOf(access) === 503) busy.push(access);
    return access;
  });
  await waitFor("36 answers", () => busy.length === 36);
  expect(checks.queued).toBe(64);
  expect(busy[0]).toMatchObject({
    outcome: "upstream-error",
    why: coded("sign-ins-full", { limit: 64 }),
    headers: [["Retry-After", "1"]],
  });
  release();
  const wrong = (await Promise.all(all)).filter((access) => statusOf(access) === 401);
  expect(wrong).toHaveLength(64);
  expect(statusOf(await control.check(guard, withPassword("ann", "grüße 7")))).toBe(200);
});

test("checks of the same right password that wait are over with the first", async () => {
  const control = new AccessControl();
  const processorTime = () => process.cpuUsage().user;
  const once = processorTime();
  await new AccessControl().check(guard, withPassword("slow", "slow"));
  const again = processorTime();
  const all = await Promise.all(Array.from({ length: 20 }, () => control.check(guard, withPassword("slow", "slow"))));
  expect(all.map(statusOf)).toEqual(Array(20).fill(200));
  expect(processorTime() - again).toBeLessThan(8 * (again - once));
});

test("the check of an aborted exchange releases its place at once", async () => {
  const { control, checks, release } = await busyControl();
  const aborts = Array.from({ length: 64 }, () => new ExchangeAbort());
  const left = aborts.map((abort, nth) => control.check(guard, withPassword("slow", `wrong ${nth}`), abort));
  await waitFor("all of them wait", () => checks.queued === 64);
  const cause = exchangeMessage("client-gone");
  for (const abort of aborts) abort.abort({ outcome: "client-gone", status: 499, cause });
  expect((await Promise.all(left)).every((access) => !access.ok && access.why === cause)).toBe(true);
  const next = control.check(guard, withPassword("slow", "slow"));
  release();
  expect(statusOf(await next)).toBe(200);
});
