// The composed request, to be kept in a `.http` file.
import { toBase64 } from "../../format/bytes-text.js";
import { useComposer } from "../../model/request/composer-store.js";
import { draftOf } from "../../model/request/draft.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { askToSave, signsIn } from "../../model/request/save-subject.js";
import { notify } from "../../platform/notices.js";
import { problemText } from "../../rpc/problem.js";
import { bytesOf, impliedHeaders, outgoingBody, typedHeaders, whyNotSent } from "./outgoing.js";

export async function saveComposed(): Promise<void> {
  const draft = draftOf(useComposer.getState());
  const why = whyNotSent(draft);
  if (why !== null) {
    notify("bad", problemText(why));
    return;
  }
  const body = outgoingBody(draft);
  const implied = impliedHeaders(draft, body).map(({ name, value }): [string, string] => [name, value]);
  const headers = [...typedHeaders(draft.headers), ...implied];
  const { method, target } = draft;
  askToSave({
    source: {
      kind: "composed",
      method,
      target,
      headers,
      environment: chosenEnvironment(),
      files: body.files,
      base64: body.bytes === null ? "" : toBase64(await bytesOf(body.bytes)),
    },
    name: `${method} ${target.split("?", 1)[0] ?? ""}`,
    proposed: [],
    hasSecrets: signsIn(headers),
  });
}
