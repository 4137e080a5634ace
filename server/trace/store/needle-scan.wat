;; Finds two bytes that are a given distance apart, 16 places at a time. `needle-scan.ts` has this as bytes; a test
;; compiles it again and compares.
(module
  (memory (export "memory") 5)
  ;; The first place from $from on where $first is, and $second $apart bytes later; $to or more: there is none before $to.
  (func (export "find")
    (param $from i32) (param $to i32) (param $first i32) (param $second i32) (param $apart i32) (result i32)
    (local $a v128) (local $b v128) (local $found i32)
    (local.set $a (i8x16.splat (local.get $first)))
    (local.set $b (i8x16.splat (local.get $second)))
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $found
          (i8x16.bitmask
            (v128.and
              (i8x16.eq (local.get $a) (v128.load align=1 (local.get $from)))
              (i8x16.eq (local.get $b) (v128.load align=1 (i32.add (local.get $from) (local.get $apart)))))))
        (if (local.get $found)
          (then (return (i32.add (local.get $from) (i32.ctz (local.get $found))))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br $next)))
    (local.get $to)))
