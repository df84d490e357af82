"""Division of integers longer than a processor divides: bit by bit, in LLVM assembly, without a library."""

from __future__ import annotations


def division(size: int) -> str:
    """The function ``@divide_N(a, b)``: the quotient of long integers cut towards zero; ``b`` is positive."""
    kind = f"i{size}"
    return f"""
define internal {kind} @divide_{size}({kind} %a, {kind} %b) noinline {{
entry:
  %minus = icmp slt {kind} %a, 0
  %less = sub {kind} 0, %a
  %size = select i1 %minus, {kind} %less, {kind} %a
  %none = icmp eq {kind} %size, 0
  br i1 %none, label %nothing, label %start
nothing:
  ret {kind} 0
start:
  %blank = call {kind} @llvm.ctlz.{kind}({kind} %size, i1 true)
  %first = shl {kind} %size, %blank
  %bits = sub {kind} {size}, %blank
  %steps = trunc {kind} %bits to i32
  br label %loop
loop:
  %at = phi i32 [0, %start], [%next, %loop]
  %left = phi {kind} [%first, %start], [%shifted, %loop]
  %rest = phi {kind} [0, %start], [%kept, %loop]
  %found = phi {kind} [0, %start], [%more, %loop]
  %top = lshr {kind} %left, {size - 1}
  %shifted = shl {kind} %left, 1
  %doubled = shl {kind} %rest, 1
  %taken = or {kind} %doubled, %top
  %fits = icmp uge {kind} %taken, %b
  %reduced = sub {kind} %taken, %b
  %kept = select i1 %fits, {kind} %reduced, {kind} %taken
  %twice = shl {kind} %found, 1
  %one = zext i1 %fits to {kind}
  %more = or {kind} %twice, %one
  %next = add i32 %at, 1
  %again = icmp slt i32 %next, %steps
  br i1 %again, label %loop, label %done
done:
  %negative = sub {kind} 0, %more
  %whole = select i1 %minus, {kind} %negative, {kind} %more
  ret {kind} %whole
}}
declare {kind} @llvm.ctlz.{kind}({kind}, i1)
"""
