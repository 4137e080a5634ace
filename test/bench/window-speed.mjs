#!/usr/bin/env node
// `node test/bench/window-speed.mjs --beside FOLDER [--rounds N]`: how fast the window is beside another checkout that
// was built, in Chromium, in rounds that alternate: until the page paints, from a response's last byte to its row in
// the list, and until a page that is opened lists 10,000 of 20,000 traces. Milliseconds; JSON on stdout.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ended } from "../peers/processes.mjs";

const { values } = parseArgs({ options: { beside: { type: "string" }, rounds: { type: "string", default: "5" } } });
if (values.beside === undefined) throw new Error("--beside names the other checkout");
const trees = { here: resolve(import.meta.dirname, "../.."), other: resolve(values.beside) };
const [traces, connections, answers] = [20_000, 8, 20];
/** Rows that are waited for: earlier versions list no more. */
const listed = 10_000;

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-window-speed-"));
const site = join(folder, "site");
mkdirSync(join(site, "cgi-bin"), { recursive: true });
writeFileSync(join(site, "page.txt"), "a page\n");
writeFileSync(join(site, "cgi-bin/a.sh"), "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
chmodSync(join(site, "cgi-bin/a.sh"), 0o755);
const results = { here: [], other: [] };
try {
  for (let round = 0; round < Number(values.rounds); round++)
    for (const name of round % 2 ? ["other", "here"] : ["here", "other"])
      results[name].push(await measure(trees[name], `${name}-${round}`));
  console.log(JSON.stringify({ here: summary(results.here), other: summary(results.other), results }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(tree, name) {
  const server = await started(tree, name);
  const executablePath = process.env.TEST_CHROMIUM;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(server.ui);
    await page.getByRole("button", { name: /Serving/ }).waitFor();
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
    await request(server.port, "/cgi-bin/a.sh?first");
    await page.locator('[role="grid"] [role="row"][data-seq]').first().waitFor();
    const rows = [];
    for (let n = 0; n < answers; n++) rows.push(await untilRow(page, server.port, n));
    await page.goto("about:blank");
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const fill = async (count) => {
      for (let n = 0; n < count; n++) await request(server.port, "/page.txt", agent);
    };
    await Promise.all(Array.from({ length: connections }, () => fill(traces / connections)));
    agent.destroy();
    const opened = performance.now();
    await page.goto(server.ui.replace(/#.*/, "")); // the tab remembers that it is admitted
    await page.waitForFunction(
      (count) => Number(document.querySelector('[role="grid"]')?.getAttribute("aria-rowcount")) > count,
      listed,
    );
    return { paint, row: median(rows), list: performance.now() - opened };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** From the response's last byte until the row is drawn; both clocks are the system's. */
async function untilRow(page, port, n) {
  const path = `/cgi-bin/a.sh?${n}`;
  const drawn = page.evaluate(
    (target) =>
      new Promise((done) => {
        const look = () => {
          const row = document.querySelector('[role="grid"] [role="row"][data-seq]');
          if (row?.textContent?.includes(target) && row.dataset.outcome === "ok")
            requestAnimationFrame(() => done(now()));
          else requestAnimationFrame(look);
        };
        const now = () => performance.timeOrigin + performance.now();
        look();
      }),
    `a.sh?${n}`,
  );
  await request(port, path);
  const responded = performance.timeOrigin + performance.now();
  return (await drawn) - responded;
}

async function started(tree, name) {
  const options = ["serve", site, "--port", "0", "--json"];
  const child = spawn(process.execPath, [join(tree, "dist/node/cli.js"), ...options], {
    env: { ...process.env, XDG_DATA_HOME: join(folder, name) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise((done, reject) => {
    createInterface({ input: child.stdout }).once("line", done);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const { scripts, ui } = JSON.parse(line);
  return { ui, port: Number(new URL(scripts).port), stop: () => ended(child, "SIGINT") };
}

function request(port, path, agent) {
  return new Promise((done, reject) => {
    get({ port, path, agent }, (response) => response.resume().on("end", done)).on("error", reject);
  });
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Median and range of each figure. */
function summary(rounds) {
  const of = (key) => {
    const all = rounds.map((round) => Math.round(round[key]));
    return { median: median(all), least: Math.min(...all), most: Math.max(...all) };
  };
  return { paintMs: of("paint"), rowMs: of("row"), listMs: of("list") };
}
