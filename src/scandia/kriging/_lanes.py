"""Eight numbers at a time: a compiled type whose arithmetic acts on eight targets at once, each lane for itself.

LLVM turns a vector of eight doubles into whatever the processor has, from one 512-bit register to four of 128 bits. Each lane
goes through the same IEEE operations everywhere, so its bits depend neither on the processor nor on what stands in the other
lanes. Plain loops over eight numbers were tried: the compiler vectorises some of them, and which ones changes with every edit.
"""

import operator

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

from scandia.kriging._buffers import BufferType, kernel

LANES = 8
WORD, INDEX = ir.IntType(64), ir.IntType(32)
VECTOR, WORDS = ir.VectorType(ir.DoubleType(), LANES), ir.VectorType(WORD, LANES)


class LanesType(types.Type):
    """Numba type of eight doubles."""


lanes = LanesType(name="lanes8")


@register_model(LanesType)
class LanesModel(models.PrimitiveModel):
    """Eight doubles are one LLVM vector."""

    def __init__(self, manager, numba_type):
        super().__init__(manager, numba_type, VECTOR)


def _address(builder, arguments):
    return builder.bitcast(builder.gep(arguments[0], [arguments[1]]), VECTOR.as_pointer())


@intrinsic
def load(_typing, buffer, place):
    """Lanes of the eight numbers of a buffer from ``place`` on."""
    if not isinstance(buffer, BufferType) or buffer.dtype != types.float64:
        return None

    def generate(_context, builder, _signature, arguments):
        return builder.load(_address(builder, arguments), align=8)

    return lanes(buffer, types.intp), generate


@intrinsic
def store(_typing, buffer, place, value):
    """Nothing; writes lanes to the eight numbers of a buffer from ``place`` on."""
    if not isinstance(buffer, BufferType) or buffer.dtype != types.float64:
        return None

    def generate(context, builder, _signature, arguments):
        builder.store(arguments[2], _address(builder, arguments), align=8)
        return context.get_dummy_value()

    return types.void(buffer, types.intp, lanes), generate


@intrinsic
def splat(_typing, _number):
    """Lanes that all hold one number."""

    def generate(_context, builder, _signature, arguments):
        nothing = ir.Constant(VECTOR, ir.Undefined)
        one = builder.insert_element(nothing, arguments[0], ir.Constant(INDEX, 0))
        return builder.shuffle_vector(one, nothing, ir.Constant(ir.VectorType(INDEX, LANES), [0] * LANES))

    return lanes(types.float64), generate


def _of_llvm(name, count):
    """Generator that calls an LLVM intrinsic on ``count`` vectors."""

    def generate(_context, builder, _signature, arguments):
        kind = ir.FunctionType(VECTOR, [VECTOR] * count)
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), list(arguments))

    return generate


@intrinsic
def fma(_typing, _a, _b, _c):
    """``a b + c``, rounded once."""
    return lanes(lanes, lanes, lanes), _of_llvm("llvm.fma.v8f64", 3)


@intrinsic
def square_root(_typing, _a):
    """Square root, by the processor's own instruction."""
    return lanes(lanes), _of_llvm("llvm.sqrt.v8f64", 1)


@intrinsic
def round_to_integer(_typing, _a):
    """Nearest integer, ties to the even one."""
    return lanes(lanes), _of_llvm("llvm.rint.v8f64", 1)


class Arithmetic(AbstractTemplate):
    """Type of ``a + b`` and the like, of lanes."""

    def generic(self, args, _kws):
        """Lanes of two lanes."""
        return signature(lanes, lanes, lanes) if args == (lanes, lanes) else None


def _arithmetic(symbol, operation):
    infer_global(symbol)(type("Arithmetic", (Arithmetic,), {"key": symbol}))

    @lower_builtin(symbol, lanes, lanes)
    def generate(_context, builder, _signature, arguments):
        return getattr(builder, operation)(*arguments)


for _symbol, _operation in ((operator.add, "fadd"), (operator.sub, "fsub"), (operator.mul, "fmul"), (operator.truediv, "fdiv")):
    _arithmetic(_symbol, _operation)


@intrinsic
def negative(_typing, _a):
    """``-a``, which LLVM draws into the `fma` that uses it."""

    def generate(_context, builder, _signature, arguments):
        return builder.fneg(arguments[0])

    return lanes(lanes), generate


@intrinsic
def choose_where_above(_typing, _a, _b, _yes, _no):
    """``yes`` in the lanes where ``a > b``, ``no`` elsewhere, also where either is not a number."""

    def generate(_context, builder, _signature, arguments):
        a, b, yes, no = arguments
        return builder.select(builder.fcmp_ordered(">", a, b), yes, no)

    return lanes(lanes, lanes, lanes, lanes), generate


@kernel
def least(a, b):
    """Smaller of two, lane by lane."""
    return choose_where_above(a, b, b, a)


@intrinsic
def _first_guess(_typing, _a):
    """About ``1 / sqrt(a)``, to 3.4 %: half the exponent, taken from a constant, by integer arithmetic."""

    def generate(_context, builder, _signature, arguments):
        half = builder.lshr(builder.bitcast(arguments[0], WORDS), ir.Constant(WORDS, [1] * LANES))
        guess = builder.sub(ir.Constant(WORDS, [0x5FE6EB50C7B537A9] * LANES), half)
        return builder.bitcast(guess, VECTOR)

    return lanes(lanes), generate


