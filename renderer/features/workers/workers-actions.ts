// The actions on FastCGI applications: restart workers, check external applications.
import type { ApplicationState } from "../../../server/contract/workers-contract.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { notify, orNotify } from "../../platform/notices.js";
import { connected, useServer } from "../../rpc/store.js";
import { applicationName, applicationsOf } from "./open-first.js";

/** As the server lists it. */
type Application = Pick<ApplicationState, "id" | "script" | "at" | "mode">;
/** All of a script in one mode. */
type Applications = Pick<ApplicationState, "script" | "mode"> & { readonly id: null; readonly at: null };

/** Each process restarts after its current request. */
export async function restartWorkers({ id, script, at, mode }: Application | Applications): Promise<void> {
  const name = applicationName({ script, at });
  await orNotify(`The workers of ${name} were not restarted`, async () => {
    await connected().workers.restart({ script, mode, only: id === null ? null : { application: id, worker: null } });
    notify("info", `The workers of ${name} restart, each after its current request.`);
  });
}

/** One of them; `number` is its place in the list, from 1. */
export const restartWorker = ({ id, script, mode }: Application, worker: string, number: number): Promise<void> =>
  orNotify(`Worker ${number} was not restarted`, () =>
    connected().workers.restart({ script, mode, only: { application: id, worker } }),
  );

/** Those that serve a file: its own, or those that it shares with others. */
export async function restartWorkersOf(file: Pick<FileEntry, "path" | "mode">): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  const { applications } = await client.workers.next({ since: -1, generation: null });
  const found = new Map(applicationsOf(applications, file).map(({ script, mode }) => [script, mode]));
  for (const [script, mode] of found) await restartWorkers({ id: null, script, at: null, mode });
  if (found.size === 0) notify("info", "It has no workers yet. Its first request starts them.");
}

/** Checks an external application; the list shows the result. */
export const askApplication = (address: string): Promise<void> =>
  orNotify(`${address} could not be checked`, () => connected().workers.ask({ address }));

/** All that the configuration names. */
export async function askApplications(): Promise<void> {
  const { client } = useServer.getState();
  if (!client) return;
  const { external } = await client.workers.next({ since: -1, generation: null });
  await Promise.all(external.map(({ address }) => askApplication(address)));
}
