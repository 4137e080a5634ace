<?php
// /cgi-bin/lookup.php?host=example looks up a host.
header('Content-Type: text/plain; charset=utf-8');

$host = $_GET['host'] ?? '';

$program = proc_open(['echo', 'looking up', $host], [1 => ['pipe', 'w']], $pipes);
echo stream_get_contents($pipes[1]);
proc_close($program);
