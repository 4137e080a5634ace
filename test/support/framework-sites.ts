// Real frameworks whose scripts are written for CGI, and the same applications in the modes for applications.
import { spawnSync } from "node:child_process";
import type { Mode } from "../../server/contract/modes.js";
import type { ModeProgram } from "./answers-of-cgi.js";

const flask = `from flask import Flask
application = Flask(__name__)
@application.route("/<path:x>")
def page(x):
    return "hello " + x
`;
const django = `import sys, types
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path
settings.configure(ROOT_URLCONF="urls_of_site", ALLOWED_HOSTS=["*"], SECRET_KEY="x")
urls = sys.modules["urls_of_site"] = types.ModuleType("urls_of_site")
urls.urlpatterns = [path("<path:x>", lambda request, x: HttpResponse("hello " + x))]
import django
django.setup()
application = WSGIHandler()
`;
const radicale = `from radicale import config
from radicale.app import Application
configuration = config.load()
configuration.update({"auth": {"type": "none"}, "storage": {"filesystem_folder": "/nonexistent"}}, "hello a/b")
application = Application(configuration)
`;
const dancer = `use Dancer2;
set logger => 'null';
get '/**' => sub { 'hello ' . join '/', @{ (splat)[0] } };
my $app = to_app;
`;
const catalyst = `{ package Site::Controller::Root;
  use Moose; BEGIN { extends 'Catalyst::Controller' }
  __PACKAGE__->config(namespace => '');
  sub default :Path { my ($self, $c) = @_; $c->res->content_type('text/plain'); $c->res->body('hello ' . join '/', @{ $c->req->args }) }
  $INC{'Site/Controller/Root.pm'} = __FILE__; }
{ package Site; use Moose; extends 'Catalyst';
  __PACKAGE__->config(name => 'Site', home => '/tmp', disable_component_resolution_regex_fallback => 1);
  sub locate_components { 'Site::Controller::Root' }
  __PACKAGE__->setup; }
my $app = Site->psgi_app;
`;
const sinatra = `require "sinatra/base"
class App < Sinatra::Base
  set :environment, :production
  get("/*") { "hello " + params["splat"].first }
end
`;
const python = {
  line: "#!/usr/bin/python3\n",
  file: "site.py",
  application: "wsgi",
  cgi: "from wsgiref.handlers import CGIHandler\nCGIHandler().run(application)\n",
  end: "",
} as const;
const perl = {
  line: "#!/usr/bin/perl\n",
  file: "site.pl",
  application: "psgi",
  cgi: "use Plack::Handler::CGI; Plack::Handler::CGI->new->run($app);\n",
  end: "$app;\n",
} as const;
const ruby = {
  line: "#!/usr/bin/env ruby\n",
  file: "site.rb",
  application: "rack",
  cgi: 'require "rack/handler/cgi"\nRack::Handler::CGI.run(App)\n',
  end: "run App\n",
} as const;

const has = (command: string, ...values: readonly string[]): boolean => spawnSync(command, values).status === 0;
const pythonHas = (module: string): boolean => has("/usr/bin/python3", "-c", `import ${module}`);
const perlHas = (module: string): boolean => has("perl", `-M${module}`, "-e1");
const everyMode: readonly Mode[] = ["prefork", "persistent"];
const site = (
  name: string,
  { line, file, application, cgi, end }: typeof python | typeof perl | typeof ruby,
  source: string,
  isThere: boolean,
  others: Partial<ModeProgram> = {},
): ModeProgram => ({
  ...{ name, needs: name, isThere, file, modes: everyMode, rest: "/a/b?c=d", says: "hello a/b" },
  script: line + source + cgi,
  application: { mode: application, text: line + source + end },
  ...others,
});
export const frameworkSites: readonly ModeProgram[] = [
  site("Flask", python, flask, pythonHas("flask")),
  // Its settings are configured once in a process.
  site("Django", python, django, pythonHas("django"), { modes: ["prefork"] }),
  site("Radicale", python, radicale, pythonHas("radicale"), { says: " 404 " }),
  site("Dancer2", perl, dancer, perlHas("Dancer2")),
  site("Catalyst", perl, catalyst, perlHas("Catalyst"), { modes: ["prefork"] }),
  site("Sinatra", ruby, sinatra, has("ruby", "-rsinatra/base", "-e1")),
];
