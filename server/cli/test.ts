// `cgi-workbench test`: sends the requests of the folder's `.http` files through the gateway, and
// holds the responses to what the files assert.
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import { wordsOf } from "../contract/message.js";
import { problemText } from "../contract/problem.js";
import { environmentOf, mistakesOf } from "../features/saved/request-files.js";
import { runFiles } from "../features/saved/run-files.js";
import { chosenFiles } from "./chosen-files.js";
import { configOption, parsed } from "./config-option.js";
import { inFolder } from "./in-folder.js";
import { onlyOneOf } from "./only-one.js";
import { openReport, writeReport } from "./output-report.js";
import { storeOptions, storingOf } from "./store-options.js";
import { fileHeading, junitText, resultText, tapText, totalText } from "./test-report.js";
import { UsageError } from "./usage/usage.js";

export async function test(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    ...storeOptions,
    env: { type: "string" },
    junit: { type: "string" },
    tap: { type: "boolean" },
    json: { type: "boolean" },
  });
  const [dir = ".", ...names] = positionals;
  onlyOneOf(values, "tap", "json");

  const place = { dir, config: values.config, needsConfiguration: true, store: storingOf(values) };
  const done = inFolder(place, async (workbench, signal) => {
    workbench.server.servingAddress();
    const workspace = workbench.folder.workspace();
    const files = await chosenFiles(workspace, names);
    if (files.every(({ parsed }) => parsed.requests.length + parsed.mistakes.length === 0)) {
      const where = names.length === 0 ? `the .http files of ${workspace.root}` : names.join(", ");
      throw new UsageError(`there are no requests in ${where}`);
    }
    const mistakes = files.flatMap((file) => mistakesOf(file).map((mistake) => ({ path: file.path, ...mistake })));
    for (const { path, line, column, why } of mistakes)
      writeWords(process.stderr, `${path}:${line}:${column}: ${wordsOf(why.text)}\n`);
    if (mistakes.length > 0) return 2;
    const environment = await environmentOf(workspace, values.env ?? null);
    const options = { environment, captured: new Map<string, string>(), from: "cli", signal } as const;
    const isForPeople = !values.tap && !values.json;
    // Before the first request: one that was sent cannot be taken back.
    const junit = values.junit === undefined ? null : await openReport(values.junit);
    try {
      const print = (text: string) => isForPeople && writeWords(process.stdout, text);
      const report = await runFiles(workbench, files, options, {
        onFile: (path) => print(fileHeading(path)),
        onResult: (result) => print(resultText(result)),
      });
      print(totalText(report));
      if (values.json) process.stdout.write(jsonLine(report));
      if (values.tap) process.stdout.write(tapText(report));
      const isReported = junit === null || (await writeReport(junit, junitText(report)));
      return isReported && report.failed === 0 ? 0 : 1;
    } finally {
      await junit?.file.close();
    }
  });
  return done.catch((error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
    throw new UsageError(problemText(error.problem)); // nothing could be run, which is no failure of a request
  });
}
