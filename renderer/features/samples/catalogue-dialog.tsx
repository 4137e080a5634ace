// All examples: what each teaches, and the requests that show it. Choosing a request opens the script and sends it.
import type { Sample, SampleRequest } from "../../../server/contract/samples-contract.js";
import {
  closeSamplesDialog,
  languageOf,
  languageTitle,
  openSamplesDialog,
  useSamples,
} from "../../model/folder/samples-store.js";
import { notifyFailure } from "../../platform/notices.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { showExample } from "./show-example.js";
import "./samples.css";

export function CatalogueDialog() {
  const isOpen = useSamples(({ dialog }) => dialog === "catalogue");
  if (!isOpen) return null;
  return (
    <Dialog
      onClose={closeSamplesDialog}
      size="large"
      title="Examples"
      description="Choose a request to open its script and send it."
      actions={
        <>
          <Button onClick={() => openSamplesDialog("reset")}>Reset examples…</Button>
          <Button onClick={closeSamplesDialog}>Close</Button>
        </>
      }
    >
      <List />
    </Dialog>
  );
}

function List() {
  const overview = useSamples((store) => store.overview);
  const failure = useSamples((store) => store.failure);
  const missing = useSamples((store) => store.changes?.missing ?? []);
  if (!overview) return failure === null ? <div aria-busy="true" /> : <p className="ui-bad">{failure}</p>;
  return (
    <ul className="samples-list" aria-label="Examples">
      {overview.samples.map((sample) => {
        const language = languageOf(overview, sample);
        return (
          <li key={sample.id} className="samples-entry">
            <div className="ui-row samples-entry-title">
              <strong>{sample.title}</strong>
              {language && <span className="ui-badge">{languageTitle(language)}</span>}
            </div>
            <p className="ui-dim">{sample.teaches}</p>
            <Ways
              sample={sample}
              whyNot={whyNot(language?.path ?? null, missing.includes(sample.file), language?.title ?? sample.language)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function whyNot(program: string | null, isMissing: boolean, title: string): string | null {
  if (program === null) return `${title} is not installed here.`;
  return isMissing
    ? "It was removed from the folder, or its language was installed later. Reset the examples to restore it."
    : null;
}

function Ways({ sample, whyNot: why }: { readonly sample: Sample; readonly whyNot: string | null }) {
  if (why !== null) return <p className="ui-faint">{why}</p>;
  const open = (request: SampleRequest): void => {
    closeSamplesDialog();
    showExample(sample, request, true).catch((error: unknown) =>
      notifyFailure(`${sample.title} could not be opened`, error),
    );
  };
  return (
    <div className="samples-ways">
      {sample.requests.map((request) => (
        <Button
          key={request.title}
          size="small"
          hint={`${request.method} ${request.target}`}
          aria-label={`${sample.title}: ${request.title}`}
          onClick={() => open(request)}
        >
          {request.title}
        </Button>
      ))}
    </div>
  );
}
