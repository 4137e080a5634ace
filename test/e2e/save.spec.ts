// A module is edited while its script's request is on the screen: the request stays, is sent again with
// the save, and is answered by the new code.
import { expect, test } from "./shell.js";

const page = `#!/usr/bin/env python3
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "../lib")
import words
print("Content-Type: text/plain\\n\\n" + words.greeting)
`;

test("saving a module sends the last request again, and reads no file that is known", async ({
  app,
  window,
  folder,
}) => {
  for (const name of ["site", "site/cgi-bin", "site/lib"]) folder.makeFolder(name);
  folder.write("site/cgi-bin/page.py", page);
  folder.makeExecutable("site/cgi-bin/page.py");
  folder.write("site/lib/words.py", 'greeting = "first"\n');
  const reads: string[] = [];
  app.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes("/files/read")) reads.push(String(payload));
    }),
  );
  await window.isReady();
  await app.page.reload(); // so that its connection is seen
  await window.openFolder(folder.file("site"));
  await window.openFile("cgi-bin/page.py");
  await expect(window.target).toHaveValue("/cgi-bin/page.py");
  const first = await window.send();

  await window.openFile("lib/words.py");
  await window.editor.getByText("greeting").first().waitFor();
  await expect(window.target).toHaveValue("/cgi-bin/page.py");
  const known = reads.length;
  await window.rewrite('greeting = "second"\n');
  await expect(window.row(first + 1)).toHaveAttribute("data-outcome", "ok");
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first + 1} `));
  await expect(await window.tab("Response")).toContainText("second");
  await expect(window.target).toHaveValue("/cgi-bin/page.py");
  expect(reads.slice(known)).toEqual([]);
});
