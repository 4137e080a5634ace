// The composed request, to be kept in a `.http` file.
import { useComposer } from "../../model/request/composer-store.js";
import { draftOf } from "../../model/request/draft.js";
import { askToSave, signsIn } from "../../model/request/save-subject.js";
import { notify } from "../../platform/notices.js";
import { problemText } from "../../rpc/problem.js";
import { whyNotSent } from "./outgoing.js";
import { composedOf } from "./send.js";

export async function saveComposed(): Promise<void> {
  const draft = draftOf(useComposer.getState());
  const why = whyNotSent(draft);
  if (why !== null) {
    notify("bad", problemText(why));
    return;
  }
  const request = await composedOf(draft);
  askToSave({
    source: { kind: "composed", request },
    name: `${request.method} ${request.target.split("?", 1)[0] ?? ""}`,
    proposed: [],
    hasSecrets: signsIn(request.headers),
  });
}
