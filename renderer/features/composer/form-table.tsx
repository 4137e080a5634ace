// The fields of a form; in a multipart form a field may be a file.
import { composeBody } from "../../model/request/composer-store.js";
import type { FormField } from "../../model/request/draft.js";
import { IconButton } from "../../ui/button.js";
import { FileIcon } from "../../ui/icon.js";
import { PairTable } from "../../ui/pair-table.js";
import { FileField } from "./file-field.js";
import { VaryButton } from "./vary-button.js";

export function FormTable({
  fields,
  withFiles,
}: {
  readonly fields: readonly FormField[];
  readonly withFiles: boolean;
}) {
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
            size="small"
            aria-pressed={field.isFile}
            onClick={() => change({ isFile: !field.isFile })}
          >
            <FileIcon className="ui-icon" aria-hidden="true" />
          </IconButton>
        )
      }
    />
  );
}
