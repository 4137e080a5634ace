#!/usr/bin/env php-cgi
<?php
header("Content-Type: text/html; charset=utf-8"); // php-cgi writes the blank line itself
$name = is_string($_GET["name"] ?? null) ? $_GET["name"] : "world";
?>
<!doctype html>
<title>Hello</title>
<h1>Hello, <?= htmlspecialchars($name) ?>!</h1>
