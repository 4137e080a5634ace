<?php
// A form for pizzas, and the answer to it.
header('Content-Type: text/html; charset=utf-8');

$chosen = $_GET['topping'];
?>
<!doctype html><title>Pizza</title>
<form>
<input type="checkbox" name="topping" value="ham"> ham
<input type="checkbox" value="egg"> egg
<button>Order</button>
</form>
<p>You chose <?= htmlspecialchars($chosen) /* why: lesson 12 */ ?>
