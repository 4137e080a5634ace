<?php
// /cgi-bin/hello.php?name=Ada greets Ada, and says how long the page is.
$page = 'Hello, ' . ($_GET['name'] ?? 'Ada') . '! This is the end.';

header('Content-Type: text/plain; charset=utf-8');
header('Content-Length: ' . iconv_strlen($page, 'UTF-8'));

echo $page;
