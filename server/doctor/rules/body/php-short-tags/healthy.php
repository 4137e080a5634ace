<?php echo '<?xml version="1.0"?>', "\n"; ?>
<p><?= strtoupper("hello") ?></p>
