// The sentences that other servers log stand in server/servers/sentences.ts alone; the doctor's rules use them.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as sentences from "../../../server/servers/sentences.js";
import { repositoryRoot } from "../../support/repository.js";

const folder = `${repositoryRoot}/server/doctor`;
const said = Object.values(sentences)
  .flatMap((one) => (typeof one === "object" ? Object.values(one) : []))
  .filter((one) => typeof one === "string")
  .map((sentence) => sentence.split(/\b(?:TEXT|NAME|N|U)\b/, 1)[0]?.trim() ?? "")
  .filter((start) => start.length > 12);

test("no rule of the doctor repeats a sentence of a server's log", () => {
  expect(said.length).toBeGreaterThan(25);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(100);
  const repeated = files.flatMap((file) => {
    const text = readFileSync(`${folder}/${file}`, "utf8");
    return said
      .filter((start) => text.includes(`.says("${start}`) || text.includes(`.says('${start}`))
      .map((start) => `${file}: ${start}`);
  });
  expect(repeated).toEqual([]);
});
