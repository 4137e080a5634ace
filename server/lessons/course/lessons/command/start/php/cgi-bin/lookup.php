<?php
// /cgi-bin/lookup.php?host=example looks up a host.
header('Content-Type: text/plain; charset=utf-8');

$host = $_GET['host'] ?? '';

passthru("echo looking up $host");
