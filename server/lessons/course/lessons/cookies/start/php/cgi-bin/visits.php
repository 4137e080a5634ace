<?php
// Counts your visits, in a cookie.
$visits = explode('=', $_SERVER['HTTP_COOKIE'])[1] + 1;

header("Set-Cookie: visits = $visits;");
header('Content-Type: text/plain; charset=utf-8');
echo "Visit $visits\n";
