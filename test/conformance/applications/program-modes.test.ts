// Real frameworks in every mode that fits answer as CGI does.
import { test } from "vitest";
import { expectAnswersOfCgi } from "../../support/answers-of-cgi.js";
import { frameworkSites } from "../../support/framework-sites.js";

for (const site of frameworkSites)
  test.skipIf(!site.isThere)(`${site.name} answers as CGI does (needs ${site.name})`, () =>
    expectAnswersOfCgi(site, 3),
  );
