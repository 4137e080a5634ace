// While the script stands still, what one points at in its file is shown with its value.
import { bufferOf, type Monaco } from "../../model/documents/text-buffers.js";
import { connected } from "../../rpc/store.js";
import { shownFrame, useDebug } from "./debug-store.js";
import { debuggedLanguages, pointedAt } from "./expressions.js";

let isRegistered = false;

/** Once for the page. */
export function hoverValues(monaco: Monaco): void {
  if (isRegistered) return;
  isRegistered = true;
  monaco.languages.registerHoverProvider([...debuggedLanguages], {
    provideHover: async (model, { lineNumber, column }) => {
      const { phase, id, ...state } = useDebug.getState();
      const frame = shownFrame(state);
      if (phase !== "stopped" || id === null || frame?.path == null || bufferOf(frame.path)?.model !== model)
        return null;
      const found = pointedAt(model.getLanguageId(), model.getLineContent(lineNumber), column);
      if (!found) return null;
      const { expression, from } = found;
      const answer = await connected()
        .debug.evaluate({ id, expression, frameId: frame.id, context: "hover" })
        .catch(() => null); // no value, no card
      if (answer === null || answer.isError) return null;
      const code = (text: string): string => `\`\`\`\n${text.replaceAll("```", "ˋˋˋ")}\n\`\`\``;
      const type = answer.type === undefined ? "" : ` (${answer.type})`;
      return {
        range: new monaco.Range(lineNumber, from, lineNumber, from + expression.length),
        contents: [{ value: code(`${expression}${type}`) }, { value: code(answer.result) }],
      };
    },
  });
}
