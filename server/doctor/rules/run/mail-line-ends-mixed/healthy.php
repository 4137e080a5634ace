#!/usr/bin/env php-cgi
<?php
// The fields of the fourth argument end as those that PHP writes.
mail('webmaster@example.org', 'Feedback', "Hello\n", "From: form@example.org\r\nReply-To: a@example.org");
header('Content-Type: text/plain; charset=utf-8');
echo "Thank you.\n";
