// The ways to run a script, side by side: a shop's cart that leaks where its process stays.
import type { Scene } from "./scene.js";
import { writeScript } from "./steps.js";

const cart = `#!/usr/bin/env python3
import decimal
import email.message
import html
import json
import logging
import os
import sqlite3
from http import cookies
from urllib.parse import parse_qs

logging.raiseExceptions = False
TOTAL = decimal.Decimal("0")
fields = parse_qs(os.environ.get("QUERY_STRING", ""))
shop = sqlite3.connect(":memory:")
shop.execute("create table items(name text, price text)")
shop.execute("insert into items values ('Möbel', '19.90')")
json.visits = getattr(json, "visits", 0) + 1
for name, price in shop.execute("select * from items"):
    TOTAL += decimal.Decimal(price) * int(fields.get("n", ["1"])[0])
basket = cookies.SimpleCookie(os.environ.get("HTTP_COOKIE", ""))
print("Content-Type: text/html; charset=utf-8")
print()
print(f"<h1>Cart</h1><p>{html.escape(str(TOTAL))} EUR, {len(basket)} cookies, visit {json.visits}</p>")
`;

/** As long as a measurement takes on a machine that has other work. */
const measuredMs = 120_000;

export const waysToRun: Scene = {
  name: "ways-to-run",
  shell: "browser",
  prepare: async ({ window, folder }) => {
    folder.makeFolder("moebelhaus/cgi-bin");
    writeScript(folder, "moebelhaus/cgi-bin/cart.py", cart);
    writeScript(folder, "moebelhaus/cgi-bin/plain.sh", "#!/bin/sh\necho Content-Type: text/plain; echo; echo hello\n");
    await window.openFolder(folder.file("moebelhaus"));
    await window.setSendOnSave(false);
    await window.openFile("cgi-bin/cart.py");
    await window.send("/cgi-bin/cart.py?n=2");
  },
  views: [
    { name: "ways-to-run-empty", show: ({ window }) => window.runCommand("Show ways to run this script") },
    {
      name: "ways-to-run",
      show: async ({ page }) => {
        await page.getByRole("button", { name: "Make wrapper" }).click();
        await page.getByRole("columnheader", { name: /^WSGI/ }).waitFor();
        await page.getByRole("spinbutton", { name: "Seconds for each mode" }).fill("2");
        await page.getByRole("button", { name: "Measure", exact: true }).click();
        await page.getByRole("button", { name: "Measure again" }).waitFor({ timeout: measuredMs });
        await page.getByRole("button", { name: "Try prefork" }).click();
      },
    },
    {
      name: "ways-to-run-below",
      show: async ({ page }) => {
        const versions = page.getByRole("region", { name: "Another version" });
        await versions.getByRole("button", { name: "Measure both" }).click();
        await versions.getByRole("table", { name: "Comparison" }).waitFor({ timeout: measuredMs });
        await versions.scrollIntoViewIfNeeded();
      },
    },
    {
      name: "timing-cold-start",
      show: async ({ page, window }) => {
        await page.keyboard.press("Escape");
        await window.row(1).click();
        const timing = await window.tab("Timing");
        await timing.getByRole("button", { name: "Show cold start" }).click();
        await timing.getByRole("region", { name: "Cold start" }).waitFor({ timeout: measuredMs });
      },
    },
  ],
};
