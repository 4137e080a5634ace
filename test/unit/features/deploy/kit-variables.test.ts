// Which variables a kit has with their values: none whose name, or whose value, says that it is a secret.
import { expect, test } from "vitest";
import { variablesOf } from "../../../../server/features/deploy/kit-variables.js";
import { utf8 } from "../../../../server/protocol/byte-string.js";

const given = (variables: Record<string, string>, inherited: Record<string, string> = {}) => {
  const bytes = (all: Record<string, string>) =>
    new Map(Object.entries(all).map(([name, value]) => [utf8(name), utf8(value)]));
  return variablesOf(
    { root: "/home/ada/shop", inherited: bytes(inherited) },
    [{ variables: bytes(variables) }],
    "/srv/site",
  );
};

const secrets: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgres://shop:hunter2@db/shop",
  STORE: "postgres://shop:hunter2@db/shop",
  CACHE: "redis://:hunter2@cache:6379/0",
  REPORTS_TO: "https://0123abc@reports.example/1",
  SHOP_DSN: "mysql:host=db;dbname=shop",
  SOURCE: "host=db user=shop password=hunter2",
  SPACED: "Server = db; User Id = shop; Pwd = hunter2",
  GO_STORE: "shop:hunter2@tcp(db:3306)/shop",
  QUERY: "https://api.example/?api_key=hunter2",
  CONNECTION_STRING: "x",
  STRIPE_KEY: "x",
  AWS_ACCESS_KEY_ID: "x",
  ENCRYPTION_KEY: "x",
  PASSPHRASE: "correct horse battery staple",
  GITHUB: "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
  APP_ID: "550e8400-e29b-41d4-a716-446655440000",
  COOKIE_SALT: "x",
  API_TOKEN: "x",
  SLACK_WEBHOOK: "https://hooks.example/services/x",
};
test.each(Object.entries(secrets))("%s has no value in the kit", (name, value) => {
  expect([...given({ [name]: value })]).toEqual([[name, null]]);
});

const open = {
  LANGUAGE: "de",
  GREETING: `it's "5 %s" $HOME \\\\ \`x\` ü`,
  SHOP_ADDRESS: "https://shop.example:8443/start?page=1",
  ADMIN_MAIL: "ada@shop.example",
  PORT: "8080",
  MONKEY: "yes",
  SCHEDULE: "10:30, 12:45",
  HELLO: "",
};
test.each(Object.entries(open))("%s keeps its value", (name, value) => {
  expect([...given({ [name]: value })]).toEqual([[name, value]]);
});

test("paths in the folder lead to the site, and what is inherited is for each machine to give", () => {
  const found = given({ PLACE: "/home/ada/shop/data", LANG: "de" }, { PATH: "/bin", HOME: "/home/ada", LANG: "fr" });
  expect([...found]).toEqual([
    ["PLACE", "/srv/site/data"],
    ["LANG", "de"],
    ["HOME", null],
  ]);
});

/** What the server's process would start with, and what a shell, systemd or YAML would take for something else. */
const refused = [
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "DYLD_INSERT_LIBRARIES",
  "GCONV_PATH",
  "PATH",
  "BASH_ENV",
  "ENV",
  "IFS",
  "A-B",
  "1A",
  "A B",
  "A$(reboot)",
  "A`reboot`",
  "A;B",
  'A"',
  "A'",
  "A{{B}}",
  "A: B",
  "#A",
  "A%B",
  "ÜA",
  "A\nB",
];
test.each(refused)("the name %j is refused", (name) => {
  expect(() => given({ [name]: "x" })).toThrow(name);
});