@intrinsic
def scale_by_power_of_two(_typing, _a, _n):
    """``a 2^n`` for integers ``n`` that keep the exponent in range."""

    def generate(_context, builder, _signature, arguments):
        exponent = builder.shl(builder.fptosi(arguments[1], WORDS), ir.Constant(WORDS, [52] * LANES))
        return builder.bitcast(builder.add(builder.bitcast(arguments[0], WORDS), exponent), VECTOR)

    return lanes(lanes, lanes), generate


@intrinsic
def mantissa_of(_typing, _a):
    """Positive normal numbers divided by the power of two that brings them between 1 and 2."""

    def generate(_context, builder, _signature, arguments):
        digits = builder.and_(builder.bitcast(arguments[0], WORDS), ir.Constant(WORDS, [(1 << 52) - 1] * LANES))
        return builder.bitcast(builder.or_(digits, ir.Constant(WORDS, [1023 << 52] * LANES)), VECTOR)

    return lanes(lanes), generate


@intrinsic
def exponent_of(_typing, _a):
    """That power, as a number."""

    def generate(_context, builder, _signature, arguments):
        biased = builder.lshr(builder.bitcast(arguments[0], WORDS), ir.Constant(WORDS, [52] * LANES))
        return builder.sitofp(builder.sub(biased, ir.Constant(WORDS, [1023] * LANES)), VECTOR)

    return lanes(lanes), generate


@kernel
def root(a):
    """Square root to the last digit or the one beside it, by multiplications only.

    Two steps of Householder's third-order iteration for ``1 / sqrt(a)`` and one Newton step for the root. Processors divide and
    take roots in a unit of its own: work that alternates between `square_root` and this one keeps both units busy.
    """
    y = _first_guess(a)
    for _ in range(2):
        error = fma(negative(a * y), y, splat(1.0))
        y = fma(y * error, fma(splat(0.375), error, splat(0.5)), y)
    h = a * y
    return fma(fma(negative(h), h, a), splat(0.5) * y, h)


@kernel
def exponential(a):
    """``exp(a)`` for ``a <= 700``, to about one unit in the last place; 0 below -700.

    ``a = n ln 2 + r`` with ``|r| <= ln 2 / 2`` and Taylor's polynomial for ``exp(r)``. The C library's function was refused:
    its last digit changes with the version and the processor.
    """
    a = choose_where_above(a, splat(-745.0), a, splat(-745.0))
    n = round_to_integer(a * splat(1.4426950408889634))
    r = fma(n, splat(-1.9082149292705877e-10), fma(n, splat(-0.6931471803691238), a))
    p = splat(1.0 / 6227020800.0)
    p = fma(p, r, splat(1.0 / 479001600.0))
    p = fma(p, r, splat(1.0 / 39916800.0))
    p = fma(p, r, splat(1.0 / 3628800.0))
    p = fma(p, r, splat(1.0 / 362880.0))
    p = fma(p, r, splat(1.0 / 40320.0))
    p = fma(p, r, splat(1.0 / 5040.0))
    p = fma(p, r, splat(1.0 / 720.0))
    p = fma(p, r, splat(1.0 / 120.0))
    p = fma(p, r, splat(1.0 / 24.0))
    p = fma(p, r, splat(1.0 / 6.0))
    p = fma(p, r, splat(0.5))
    p = fma(p, r, splat(1.0))
    p = fma(p, r, splat(1.0))
    return choose_where_above(a, splat(-700.0), scale_by_power_of_two(p, n), splat(0.0))


@kernel
def logarithm(a):
    """Natural logarithm of positive normal numbers, to about one unit in the last place.

    ``a = 2^n m`` with ``m`` between 0.7 and 1.4, ``ln m = 2 artanh((m - 1) / (m + 1))`` by its series.
    """
    m, n = mantissa_of(a), exponent_of(a)
    n = choose_where_above(m, splat(1.4142135623730951), n + splat(1.0), n)
    m = choose_where_above(m, splat(1.4142135623730951), splat(0.5) * m, m)
    f = (m - splat(1.0)) / (m + splat(1.0))
    square = f * f
    total = splat(1.0 / 23.0)
    for k in range(10, 0, -1):
        total = fma(total, square, splat(1.0 / (2.0 * k + 1.0)))
    small = fma(f * square * splat(2.0), total, n * splat(1.9082149292705877e-10))
    return fma(n, splat(0.6931471803691238), fma(splat(2.0), f, small))


@kernel
def power(a, b):
    """``a`` to the power of ``b``, for ``a`` not below 0 and ``b`` above 0; 0 where ``a`` is below 1e-300, never above 1e304.

    The C library's function was refused: its last digit changes with the version and the processor.
    """
    bounded = choose_where_above(a, splat(1e-300), a, splat(1e-300))
    return choose_where_above(a, splat(1e-300), exponential(least(b * logarithm(bounded), splat(700.0))), splat(0.0))
