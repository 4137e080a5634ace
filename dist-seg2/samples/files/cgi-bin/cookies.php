#!/usr/bin/env php-cgi
<?php
// Counts your visits, in a cookie: the client keeps the number and brings it
// along.
//
// Send it several times with the cookie jar on: Set-Cookie in the answer,
// Cookie in the next request, HTTP_COOKIE in its environment. What comes back
// was in other hands meanwhile: it may be anything, so only a small number
// counts.
$visits = filter_input(INPUT_COOKIE, "visits", FILTER_VALIDATE_INT, ["options" => ["min_range" => 0, "max_range" => 9999]]);
$visits = is_int($visits) ? $visits + 1 : 1;

// Headers first: after the first byte of the body it would be too late.
header("Content-Type: text/html; charset=utf-8");
header("Cache-Control: no-store");
setcookie("visits", (string) $visits, [
    "expires" => time() + 7 * 24 * 3600, // without it: until the browser is closed
    "path" => $_SERVER["SCRIPT_NAME"],
    "httponly" => true, // scripts in the page cannot read it
    "samesite" => "Lax", // other sites' forms cannot use it
]);
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Cookies</title>
<h1><?= $visits === 1 ? "Your first visit" : "Visit number $visits" ?></h1>
<p>The cookie you sent: <code><?= htmlspecialchars($_SERVER["HTTP_COOKIE"] ?? "none") ?></code></p>
