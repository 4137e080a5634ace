// Variables of the script's environment for this request alone, in place of what the gateway would set.
import { compose, useComposer } from "../../model/request/composer-store.js";
import { PairTable } from "../../ui/pair-table.js";

/** Names, each with values that are often set. */
const suggestions: Readonly<Record<string, readonly string[]>> = {
  AUTH_TYPE: ["Basic"],
  CONTENT_LENGTH: [],
  CONTENT_TYPE: [],
  DOCUMENT_ROOT: [],
  HTTPS: ["on"],
  PATH_INFO: [],
  QUERY_STRING: [],
  REMOTE_ADDR: [],
  REMOTE_HOST: [],
  REMOTE_USER: [],
  REQUEST_SCHEME: ["https"],
  SERVER_NAME: [],
  SERVER_PORT: [],
  SERVER_SOFTWARE: [],
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
        suggestions={suggestions}
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
