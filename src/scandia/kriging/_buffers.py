"""Working space as the kernels see it, bare addresses; and how kernels are compiled.

An array travels through compiled code as nine numbers, a buffer as one. With some fifty arrays handed from kernel to kernel
that is what compilation and calls cost.
"""

import operator

from numba import njit, types
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

# No kernel allocates or owns an array, so none counts references, and each stands where it is called: references and arguments
# took longer than the search. Division by zero gives what IEEE says. No fast-math: a sum is added in the order in which it is
# written.
OPTIONS = {"nogil": True, "_nrt": False, "error_model": "numpy"}
INNER = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # called from compiled code only
kernel = njit(forceinline=True, **INNER)
large_kernel = njit(**INNER)  # one that stands once, because it is called from many places


class BufferType(types.Type):
    """Numba type of the address of a row of numbers."""

    def __init__(self, dtype):
        self.dtype = dtype
        super().__init__(name=f"buffer({dtype})")


@register_model(BufferType)
class BufferModel(models.PrimitiveModel):
    """A pointer to the first number."""

    def __init__(self, manager, numba_type):
        super().__init__(manager, numba_type, manager.lookup(numba_type.dtype).get_data_type().as_pointer())


@infer_global(operator.getitem)
class GetItem(AbstractTemplate):
    """Type of ``buffer[i]``."""

    def generic(self, args, _kws):
        """Number of a buffer and an integer."""
        if isinstance(args[0], BufferType) and isinstance(args[1], types.Integer):
            return signature(args[0].dtype, args[0], types.intp)
        return None


@infer_global(operator.setitem)
class SetItem(AbstractTemplate):
    """Type of ``buffer[i] = number``."""

    def generic(self, args, _kws):
        """Nothing of a buffer, an integer and a number."""
        if isinstance(args[0], BufferType) and isinstance(args[1], types.Integer):
            return signature(types.none, args[0], types.intp, args[0].dtype)
        return None


@lower_builtin(operator.getitem, BufferType, types.Integer)
def _get(_context, builder, _signature, arguments):
    return builder.load(builder.gep(arguments[0], [arguments[1]]))


@lower_builtin(operator.setitem, BufferType, types.Integer, types.Any)
def _set(context, builder, _signature, arguments):
    builder.store(arguments[2], builder.gep(arguments[0], [arguments[1]]))
    return context.get_dummy_value()


@intrinsic
def behind(_typing, buffer, _place):
    """The same buffer from a place on."""

    def generate(_context, builder, _signature, arguments):
        return builder.gep(arguments[0], [arguments[1]])

    return buffer(buffer, types.intp), generate


@intrinsic
def buffers(_typing, arrays):
    """A named tuple like ``arrays``, of contiguous arrays, in which each is a flat buffer. The arrays must live as long."""
    kinds = [BufferType(kind.dtype) for kind in arrays.types]
    result = types.NamedTuple(kinds, arrays.instance_class)

    def generate(context, builder, signature, arguments):
        parts = []
        for number, kind in enumerate(signature.args[0].types):
            array = builder.extract_value(arguments[0], number)
            parts.append(context.make_array(kind)(context, builder, array).data)
        return context.make_tuple(builder, signature.return_type, parts)

    return result(arrays), generate
