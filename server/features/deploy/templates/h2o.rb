# Between h2o 2.2 and FastCGI: h2o itself would take the path of a script for its PATH_INFO.

# The path as h2o resolves it; nil: with characters that no header field can have.
def plain_path(env)
  path = (env["SCRIPT_NAME"] + env["PATH_INFO"]).gsub(/%(\h\h)/) { $1.hex.chr }
  /[\x00-\x1f\x7f]/.match(path) ? nil : path
end

class Script
  def initialize(site, url, passes_authorization, starter = nil)
    @url = url
    @fixed = {
      "x-fallthru-set-script-name" => url,
      "x-fallthru-set-script-filename" => starter || site + url,
      "x-fallthru-set-document-root" => site,
      # A client must not choose the proxy that a script uses.
      "x-fallthru-set-http-proxy" => "",
    }
    @fixed["x-fallthru-set-kit-script"] = site + url if starter
    # Passwords are not for every script.
    @fixed["x-fallthru-set-http-authorization"] = "" unless passes_authorization
    @site = site
  end

  def call(env)
    path = plain_path(env)
    return [404, {}, []] unless path && (path == @url || path.start_with?(@url + "/"))
    behind = path[@url.length..-1]
    own = { "x-fallthru-set-path-info" => behind, "x-fallthru-set-path-translated" => behind == "" ? "" : @site + behind }
    [399, @fixed.merge(own), []]
  end
end

class Files
  def initialize(sent)
    @sent = sent
  end

  def call(env)
    path = plain_path(env)
    to = path && @sent[path]
    return [404, {}, []] unless to
    return [399, {}, []] if to == path
    query = env["QUERY_STRING"] == "" ? "" : "?" + env["QUERY_STRING"]
    [307, { "location" => to + query }, []]
  end
end
