// The course: its list, a lesson before and after a wrong answer, and one that has passed, in German.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { repositoryRoot } from "../../support/repository.js";
import type { Scene, Stage } from "./scene.js";
import { onUsualPort } from "./steps.js";

const percent = join(repositoryRoot, "server/lessons/course/lessons/percent");
const answer = (tree: string): string => readFileSync(join(percent, tree, "python/cgi-bin/greet.py"), "utf8");
const course = ({ page }: Stage) => page.getByRole("dialog").filter({ hasText: "lessons passed" });
const found = ({ page }: Stage) => page.getByRole("region", { name: "Checks" }).getByRole("status");

export const lessons: Scene = {
  name: "lessons",
  shell: "browser",
  prepare: async ({ page, folder }) => {
    await page.getByRole("button", { name: "The course…" }).click();
    await page.getByRole("textbox", { name: "Your work is in" }).fill(folder.file("cgi-lessons"));
    await page.getByRole("textbox", { name: "Your work is in" }).press("Tab");
  },
  views: [
    { name: "course", staysOpen: true, show: (stage) => expect(course(stage)).toContainText("0 of 32") },
    {
      name: "stage-prediction",
      show: async (stage) => {
        await course(stage).getByRole("button", { name: /^6 / }).click();
        await expect(stage.page.getByRole("tab", { name: "greet.py" })).toBeVisible();
        await onUsualPort(stage);
        await stage.window.runCommand("Present");
        await expect(stage.page.getByRole("region", { name: "Your prediction" })).toBeVisible();
      },
    },
    {
      name: "lesson",
      show: async (stage) => {
        await stage.page.getByRole("button", { name: "Exit" }).click();
        await stage.page.getByRole("radio", { name: "Hello, Jürgen & Ada!" }).click(); // Present has sent the request
        await expect(stage.page.getByRole("region", { name: "Your prediction" })).toBeVisible();
      },
    },
    {
      name: "lesson-failed",
      show: async (stage) => {
        await stage.window.rewrite(answer("wrong/plus-kept"));
        await expect(found(stage)).toContainText("3 of 4 pass", { timeout: 20_000 });
        await stage.page.getByRole("button", { name: "Show a hint (1 of 3)" }).click();
        await stage.page.getByRole("button", { name: "Show me in QUERY_STRING" }).click();
      },
    },
    {
      name: "lesson-passed",
      show: async (stage) => {
        await stage.window.runCommand("Learn CGI: the course…");
        await course(stage).getByRole("radio", { name: "Deutsch" }).check({ force: true });
        await course(stage).getByRole("button", { name: "Close" }).click();
        await stage.window.rewrite(answer("solution"));
        await expect(found(stage)).toContainText("4 of 4 pass", { timeout: 20_000 });
      },
    },
  ],
};
