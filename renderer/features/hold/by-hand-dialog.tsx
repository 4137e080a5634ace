// A response in the place of the script's.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import type { Pair } from "../../model/request/draft.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { PairTable } from "../../ui/pair-table.js";
import { bytesOf } from "./held-draft.js";
import { StatusField } from "./held-part.js";

interface ByHandDialogProps {
  readonly held: HeldRequest;
  readonly onClose: () => void;
}

export function ByHandDialog({ held: { id, seq, plan }, onClose }: ByHandDialogProps) {
  const [status, setStatus] = useState("200");
  const [rows, setRows] = useState<readonly Pair[]>([{ id: "type", name: "Content-Type", value: "text/plain" }]);
  const [body, setBody] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const respond = () => {
    const headers = rows.filter(({ name }) => name !== "").map(({ name, value }): [string, string] => [name, value]);
    const response = { status: Number(status), headers, body: bytesOf(body), isByHand: true };
    return connected()
      .hold.go({ id, moment: plan.moment, ...response })
      .then(onClose, (error: unknown) => setProblem(problemText(problemOf(error))));
  };
  return (
    <FormDialog
      title={`Respond to #${seq} by hand`}
      description="The client gets this in place of the script’s response."
      action="Respond"
      isPossible={/^[2-5]\d\d$/.test(status)}
      problem={problem}
      onClose={onClose}
      onSubmit={respond}
    >
      <StatusField value={status} onChange={setStatus} />
      <PairTable what="Header" rows={rows} make={(pair) => pair} onChange={setRows} />
      <textarea
        className="ui-field ui-mono held-text"
        aria-label="Body"
        rows={5}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
    </FormDialog>
  );
}
