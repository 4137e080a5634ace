// The choice of the server that the folder is served like.
import { type ServerId, serverIds, serverNames } from "../../../server/contract/server-ids.js";
import { notify } from "../../platform/notices.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";

export function ServeLike() {
  const current = useServer(({ state }) => state?.workspace?.serveLike ?? null);
  const choose = (server: ServerId | null): void => {
    connected()
      .servers.serveLike({ server })
      .catch((error: unknown) => notify("bad", problemText(problemOf(error))));
  };
  return (
    <label className="servers-only" title="Writes serveLike into cgi-workbench.json">
      Serve like
      <select
        className="ui-field"
        value={current ?? ""}
        onChange={(event) => choose(serverIds.find((id) => id === event.target.value) ?? null)}
      >
        <option value="">CGI Workbench</option>
        {serverIds.map((id) => (
          <option key={id} value={id}>
            {serverNames[id]}
          </option>
        ))}
      </select>
    </label>
  );
}
