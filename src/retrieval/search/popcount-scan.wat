;; Hamming distances of one code to many. `popcount-scan.ts` holds this module as bytes; `npm run wasm` makes them anew.
;;
;; Codes lie in a memory that threads share, one every $stride bytes, of which the first $words 32-bit words are compared; the query and
;; all that is written lie in one of the thread's own. The query is at address 0 there. `i64.popcnt` is one instruction on every processor of the last fifteen years,
;; and beats `i8x16.popcnt`, which has to be put together of six (decision 022).
(module
  (import "osteon" "codes" (memory $codes 1 65536 shared))
  (import "osteon" "own" (memory $own 1))

  ;; The distances of $count codes from address $at on, as 16-bit numbers at $out.
  (func (export "distances") 
    (param $at i32) (param $count i32) (param $words i32) (param $stride i32) (param $out i32)
    (local $end i32)
    (if (i32.eqz (local.get $count)) (then (return)))
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 1))))
    (if (i32.eq (local.get $stride) (i32.shl (local.get $words) (i32.const 2)))
      (then
        (if (i32.eq (local.get $words) (i32.const 8))
          (then (call $distancesOf256Bits (local.get $at) (local.get $out) (local.get $end)) (return)))
        (if (i32.eqz (i32.and (local.get $words) (i32.const 7)))
          (then (call $distancesByEight (local.get $at) (local.get $words) (local.get $out) (local.get $end)) (return)))))
    (loop $next
      (i32.store16 $own (local.get $out) (call $distance (local.get $at) (local.get $words)))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; The commonest length unrolled, with the query in registers.
  (func $distancesOf256Bits (param $at i32) (param $out i32) (param $end i32)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    (local.set $a (i64.load $own (i32.const 0)))
    (local.set $b (i64.load $own (i32.const 8)))
    (local.set $c (i64.load $own (i32.const 16)))
    (local.set $d (i64.load $own (i32.const 24)))
    (loop $next
      (i32.store16 $own (local.get $out)
        (i32.wrap_i64
          (i64.add
            (i64.add
              (i64.popcnt (i64.xor (local.get $a) (i64.load $codes (local.get $at))))
              (i64.popcnt (i64.xor (local.get $b) (i64.load $codes offset=8 (local.get $at)))))
            (i64.add
              (i64.popcnt (i64.xor (local.get $c) (i64.load $codes offset=16 (local.get $at))))
              (i64.popcnt (i64.xor (local.get $d) (i64.load $codes offset=24 (local.get $at))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 32)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; The same for multiples of 256 bits, without a call for each code.
  (func $distancesByEight (param $at i32) (param $words i32) (param $out i32) (param $end i32)
    (local $query i32) (local $queryEnd i32) (local $sum i64)
    (local.set $queryEnd (i32.shl (local.get $words) (i32.const 2)))
    (loop $nextCode
      (local.set $query (i32.const 0))
      (local.set $sum (i64.const 0))
      (loop $nextEight
        (local.set $sum (i64.add (local.get $sum)
          (i64.add
            (i64.add
              (i64.popcnt (i64.xor (i64.load $own (local.get $query)) (i64.load $codes (local.get $at))))
              (i64.popcnt (i64.xor (i64.load $own offset=8 (local.get $query)) (i64.load $codes offset=8 (local.get $at)))))
            (i64.add
              (i64.popcnt (i64.xor (i64.load $own offset=16 (local.get $query)) (i64.load $codes offset=16 (local.get $at))))
              (i64.popcnt (i64.xor (i64.load $own offset=24 (local.get $query)) (i64.load $codes offset=24 (local.get $at))))))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (local.set $query (i32.add (local.get $query) (i32.const 32)))
        (br_if $nextEight (i32.lt_u (local.get $query) (local.get $queryEnd))))
      (i32.store16 $own (local.get $out) (i32.wrap_i64 (local.get $sum)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (br_if $nextCode (i32.lt_u (local.get $out) (local.get $end)))))

  ;; The distance of the code at $at: eight words at a time, then pairs, and the last one of an odd number alone.
  (func $distance (param $at i32) (param $words i32) (result i32)
    (local $query i32) (local $end i32) (local $sum i64)
    (local.set $end (i32.shl (i32.shr_u (local.get $words) (i32.const 3)) (i32.const 5)))
    (block $done
      (br_if $done (i32.eqz (local.get $end)))
      (loop $next
        (local.set $sum (i64.add (local.get $sum)
          (i64.add
            (i64.add
              (i64.popcnt (i64.xor (i64.load $own (local.get $query)) (i64.load $codes (local.get $at))))
              (i64.popcnt (i64.xor (i64.load $own offset=8 (local.get $query)) (i64.load $codes offset=8 (local.get $at)))))
            (i64.add
              (i64.popcnt (i64.xor (i64.load $own offset=16 (local.get $query)) (i64.load $codes offset=16 (local.get $at))))
              (i64.popcnt (i64.xor (i64.load $own offset=24 (local.get $query)) (i64.load $codes offset=24 (local.get $at))))))))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (local.set $query (i32.add (local.get $query) (i32.const 32)))
        (br_if $next (i32.lt_u (local.get $query) (local.get $end)))))
    (local.set $end (i32.shl (i32.shr_u (local.get $words) (i32.const 1)) (i32.const 3)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $query) (local.get $end)))
        (local.set $sum (i64.add (local.get $sum)
          (i64.popcnt (i64.xor (i64.load $own (local.get $query)) (i64.load $codes (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (local.set $query (i32.add (local.get $query) (i32.const 8)))
        (br $next)))
    (if (i32.and (local.get $words) (i32.const 1))
      (then (local.set $sum (i64.add (local.get $sum)
        (i64.popcnt (i64.xor (i64.load32_u $own (local.get $query)) (i64.load32_u $codes (local.get $at))))))))
    (i32.wrap_i64 (local.get $sum)))

  ;; The distances of the codes whose numbers stand at $positions, the first code being at $first.
  (func (export "distancesAt")
    (param $first i32) (param $positions i32) (param $count i32) (param $words i32) (param $stride i32) (param $out i32)
    (local $end i32)
    (if (i32.eqz (local.get $count)) (then (return)))
    (local.set $end (i32.add (local.get $positions) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (i32.store16 $own (local.get $out)
        (call $distance
          (i32.add (local.get $first)
            (i32.mul (i32.load $own (local.get $positions)) (local.get $stride)))
          (local.get $words)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (local.set $positions (i32.add (local.get $positions) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $positions) (local.get $end)))))

  ;; Which of the $count distances at $from are below $limit: their numbers at $out; the result is how many.
  ;; Eight are looked at together, because hardly any is. What stands behind the last may be anything.
  (func (export "below") (param $from i32) (param $count i32) (param $limit i32) (param $out i32) (result i32)
    (local $number i32) (local $mask i32) (local $hit i32) (local $start i32) (local $limits v128)
    (local.set $start (local.get $out))
    (local.set $limits (i16x8.splat (local.get $limit)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $number) (local.get $count)))
        (local.set $mask
          (i16x8.bitmask (i16x8.lt_u (v128.load $own (local.get $from)) (local.get $limits))))
        (block $none
          (loop $more
            (br_if $none (i32.eqz (local.get $mask)))
            (local.set $hit (i32.add (local.get $number) (i32.ctz (local.get $mask))))
            (br_if $done (i32.ge_u (local.get $hit) (local.get $count)))
            (i32.store $own (local.get $out) (local.get $hit))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
            (br $more)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $number (i32.add (local.get $number) (i32.const 8)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $out) (local.get $start)) (i32.const 2))))
