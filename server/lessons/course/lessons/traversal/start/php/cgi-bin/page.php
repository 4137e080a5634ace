<?php
// /cgi-bin/page.php?page=about.txt shows a page of the folder pages.
header('Content-Type: text/plain; charset=utf-8');

$path = '../pages/' . ($_GET['page'] ?? 'about.txt');

readfile($path);
