// The body that a held request's script will get: as the fields of a form, or as text in which any byte can be typed.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { formatExactBytes } from "../../format/size.js";
import { encodeForm } from "../../model/request/form-body.js";
import { bytesToRaw, rawToBytes } from "../../model/request/raw-text.js";
import { readStream } from "../../model/traces/recorded.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { Alert } from "../../ui/alert.js";
import { Check } from "../../ui/check.js";
import { TextArea } from "../../ui/text-field.js";
import { type Editing, formRows } from "./held-draft.js";
import { HeldPairs, Part } from "./held-rows.js";

/** Larger bodies go on as they are. */
const maxEditedBytes = 256 << 10;

interface HeldBodyProps extends Editing {
  readonly plan: Extract<HeldRequest["plan"], { moment: "start" }>;
}

export function HeldBody({ held, plan: { bodyBytes, bodyCaptured }, draft, onChange }: HeldBodyProps) {
  const [isText, setText] = useState(false);
  const isWhole = bodyCaptured === bodyBytes && bodyBytes <= maxEditedBytes;
  const { value, error } = useLoaded(bodyBytes > 0 && isWhole ? held.id : null, async (_client, signal) =>
    bytesToRaw(await readStream(held.id, "request-body", bodyBytes, signal)),
  );
  const before = bodyBytes === 0 ? "" : value;
  const body = draft.body ?? before;
  const fields = body ? formRows(body, before ?? "") : null;
  const size = body === null ? bodyBytes : rawToBytes(body).length;
  const type = (next: string): void => onChange({ body: next === before ? null : next });
  return (
    <Part
      title="Stdin"
      aside={size === bodyBytes ? formatExactBytes(size) : `${formatExactBytes(size)}, was ${bodyBytes}`}
      action={
        fields && (
          <Check isOn={isText} onChange={setText}>
            As text
          </Check>
        )
      }
    >
      <Alert>{error}</Alert>
      {fields && !isText && (
        <HeldPairs
          what="Form field"
          {...fields}
          onChange={(rows) => type(bytesToRaw(new TextEncoder().encode(encodeForm(rows, "utf-8"))))}
        />
      )}
      {body !== null && (!fields || isText) && (
        <TextArea
          aria-label="Stdin"
          title="Line ends are CR LF. Escapes: \n \r \0 \xff \\"
          rows={4}
          value={body}
          onChange={type}
        />
      )}
      {isWhole ? (
        <Check isOn={draft.keepsLength} onChange={(keepsLength) => onChange({ keepsLength })}>
          Keep CONTENT_LENGTH equal to the body
        </Check>
      ) : (
        <p className="ui-dim">
          The body {bodyBytes > maxEditedBytes ? "is larger than 256 KiB" : "was not kept whole"}. It goes on as it is.
        </p>
      )}
    </Part>
  );
}
