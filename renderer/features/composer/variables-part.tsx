// Variables of the script's environment for this request alone, in place of what the gateway would set.
import { compose, useComposer } from "../../model/request/composer-store.js";
import { PairTable } from "../../ui/pair-table.js";

const names = [
  "AUTH_TYPE",
  "CONTENT_LENGTH",
  "CONTENT_TYPE",
  "DOCUMENT_ROOT",
  "HTTPS",
  "PATH_INFO",
  "QUERY_STRING",
  "REMOTE_ADDR",
  "REMOTE_HOST",
  "REMOTE_USER",
  "REQUEST_SCHEME",
  "SERVER_NAME",
  "SERVER_PORT",
  "SERVER_SOFTWARE",
  "TZ",
];
const values: Readonly<Record<string, readonly string[]>> = {
  HTTPS: ["on"],
  AUTH_TYPE: ["Basic"],
  REQUEST_SCHEME: ["https"],
  TZ: ["UTC", "Europe/Berlin"],
};

export function VariablesPart() {
  const variables = useComposer((composer) => composer.variables);
  return (
    <>
      <PairTable
        what="Environment variable"
        rows={variables}
        make={(pair) => pair}
        suggestions={names}
        valuesOf={(name) => values[name]}
        onChange={(next) => compose({ variables: next })}
      />
      {variables.length === 0 && (
        <p className="composer-note ui-dim">
          The script finds these in its environment, for this request alone, in place of what the server would set.
        </p>
      )}
    </>
  );
}
