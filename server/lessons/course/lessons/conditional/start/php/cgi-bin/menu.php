<?php
// /cgi-bin/menu.php?day=monday is the menu of a day.
header('Content-Type: text/plain; charset=utf-8');

$page = 'The menu of ' . ($_GET['day'] ?? '');

echo "$page\n";
