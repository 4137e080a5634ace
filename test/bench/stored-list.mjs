#!/usr/bin/env node
// `node test/bench/stored-list.mjs [--rows N]`: the window's list over very many stored traces, in Chromium: how
// long until the page paints and has rows, the first time and when it is loaded again, until a filter and an
// order show their result, until rows are there after a jump of the scrollbar, and the longest task of the page
// while it scrolls, jumps, filters and sorts. Chromium reports tasks above 50 ms. The store is one of real
// requests, whose rows were copied. JSON on stdout.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ours } from "../peers/processes.mjs";
import { multiplyTraces } from "../support/many-traces.mjs";

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);
const recorded = 200;
const counted = rows.toLocaleString("en-US");

const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-stored-list-"));
const data = join(folder, "data");
try {
  const site = join(folder, "site");
  mkdirSync(join(site, "cgi-bin"), { recursive: true });
  const script = join(site, "cgi-bin/a.sh");
  writeFileSync(script, "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello %s\\n' \"$QUERY_STRING\"\n");
  chmodSync(script, 0o755);
  await record(site);
  const tables = join(data, "cgi-workbench/traces");
  const file = readdirSync(tables).find((name) => name.endsWith(".db"));
  multiplyTraces(join(tables, file ?? ""), rows);
  console.log(JSON.stringify({ rows, ...(await measure(site)) }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function record(site) {
  const server = await ours(site, ["--store"], { data });
  try {
    for (let n = 0; n < recorded; n++)
      await new Promise((resolve, reject) => {
        get({ port: server.port, path: `/cgi-bin/a.sh?page=${n}` }, (response) => {
          response.resume().on("end", resolve);
        }).on("error", reject);
      });
  } finally {
    await server.stop();
  }
}

async function measure(site) {
  const server = await ours(site, ["--no-store"], { hasWindow: true, data });
  const executablePath = process.env.TEST_CHROMIUM;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(240_000);
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(Math.round(duration));
      }).observe({ type: "longtask", buffered: true });
      const look = () => {
        if (document.querySelector('[role="grid"] [role="row"][data-seq]')) window.firstRowAt = performance.now();
        else requestAnimationFrame(look);
      };
      look();
    });
    await page.waitForTimeout(3000); // a browser that starts takes two cores for a while
    await page.goto(server.ui);
    const grid = page.getByRole("grid", { name: "Traces" });
    const row = grid.locator('[role="row"][data-seq]').first();
    await row.waitFor();
    const start = await page.evaluate(() => ({
      firstPaintMs: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0),
      listMs: Math.round(window.firstRowAt),
    }));
    // The server's own first start is over, and the browser has the window's files.
    const againMs = [];
    for (let n = 0; n < 5; n++) {
      await page.waitForLoadState("networkidle");
      await page.reload();
      await row.waitFor();
      againMs.push(Math.round(await page.evaluate(() => window.firstRowAt)));
    }
    // The editor's code runs once the panes are there: it is no part of what is measured here.
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /monaco/.test(name)));
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const field = page.getByRole("combobox", { name: "Filter traces" });
    const took = {};
    const tasks = {};
    const measured = async (name, work) => {
      await page.evaluate(() => {
        window.longTasks.length = 0;
      });
      const from = performance.now();
      await work();
      took[name] = Math.round(performance.now() - from);
      tasks[name] = await page.evaluate(() => window.longTasks.slice());
    };
    const isCounted = () =>
      page.waitForFunction(() => /of [\d,]+$/.test(document.querySelector(".trace-bar-count")?.textContent ?? ""));
    /** Scrolls to a part of the list, and waits until every row in view is there. */
    const jump = (part) =>
      grid.evaluate(async (list, to) => {
        list.scrollTop = (list.scrollHeight - list.clientHeight) * to;
        const isThere = () => {
          const { top, bottom } = list.getBoundingClientRect();
          const inView = [...list.querySelectorAll('[role="row"]')].filter((row) => {
            const box = row.getBoundingClientRect();
            return box.bottom > top + 24 && box.top < bottom;
          });
          return inView.length > 2 && inView.every((row) => row.ariaBusy !== "true");
        };
        do await new Promise((resolve) => requestAnimationFrame(resolve));
        while (!isThere());
      }, part);
    const jumps = async (name) => {
      for (const part of [0.5, 1, 0.25, 0.75, 0]) await measured(`${name}, jump to ${part}`, () => jump(part));
    };
    await page.getByRole("tab", { name: `Traces ${counted}` }).waitFor();
    await measured("scroll 300 times by three pages", () =>
      grid.evaluate(async (list) => {
        for (let n = 0; n < 300; n++) {
          list.scrollTop += list.clientHeight * 3;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }),
    );
    await jumps("newest first");
    for (const filter of ["path:page=77", "status:404", "took:>90ms", "-path:page=1", "no-such-word"])
      await measured(filter, async () => {
        await field.fill(filter);
        await page.waitForFunction(
          () => !/\+ of/.test(document.querySelector(".trace-bar-count")?.textContent ?? "+ of"),
        );
        await isCounted();
      });
    await field.fill("");
    for (const column of ["Took", "Path"])
      await measured(`sort by ${column}`, async () => {
        const first = await row.getAttribute("data-trace-id");
        await grid.getByRole("button", { name: column }).click();
        await page.waitForFunction(
          (before) => document.querySelector('[role="row"][data-seq]')?.getAttribute("data-trace-id") !== before,
          first,
        );
      });
    await jumps("by Path");
    return { ...start, againMs, took, longTasks: tasks, longest: Math.max(0, ...Object.values(tasks).flat()) };
  } finally {
    await browser.close();
    await server.stop();
  }
}
