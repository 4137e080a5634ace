// Every agent in every mode, with the script or the application that does to its process what its query names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { byteString } from "../../../server/protocol/byte-string.js";
import { canListProcesses, descendants } from "../processes.js";
import { repositoryRoot } from "../repository.js";
import { program, type TempFolder } from "../temp-workspace.js";
import { waitFor } from "../wait-for.js";
import { type AgentOptions, AgentProcess } from "./agent-process.js";
import { RecordClient } from "./record-client.js";

const scripts = [
  { language: "python", needs: "python3", file: "script.py" },
  { language: "perl", needs: "perl", file: "script.pl" },
  { language: "ruby", needs: "ruby", file: "script.rb" },
] as const;

export interface Faulty extends Pick<AgentOptions, "language" | "mode"> {
  readonly needs: string;
  readonly file: string;
  /** What it ends is the worker itself: an application has no process of its own. */
  readonly isApplication: boolean;
}

export const faulty: readonly Faulty[] = [
  ...scripts.flatMap((one) =>
    (["prefork", "persistent"] as const).map((mode) => ({ ...one, mode, isApplication: false })),
  ),
  { language: "python", mode: "wsgi", needs: "python3", file: "app.py", isApplication: true },
  { language: "perl", mode: "psgi", needs: "perl", file: "app.pl", isApplication: true },
];

export const isMissing = ({ needs }: Faulty): boolean => program(needs) === null || !canListProcesses;

/** In the folder, so that its processes are known by their command lines. */
export async function startFaulty(
  { language, mode, file }: Faulty,
  folder: TempFolder,
  ...options: string[]
): Promise<AgentProcess> {
  folder.write(file, readFileSync(join(repositoryRoot, "test/fixtures/faults", file)));
  return AgentProcess.start({ language, mode, script: folder.file(file), options });
}

/** A request whose script runs for ever, and the process that runs it. */
export async function startLoop(agent: AgentProcess): Promise<{ client: RecordClient; pid: number }> {
  const client = new RecordClient(await agent.connect());
  client.begin({ REQUEST_METHOD: byteString("GET"), QUERY_STRING: byteString("loop") }).endBody();
  const pid = await waitFor(
    "the script loops",
    () => Number(/(\d+) loops/.exec(client.stdout.toString())?.[1]) || null,
    60_000,
  );
  return { client, pid };
}

/** Processes that the agent's first process started, by their ids. */
export const workersOf = (agent: AgentProcess): number[] =>
  descendants(agent.pid)
    .filter(({ parent }) => parent === agent.pid)
    .map(({ pid }) => pid);
