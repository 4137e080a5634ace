// The body that a held request's script will get: as the fields of a form, or as text in which any byte can be typed.
import { useEffect, useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { formatExactBytes } from "../../format/size.js";
import { decodeForm, encodeForm } from "../../model/request/form-body.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";
import { readStream } from "../../model/traces/recorded.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Alert } from "../../ui/alert.js";
import { Choice } from "../../ui/choice.js";
import { PairTable } from "../../ui/pair-table.js";
import { type HeldDraft, withBody } from "./held-draft.js";
import { Check, Part } from "./held-part.js";

/** Larger bodies go on as they are. */
const maxEditedBytes = 256 << 10;

interface HeldBodyProps {
  readonly held: HeldRequest;
  readonly plan: Extract<HeldRequest["plan"], { moment: "start" }>;
  readonly draft: HeldDraft;
  readonly onChange: (part: Partial<HeldDraft>) => void;
}

export function HeldBody({ held, plan: { bodyBytes, bodyCaptured }, draft, onChange }: HeldBodyProps) {
  const { id } = held;
  const [before, setBefore] = useState<string | null>(bodyBytes === 0 ? "" : null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isText, setText] = useState(false);
  const isLarge = bodyBytes > maxEditedBytes;
  const isKept = bodyCaptured === bodyBytes && !isLarge;
  useEffect(() => {
    if (bodyBytes === 0 || !isKept) return;
    const gone = new AbortController();
    readStream(id, "request-body", bodyBytes, gone.signal).then(
      (bytes) => gone.signal.aborted || setBefore(bytesToRaw(bytes)),
      (error: unknown) => gone.signal.aborted || setProblem(problemText(problemOf(error))),
    );
    return () => gone.abort();
  }, [id, bodyBytes, isKept]);
  const body = draft.body ?? before;
  const bytes = body === null ? null : rawToBytes(body);
  const fields = bytes && bytes.length > 0 ? decodeForm(bytes, "utf-8") : null;
  const size = bytes?.length ?? bodyBytes;
  const type = (next: string): void =>
    onChange(withBody(held, draft, next === before ? null : next, draft.keepsLength));
  return (
    <Part
      title="Stdin"
      aside={size === bodyBytes ? formatExactBytes(size) : `${formatExactBytes(size)}, was ${bodyBytes}`}
    >
      {fields && (
        <Choice
          label="Show stdin as"
          size="small"
          value={isText ? "text" : "form"}
          choices={[
            { value: "form", title: "Form" },
            { value: "text", title: "Text" },
          ]}
          onChange={(value) => setText(value === "text")}
        />
      )}
      {!isKept && (
        <p className="ui-dim">
          {isLarge ? "It is too large to be edited here" : "It was not kept whole"}, and goes on as it is.
        </p>
      )}
      <Alert>{problem}</Alert>
      {body !== null && fields && !isText && (
        <PairTable
          what="Form field"
          rows={fields.map((field, index) => ({ id: `${index}`, ...field }))}
          make={(pair) => pair}
          onChange={(rows) => type(bytesToRaw(new TextEncoder().encode(encodeForm(rows, "utf-8"))))}
        />
      )}
      {body !== null && (!fields || isText) && (
        <textarea
          className="ui-field ui-mono held-text"
          aria-label="Stdin"
          title="Line ends are CR LF. Escapes: \n \r \0 \xff \\"
          spellCheck={false}
          rows={4}
          value={body}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {isKept && (
        <Check
          isOn={draft.keepsLength}
          onChange={(keepsLength) => onChange(withBody(held, draft, draft.body, keepsLength))}
        >
          Keep CONTENT_LENGTH equal to the body
        </Check>
      )}
    </Part>
  );
}
