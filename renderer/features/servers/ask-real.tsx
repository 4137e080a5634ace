// The button that asks the real servers, its question before a request that may change something, and its progress.
import { useState } from "react";
import type { ServerAnswer } from "../../../server/contract/servers-contract.js";
import { isSafe } from "../../model/request/composer-store.js";
import { Button } from "../../ui/button.js";
import type { useRealServers } from "./use-real-servers.js";

export function AskReal({
  real,
  method,
  servers,
}: {
  readonly real: ReturnType<typeof useRealServers>;
  readonly method: string;
  readonly servers: readonly ServerAnswer[];
}) {
  const [isQuestion, setQuestion] = useState(false);
  const send = () => {
    setQuestion(false);
    void real.ask(servers);
  };
  if (real.asking !== null)
    return (
      <>
        <span role="status">Asking {real.asking}…</span>
        <Button onClick={real.stop}>Stop</Button>
      </>
    );
  if (isQuestion)
    return (
      <>
        <span role="status">
          The script gets the {method} once more from each server, and may change data each time.
        </span>
        <Button onClick={() => setQuestion(false)}>Cancel</Button>
        <Button look="primary" onClick={send}>
          Send to each
        </Button>
      </>
    );
  return (
    <>
      {real.failed !== null && (
        <span role="alert" className="ui-bad">
          {real.failed}
        </span>
      )}
      <Button
        title="Starts each server that is installed here, sends it this request, and ends it"
        onClick={() => (isSafe(method) ? send() : setQuestion(true))}
      >
        Ask the real servers
      </Button>
    </>
  );
}
