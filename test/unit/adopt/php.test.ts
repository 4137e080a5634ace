// PHP in an adopted configuration of Apache: which files php-cgi runs, and with which settings.
import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { tempFolder } from "../../support/temp-workspace.js";

const modules = "LoadModule php_module /m/php.so\nLoadModule actions_module /m/actions.so\n";
/** As Debian's libapache2-mod-php sets it up. */
const everywhere = '<FilesMatch ".+\\.ph(?:ar|p|tml)$">\nSetHandler application/x-httpd-php\n</FilesMatch>\n';

async function adopted(text: string, prepare: (path: string) => void = () => undefined) {
  using folder = tempFolder();
  prepare(folder.path);
  folder.write("apache2.conf", text.replaceAll("@", folder.path));
  const { configuration, lines } = await adopt(folder.file("apache2.conf"), { host: null, folders: [] });
  const codes = lines.flatMap(({ line, result, message }) =>
    result === "understood" ? [] : [`${line} ${message?.code ?? ""}`],
  );
  return { configuration, codes, path: folder.path };
}

test("a handler of the server runs PHP in all folders", async () => {
  const { configuration, codes } = await adopted(`${modules}${everywhere}Alias /shop /srv/shop\n`);
  expect(configuration).toMatchObject({
    handlers: { ".phar": { mode: "php-cgi", interpreter: ["php-cgi"] }, ".phtml": { interpreter: ["php-cgi"] } },
    routes: [{ path: "/shop", dir: "/srv/shop", run: [".phar", ".php", ".phtml"] }],
  });
  expect(codes).toEqual([]);
});

test.each([
  [modules, "php-cgi"],
  ["LoadModule actions_module /m/actions.so\n", "/cgi-bin/php5"],
])("an Action for PHP's files has an effect where the server does not run PHP itself: %#", async (loaded, runs) => {
  const action = "AddType application/x-httpd-php .php5\nAction application/x-httpd-php /cgi-bin/php5\n";
  const { configuration } = await adopted(`${loaded}${action}Alias /shop /srv/shop\n`);
  expect(JSON.stringify(configuration)).toContain(runs);
  expect(JSON.stringify(configuration).includes("/cgi-bin/php5")).toBe(runs === "/cgi-bin/php5");
});

test("settings of one folder that other folders do not share are left out", async () => {
  const shop = "Alias /shop /srv/shop\n<Directory /srv/shop>\nphp_admin_value open_basedir /srv/shop\n</Directory>\n";
  const alone = await adopted(`${modules}${everywhere}${shop}`);
  expect(alone.configuration).toMatchObject({
    handlers: { ".php": { interpreter: ["php-cgi", "-d", "open_basedir=/srv/shop"] } },
  });
  const both = await adopted(`${modules}${everywhere}${shop}Alias /blog /srv/blog\n`);
  expect(both.configuration).not.toHaveProperty(["handlers", ".php"]);
  expect(both.codes).toEqual(["8 php-settings-differ"]);
});

test("a file that a handler runs by its whole name is refused in place of sent as text", async () => {
  const { configuration, codes } = await adopted(
    'LoadModule cgi_module /m/cgi.so\nAlias /x /srv/x\n<Files "start">\nSetHandler cgi-script\n</Files>\n',
  );
  expect(configuration["routes"]).toContainEqual(expect.objectContaining({ path: "/x", deny: ["start"] }));
  expect(codes).toEqual(["3 condition-refused"]);
});

test("links may lead where Apache follows them", async () => {
  const text = `${modules}Alias /a @/a\nAlias /b @/b\n<Directory @/b>\nOptions None\n</Directory>\n`;
  const { configuration, path } = await adopted(text, (folder) => {
    for (const name of ["a/deep", "b", "outside"]) mkdirSync(`${folder}/${name}`, { recursive: true });
    symlinkSync("../../outside", `${folder}/a/deep/out`);
    symlinkSync(".", `${folder}/a/self`);
    symlinkSync("../apache2.conf", `${folder}/b/out.txt`);
    symlinkSync("nowhere", `${folder}/a/broken`);
  });
  expect(configuration).toMatchObject({ links: [`${path}/outside`] });
});

test("a fallback is a file of its own folder, and the report leaves any other one out", async () => {
  const folders = '<Directory "/srv/a">\nFallbackResource front.html\n</Directory>\n<Directory "/srv/b">\n';
  const { configuration, codes } = await adopted(
    `LoadModule dir_module /m/dir.so\nAlias /a /srv/a\nAlias /b /srv/b\n${folders}FallbackResource /a/front.html\n</Directory>\n`,
  );
  expect(configuration["routes"]).toContainEqual(expect.objectContaining({ path: "/a", fallback: "front.html" }));
  expect(JSON.stringify(configuration).match(/fallback/g)).toHaveLength(1);
  expect(codes).toEqual(["8 no-equivalent"]);
});
