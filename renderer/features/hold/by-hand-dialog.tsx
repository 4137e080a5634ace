// A response in the place of the script's.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import type { Pair } from "../../model/request/draft.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { FormDialog } from "../../ui/dialog.js";
import { PairTable } from "../../ui/pair-table.js";
import { respondByHand } from "./decisions.js";

interface ByHandDialogProps {
  readonly held: HeldRequest;
  readonly onClose: () => void;
}

export function ByHandDialog({ held, onClose }: ByHandDialogProps) {
  const [status, setStatus] = useState("200");
  const [headers, setHeaders] = useState<readonly Pair[]>([{ id: "type", name: "Content-Type", value: "text/plain" }]);
  const [body, setBody] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <FormDialog
      title={`Respond to #${held.seq} by hand`}
      description="The client gets this in place of the script’s response."
      action="Respond"
      isPossible={/^[2-5]\d\d$/.test(status)}
      problem={problem}
      onClose={onClose}
      onSubmit={() =>
        respondByHand(held, { status: Number(status), headers, body }).then(onClose, (error: unknown) =>
          setProblem(problemText(problemOf(error))),
        )
      }
    >
      <label className="held-line">
        Status
        <input
          className="ui-field ui-mono held-status"
          inputMode="numeric"
          value={status}
          onChange={(event) => setStatus(event.target.value)}
        />
      </label>
      <PairTable what="Header" rows={headers} make={(pair) => pair} onChange={setHeaders} />
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
