// The window's knowledge of the server: is there one, and its state. One loop keeps the connection (and makes a new one
// when it breaks), one pulls the state, one the counts. What the window has already shown stays when the server goes.
import { create } from "zustand";
import { toProblem } from "../../server/contract/problem.js";
import type { StreamName } from "../../server/contract/trace.js";
import type { Problem, WorkbenchCounts, WorkbenchState } from "../../server/contract/workspace.js";
import { type Client, type Connection, connect, RefusedError } from "./connection.js";
import { delay } from "./delay.js";
import { windowMessage } from "./messages.js";
import { WindowProblem } from "./problem.js";
import { pullLoop } from "./pull-loop.js";

interface ServerKnowledge {
  readonly connection: "connecting" | "connected" | "lost" | "refused";
  /** Why it is lost or refused, a sentence. */
  readonly lostWhy: string | null;
  /** Of the server process that `state` is from. */
  readonly generation: string | null;
  /** The last state known; kept while the connection is lost. */
  readonly state: WorkbenchState | null;
  /** Null while there is no connection. A new one after each reconnection. */
  readonly client: Client | null;
}

export const useServer = create<ServerKnowledge>()(() => ({
  connection: "connecting",
  lostWhy: null,
  generation: null,
  state: null,
  client: null,
}));

/** Apart from the state: the counts change with every request. Kept while the connection is lost. */
export const useCounts = create<{ readonly counts: WorkbenchCounts | null }>()(() => ({ counts: null }));

/** The problem shown wherever something needs the server and there is none. */
export const noConnection: Problem = toProblem(windowMessage("no-connection"));

/** The client. @throws WindowProblem when there is no connection */
export function connected(): Client {
  const { client } = useServer.getState();
  if (!client) throw new WindowProblem(noConnection);
  return client;
}

/** The client; while there is no connection, that of the next one. */
export function nextClient(): Promise<Client> {
  return new Promise((resolve) => {
    const { client } = useServer.getState();
    if (client !== null) return resolve(client);
    const stop = useServer.subscribe(({ client: next }) => {
      if (next === null) return;
      stop();
      resolve(next);
    });
  });
}

/** Resolves when the page's first attempt to connect has brought the server's state, or has failed. */
export function untilAnswered(): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ connection }: ServerKnowledge): void => {
      if (connection === "connecting") return;
      stop();
      resolve();
    };
    const stop = useServer.subscribe(look);
    look(useServer.getState());
  });
}

let current: Connection | null = null;

/** The client, or null while there is no connection; changes with each reconnection. */
export const useClient = (): Client | null => useServer((knowledge) => knowledge.client);

/**
 * Captured bytes of a trace's stream; fewer than asked at its end, at most 1 MiB a
 * call. Rejects while there is no connection.
 */
export function bodyRange(
  id: string,
  stream: StreamName,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return current ? current.range(id, stream, from, length) : Promise.reject(new WindowProblem(noConnection));
}

/** A connection, and what it was asked at once; the window takes the answers when it follows the server. */
export interface AskedConnection extends Connection {
  readonly state: Promise<WorkbenchState>;
  readonly counts: Promise<WorkbenchCounts>;
  /** By `performance.now`, ms. */
  readonly askedAt: number;
}

/** Answers that the page could not take for so long are out of date, ms. */
const freshMs = 500;

const nothingKnown = { since: -1, generation: null };

/** The server answers while the browser fetches the window's own code. */
export function askAtOnce(connection: Connection): AskedConnection {
  const { next, counts } = connection.client.state;
  const answers = { state: next(nothingKnown), counts: counts(nothingKnown) };
  for (const answer of Object.values(answers)) answer.catch(() => undefined); // whoever takes the answer handles its failure
  return { ...connection, ...answers, askedAt: performance.now() };
}

let started = false;

/** Uses the page's first connection, then keeps the page connected, once for its life. */
export function startConnecting(first: Promise<AskedConnection>): void {
  if (started) return;
  started = true;
  void keepConnected(first); // runs for the page's life; handles its own failures
}

async function keepConnected(first: Promise<AskedConnection>): Promise<never> {
  for (let connecting = first; ; connecting = connect().then(askAtOnce)) {
    try {
      const asked = await connecting;
      const connection = performance.now() - asked.askedAt < freshMs ? asked : askAtOnce(asked);
      const lost = new AbortController();
      const gone = connection.lost.finally(() => lost.abort());
      void pullCounts(connection, lost.signal); // handles its own failures
      await Promise.race([pullState(connection, lost.signal), gone]);
      current = null;
      useServer.setState({ connection: "lost", lostWhy: await connection.lost, client: null });
    } catch (error) {
      current = null;
      const refused = error instanceof RefusedError;
      useServer.setState({
        connection: refused ? "refused" : "lost",
        lostWhy: error instanceof Error ? error.message : String(error),
        client: null,
      });
      if (refused) await newAddress();
    }
    await delay(50);
  }
}

/** Pulls the state until the connection ends. The window counts as connected with the first state. */
function pullState(connection: AskedConnection, lost: AbortSignal): Promise<void> {
  const { client } = connection;
  return pullRevisions("The server’s state", client.state.next, connection.state, lost, (state) => {
    const { generation } = state;
    current = connection;
    useServer.setState({ connection: "connected", lostWhy: null, generation, state, client });
  });
}

function pullCounts({ client, counts }: AskedConnection, lost: AbortSignal): Promise<void> {
  return pullRevisions("The counts", client.state.counts, counts, lost, (now) => useCounts.setState({ counts: now }));
}

/** Each response has its number; the next call asks for what comes after it. */
function pullRevisions<Answer extends { readonly rev: number; readonly generation: string }>(
  what: string,
  next: (known: { since: number; generation: string | null }) => Promise<Answer>,
  first: Promise<Answer>,
  lost: AbortSignal,
  show: (answer: Answer) => void,
): Promise<void> {
  let known: { readonly since: number; readonly generation: string | null } = nothingKnown;
  let asked: Promise<Answer> | null = first;
  const pull = async (): Promise<void> => {
    const asking = asked ?? next(known);
    asked = null;
    const answer = await asking;
    if (lost.aborted) return;
    known = { since: answer.rev, generation: answer.generation };
    show(answer);
  };
  return pullLoop(what, pull, lost);
}

/** Another code in the address bar is the only way on for a refused page. */
function newAddress(): Promise<void> {
  return new Promise((resolve) => window.addEventListener("hashchange", () => resolve(), { once: true }));
}
