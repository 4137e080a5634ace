// Real frameworks, Perl programs with -T, Ruby programs with gems and Python programs that log: a thousand requests in
// every mode that fits answer as CGI does, and `leaks` says so.
import { test } from "vitest";
import { expectAnswersOfCgi, expectLeaksAgrees } from "../support/answers-of-cgi.js";
import { amount, sampled } from "../support/evidence.js";
import { frameworkSites } from "../support/framework-sites.js";
import { modePrograms } from "../support/mode-programs.js";

const requests = amount(1000, 50);
for (const program of sampled([...frameworkSites, ...modePrograms], "program-modes", 7))
  test.skipIf(!program.isThere)(
    `${program.name} answers as CGI does (needs ${program.needs})`,
    { timeout: 1_200_000 },
    async () => {
      await expectAnswersOfCgi(program, requests);
      await expectLeaksAgrees(program);
    },
  );
