// Real sentences with what makes recognition hard: guillemets behind accents,
// capitals before quotes, no-break spaces, emoji.
export const texts = {
  German: "Grüße aus Köln! „Überall ist GRÖẞE“, sagte Jürgen – für 20 € … und „JÄ…“ STRAẞE »Straß«.",
  French:
    "« L’été à Nîmes, café\u00a0», déjà vu\u00a0! Où\u00a0? « Le CAFÉ\u00a0» et « voilà\u00a0» : forêt, cœur, 12\u00a0€… NESTLÉ®",
  Polish: "Zażółć gęślą jaźń. „Łódź”, Święto – kość, ŻÓŁĆ… Dziękuję!",
  Russian: "Съешь же ещё этих мягких французских булок, да выпей чаю. «Привет» — сказал он…",
  Greek: "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. «Καλημέρα»",
  Chinese: "我能吞下玻璃而不伤身体。“你好”，世界！",
  Japanese: "いろはにほへと ちりぬるを。「東京」カタカナ",
  Korean: "키스의 고유조건은 입술끼리 만나야 하고",
  Portuguese: "Não há coração; a MAÇÃ e o AMANHÃ” – irmã, pães, “ÓRGÃO”. 1º ª",
  Spanish: "¿Dónde está el niño? ¡ESPAÑA! «Año Ñ» 3.ª",
  Turkish: "Şişli’de İstanbul’un güneşi ığdır KÂĞIT",
  Vietnamese: "Tiếng Việt có dấu: Nguyễn, đường, phở ngon quá",
  Hebrew: "שלום עולם, זה טקסט",
  Arabic: "مرحبا بالعالم، هذا نص",
  Thai: "สวัสดีชาวโลก",
  Icelandic: "Kæmi ný öxi hér, ykist þjófum nú bæði víl og ádrepa. ÐÞÆ",
  Emoji: "Fine 😀 👍🏽 👩‍👩‍👧 ✓ → ½ ™ © 2026 “quoted” — naïve",
} as const;
