// The doctor leaves healthy applications in peace: nothing above a hint on cgit, gitweb, git's backend, CGI.pm, php-cgi
// and a C program. (The examples that come with the workbench: see samples.test.ts.)
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { addPrograms, applicationConfig, makeRepository, present, requests } from "../../support/real-applications.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

describe.skipIf(!program("git"))(
  "real applications (needs git; cgit, gitweb, perl with CGI.pm, php-cgi and cc as far as they are there)",
  () => {
    let gateway: TestGateway;
    const repositories = tempFolder();
    const asked = requests.filter(([needs]) => present[needs]);

    beforeAll(async () => {
      makeRepository(repositories);
      gateway = await startGateway({ config: applicationConfig(repositories) });
      addPrograms(gateway);
    });
    afterAll(async () => {
      await gateway[Symbol.asyncDispose]();
      repositories[Symbol.dispose]();
    });

    test("nothing above a hint", async () => {
      for (const [, bytes] of asked) await gateway.ask(Buffer.from(bytes, "latin1"));
      const loud = (await gateway.ended(asked.length)).flatMap(({ request: { target }, findings }) =>
        findings.filter(({ severity }) => severity !== "hint").map(({ rule, detail }) => [target, rule, detail]),
      );
      expect(loud).toEqual([]);
      expect(asked.length).toBeGreaterThan(5);
    });
  },
);
