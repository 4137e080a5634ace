// The server's state in a word and a colour, the same in the header and the status bar.
import { useServer } from "../../rpc/store.js";

interface ServerStatusLabel {
  readonly tone: "ok" | "warn" | "bad" | "dim";
  readonly title: string;
  /** It serves, at another port than the requested one. */
  readonly isMoved: boolean;
}

export function useServerStatusLabel(): ServerStatusLabel {
  const connection = useServer((knowledge) => knowledge.connection);
  const server = useServer(({ state }) => state?.server ?? null);
  if (connection !== "connected" || !server) {
    return {
      tone: "warn",
      title: connection === "connecting" ? "Connecting…" : connection === "lost" ? "Reconnecting…" : "Not connected",
      isMoved: false,
    };
  }
  const isMoved = server.requestedPort !== null && server.requestedPort !== server.port;
  switch (server.status) {
    case "serving":
      return { tone: "ok", title: "Serving", isMoved };
    case "starting":
      return { tone: "warn", title: "Starting…", isMoved: false };
    case "stopped":
      return { tone: "dim", title: "Stopped", isMoved: false };
    case "failed":
      return { tone: "bad", title: "Not serving", isMoved: false };
  }
}
