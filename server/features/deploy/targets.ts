// What each server can do for a kit, one row each.
import type { TargetId } from "../../contract/deploy-targets.js";

export interface Target {
  /** Its program, which Debian's package and its service are named after; "": none, in an image. */
  readonly program: string;
  /** It starts CGI scripts itself; else fcgiwrap does, behind FastCGI. */
  readonly runsCgi: boolean;
  readonly speaksFastcgi: boolean;
  /** Where it looks for CGI scripts; "": everywhere. */
  readonly cgiFolder: string;
  /** Its FastCGI has some variables twice, of which programs with libfcgi take the first. */
  readonly repeatsVariables: boolean;
  /** A container image with lighttpd; else a server of the machine. */
  readonly isImage: boolean;
  /** It can refuse paths by a pattern; else what must not be sent is left out of the kit. */
  readonly denies: boolean;
  readonly asksForPasswords: boolean;
  /** The group that opens the sockets of FastCGI. */
  readonly group: string;
  /** Names that its configuration can have, beside those without control characters. */
  readonly names: RegExp;
  /** Words that mean themselves between its quotes. */
  readonly words: RegExp;
  readonly sendsFiles: boolean;
  /** It can leave requests for other hosts unanswered. */
  readonly knowsHosts: boolean;
  /** The version that its kit needs and that no test has; null: the kit was tried. */
  readonly untried: string | null;
  /** Debian's own site, which answers at port 80 where no host is named; "": the kit takes its place. */
  readonly defaultSite: string;
  /** Debian has a service for it, which variables are given to; else the kit has its own. */
  readonly hasService: boolean;
  /** Where its configuration is installed, below which name. */
  readonly installed: (name: string) => string;
  /** Says whether the configuration is right. */
  readonly test: string;
  /** Modules, each with a file that is there when it is switched on, and the command that does so. */
  readonly modules: readonly { readonly module: string; readonly file: string; readonly repair: string }[];
}

const plain = /^[\w./~@:+,=-]+$/;
const apacheModule = (module: string) => ({
  module,
  file: `/etc/apache2/mods-enabled/${module}.load`,
  repair: `a2enmod ${module}`,
});
/** Behind mod_cgid, which a2enmod would choose, a script that does not read its request body loses its response. */
const apacheCgi = {
  ...apacheModule("cgi"),
  repair: "a2dismod -q cgid; ln -s ../mods-available/cgi.load /etc/apache2/mods-enabled/cgi.load",
};

const common = {
  installed: () => "",
  test: "true",
  hasService: true,
  runsCgi: false,
  speaksFastcgi: true,
  cgiFolder: "",
  repeatsVariables: false,
  isImage: false,
  denies: true,
  asksForPasswords: true,
  group: "www-data",
  names: /^/,
  words: /^/,
  sendsFiles: true,
  knowsHosts: true,
  untried: null,
  defaultSite: "",
  modules: [],
} as const;

const image = {
  ...common,
  program: "",
  hasService: false,
  runsCgi: true,
  isImage: true,
  knowsHosts: false,
  asksForPasswords: false,
  names: plain,
} as const;

export const targets: Readonly<Record<TargetId, Target>> = {
  apache: {
    ...common,
    program: "apache2",
    runsCgi: true,
    installed: (name) => `/etc/apache2/sites-enabled/${name}.conf`,
    test: "apache2ctl configtest",
    // ${NAME} is a variable there, in quotes too.
    words: /^(?!.*\$\{)/,
    defaultSite: "/etc/apache2/sites-enabled/000-default.conf",
    modules: [...["alias", "proxy", "proxy_fcgi", "env", "dir"].map(apacheModule), apacheCgi],
  },
  nginx: {
    ...common,
    program: "nginx",
    installed: (name) => `/etc/nginx/sites-enabled/${name}.conf`,
    test: "nginx -t",
    words: /^[^$]*$/,
    defaultSite: "/etc/nginx/sites-enabled/default",
  },
  lighttpd: {
    ...common,
    program: "lighttpd",
    runsCgi: true,
    installed: (name) => `/etc/lighttpd/conf-enabled/90-${name}.conf`,
    test: "lighttpd -tt -f /etc/lighttpd/lighttpd.conf",
  },
  busybox: {
    ...common,
    program: "busybox",
    hasService: false,
    runsCgi: true,
    speaksFastcgi: false,
    cgiFolder: "cgi-bin/",
    knowsHosts: false,
    denies: false,
    asksForPasswords: false,
    names: plain,
  },
  caddy: {
    ...common,
    program: "caddy",
    asksForPasswords: false,
    group: "caddy",
    names: plain,
    installed: () => "/etc/caddy/Caddyfile",
    test: "caddy validate --adapter caddyfile --config /etc/caddy/Caddyfile",
  },
  h2o: {
    ...common,
    program: "h2o",
    repeatsVariables: true,
    asksForPasswords: false,
    group: "debian-h2o",
    names: plain,
    installed: () => "/etc/h2o/h2o.conf",
    test: "h2o -t -c /etc/h2o/h2o.conf",
  },
  haproxy: {
    ...common,
    program: "haproxy",
    asksForPasswords: false,
    group: "haproxy",
    names: plain,
    sendsFiles: false,
    untried: "3.0",
    installed: () => "/etc/haproxy/haproxy.cfg",
    test: "haproxy -c -f /etc/haproxy/haproxy.cfg",
  },
  container: image,
  compose: { ...image, knowsHosts: true },
  kubernetes: { ...image, knowsHosts: true },
  knative: image,
  openfaas: { ...image, speaksFastcgi: false, sendsFiles: false },
};
