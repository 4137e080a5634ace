// The body: text, a form, a form with files, or one file; in the charset that is
// chosen, with its size and what to be warned of.
import { useMemo } from "react";
import { formatBytes } from "../../format/size.js";
import { chooseMethod, composeBody, composeBodyKind, isSafe, useComposer } from "../../model/request/composer-store.js";
import type { BodyKind, FormField } from "../../model/request/draft.js";
import { charsets } from "../../model/request/encode-charset.js";
import { useChosenEnvironment } from "../../model/request/environments.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { Button, IconButton } from "../../ui/button.js";
import { FileIcon, WarningIcon } from "../../ui/icon.js";
import { PairTable } from "../../ui/pair-table.js";
import { Select } from "../../ui/select.js";
import { TextArea } from "../../ui/text-field.js";
import { FileField } from "./file-field.js";
import { outgoingBody } from "./outgoing.js";
import { VaryButton } from "./vary-button.js";

const kinds: readonly { readonly value: BodyKind; readonly title: string }[] = [
  { value: "text", title: "Text" },
  { value: "form", title: "Form" },
  { value: "multipart", title: "Multipart form" },
  { value: "file", title: "File" },
];

export function BodyPart() {
  const body = useComposer((composer) => composer.body);
  return (
    <div className="ui-column composer-body">
      <div className="ui-row composer-body-bar">
        <Select
          className="ui-field composer-choice"
          aria-label="Kind of body"
          value={body.kind}
          choices={kinds}
          onChange={composeBodyKind}
        />
        {body.kind !== "file" && (
          <Select
            className="ui-field composer-choice"
            aria-label="Charset of the body"
            value={body.charset}
            choices={charsets.map(({ name, title }) => ({ value: name, title }))}
            onChange={(charset) => composeBody({ charset })}
          />
        )}
        {body.kind === "text" && (
          <Select
            className="ui-field composer-choice"
            aria-label="Line ends of the body"
            value={body.lineEnd}
            choices={[
              { value: "lf", title: "LF" },
              { value: "crlf", title: "CR LF" },
            ]}
            onChange={(lineEnd) => composeBody({ lineEnd })}
          />
        )}
        <BodyFacts />
      </div>
      <IgnoredBody />
      {body.kind === "text" && (
        <TextArea
          className="ui-field ui-mono composer-text"
          aria-label="Request body"
          placeholder="Plain text. Add a Content-Type header if the script needs one."
          value={body.text}
          onChange={(text) => composeBody({ text })}
        />
      )}
      {(body.kind === "form" || body.kind === "multipart") && (
        <FormTable fields={body.fields} withFiles={body.kind === "multipart"} />
      )}
      {body.kind === "file" && (
        <div className="composer-file-part">
          <FileField label="File of the body" file={body.file} onChoose={(file) => composeBody({ file })} />
        </div>
      )}
    </div>
  );
}

/** A body that goes along with GET is allowed, and hardly ever meant. */
function IgnoredBody() {
  const { method, body, headers } = useComposer();
  const isEmpty = useMemo(() => (outgoingBody({ body, headers }).bytes?.size ?? 0) === 0, [body, headers]);
  if (isEmpty || !isSafe(method)) return null;
  return (
    <div ref={keepsFocus} className="ui-row composer-ignored" role="status">
      <WarningIcon className="ui-warn" />
      <span>{method} with a body: most scripts ignore it.</span>
      <Button size="small" onClick={() => chooseMethod("POST")}>
        Use POST
      </Button>
    </div>
  );
}

function BodyFacts() {
  const body = useComposer((composer) => composer.body);
  const headers = useComposer((composer) => composer.headers);
  const isFilled = useChosenEnvironment() !== null;
  const { bytes, missing, warning } = useMemo(
    () => outgoingBody({ body, headers }, isFilled),
    [body, headers, isFilled],
  );
  const concern = missing ?? warning;
  return (
    <>
      {concern !== null && (
        <span className="ui-warn ui-cut" role="status" title={concern}>
          {concern}
        </span>
      )}
      <span className="composer-body-size ui-dim ui-num">{bytes === null ? "no body" : formatBytes(bytes.size)}</span>
    </>
  );
}

// The fields of a form; in a multipart form a field may be a file.
function FormTable({ fields, withFiles }: { readonly fields: readonly FormField[]; readonly withFiles: boolean }) {
  return (
    <PairTable
      what="Form field"
      rows={fields}
      make={(pair): FormField => ({ ...pair, isFile: false, file: null })}
      onChange={(next) => composeBody({ fields: next })}
      valueCell={(field, change) =>
        withFiles && field.isFile ? (
          <FileField
            label={`File of ${field.name || "the field"}`}
            file={field.file}
            onChoose={(file) => change({ file })}
          />
        ) : null
      }
      aside={(field, change) =>
        !withFiles ? (
          <VaryButton kind="field" name={field.name} />
        ) : (
          <IconButton
            label={`Send a file as ${field.name || "this field"}`}
            aria-pressed={field.isFile}
            onClick={() => change({ isFile: !field.isFile })}
            icon={FileIcon}
          />
        )
      }
    />
  );
}
