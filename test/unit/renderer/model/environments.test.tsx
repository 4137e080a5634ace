// The chosen environment, while its file is being edited.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  chooseEnvironment,
  chosenEnvironment,
  loadEnvironments,
  useEnvironments,
} from "../../../../renderer/model/request/environments.js";
import { type ServedPage, servePage } from "../../../support/served-page.js";

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(async () => {
  await write(two);
  chooseEnvironment("dev");
});

const two = JSON.stringify({ dev: { token: "1" }, live: { token: "2" } });
const write = (text: string): Promise<void> => {
  served.folder.write("http-client.env.json", text);
  return loadEnvironments();
};

test("it stays chosen through a save with a mistake: no request goes out without its values", async () => {
  await write(`${two},`);
  expect(useEnvironments.getState().mistake).not.toBeNull();
  expect(chosenEnvironment()).toBe("dev");
  await write(two);
  expect(useEnvironments.getState().mistake).toBeNull();
  expect(chosenEnvironment()).toBe("dev");
});

test("one that no longer exists is not chosen, and is again when it is back", async () => {
  await write(JSON.stringify({ live: { token: "2" } }));
  expect(chosenEnvironment()).toBeNull();
  await write(two);
  expect(chosenEnvironment()).toBe("dev");
});

test("none stays none", async () => {
  chooseEnvironment(null);
  await write(`${two},`);
  await write(two);
  expect(chosenEnvironment()).toBeNull();
});
