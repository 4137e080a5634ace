// The installed languages, in a line on the first page; its last button shows how to install the others.
import { languageTitle, useSamples } from "../../model/folder/samples-store.js";
import { CheckIcon } from "../../ui/icon.js";
import { Popover } from "../../ui/popover.js";
import { MissingLanguages } from "./missing-languages.js";
import "./samples.css";

export function LanguagesFound() {
  const languages = useSamples(({ overview }) => overview?.languages ?? null);
  if (!languages) return <div className="samples-found" />;
  const missing = languages.filter(({ path }) => path === null);
  return (
    <div className="samples-found ui-dim">
      <ul className="samples-found-list" aria-label="Interpreters found">
        {languages.flatMap((language) =>
          language.path === null ? (
            []
          ) : (
            <li key={language.id} title={language.path} className="ui-row samples-found-one">
              <CheckIcon className="ui-ok" />
              {languageTitle(language)}
            </li>
          ),
        )}
      </ul>
      {missing.length > 0 && (
        <Popover
          title="How to install them"
          side="top"
          align="start"
          trigger={
            <button type="button" className="samples-found-missing">
              {missing.map(({ title }) => title).join(", ")}: not found ·{" "}
              <span className="samples-found-how">how to install them</span>
            </button>
          }
        >
          <MissingLanguages languages={languages} />
        </Popover>
      )}
    </div>
  );
}
