#!/usr/bin/env python3
"""Makes the small ONNX models that the tests of the runtime itself run: sizes of runs, time, memory.

    python3 src/test/python/make_runtime_models.py

Every run gives the same bytes. Needs numpy and onnx. In src/test/resources/models/runtime:

fixed-types.onnx   x_float, x_string, each [3,1], unchanged as y_float, y_string [3,1]: takes batches of three and no other.
fixed-zipmap.onnx  x float [3,2] -> output_label int64 [3], output_probability sequence(map(int64, float)): as zipmap-int.onnx.
spin.onnx          x float [N,1] -> y float [N,1] = x, after a loop of max(x) steps of some nodes each: takes as long as x says,
                   and can be terminated between two steps.
endless.onnx       x float [N,1] -> y float [N,1] = x, after 2^62 such steps, whatever x is.
one-kernel.onnx    x float [N,1] -> y float [N,1] = x, after the product of two square matrices of integers with max(x) rows: a single node that
                   takes as long as x says, and cannot be terminated.
exhaust.onnx       x float [N,1] -> y float [N,1] = x, after a tensor of 2^48 bytes, which no allocator gives, if N > 2 or an x is
                   negative, else of 4.
exhaust-neutral.onnx  the same, if N > 2 or an x is less than 0.5: neutral rows as well.
exhaust-unproven.onnx  the same as exhaust.onnx, for whole x whose amount is 1 to 20: others, such as neutral rows, are refused.
widths.onnx        x float [N,1] -> y float [N,2] as declared, but [N,max(x)] of columns x in truth.
one-row.onnx       x float [N,1] -> y float [N,1] as declared, but the mean of the batch, [1,1], in truth.
quantised.onnx     x float [N,2] -> y float [N,2], quantised to 8 bits with the scale of the batch (DynamicQuantizeLinear) and back.
"""
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from make_test_models import BATCH, constant, save, value, zipmap_nodes

FLOAT, INT64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


def fixed_types(path):
    types = {"float": FLOAT, "string": TensorProto.STRING}
    save(path,
         [helper.make_node("Identity", ["x_" + name], ["y_" + name]) for name in types],
         [value("x_" + name, element_type, 3, 1) for name, element_type in types.items()],
         [value("y_" + name, element_type, 3, 1) for name, element_type in types.items()])


def fixed_zipmap(path):
    nodes, probability = zipmap_nodes(INT64, ("ints", "int64s"), [0, 1])
    save(path, nodes, [value("x", FLOAT, 3, 2)], [value("output_label", INT64, 3), probability])


def step():
    return helper.make_graph(
        [helper.make_node("Mul", ["state", "factor"], ["grown"]),
         helper.make_node("Sin", ["grown"], ["next"]),
         helper.make_node("Identity", ["condition"], ["goes_on"])],
        "step",
        [value("step", INT64), value("condition", BOOL), value("state", FLOAT)],
        [value("goes_on", BOOL), value("next", FLOAT)])


def endless(path):
    save(path,
         [helper.make_node("Loop", ["steps", "true", "one"], ["end"], body=step()),
          helper.make_node("Mul", ["end", "zero"], ["nothing"]),
          helper.make_node("Add", ["x", "nothing"], ["y"])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 1)],
         [constant("true", np.bool_(True)), constant("one", np.float32(1)), constant("zero", np.float32(0)),
          constant("factor", np.float32(1.25)), constant("steps", np.int64(1 << 62))])


def spin(path):
    save(path,
         [helper.make_node("ReduceMax", ["x"], ["most"], keepdims=0),
          helper.make_node("Cast", ["most"], ["steps"], to=INT64),
          helper.make_node("Loop", ["steps", "true", "one"], ["end"], body=step()),
          helper.make_node("Mul", ["end", "zero"], ["nothing"]),
          helper.make_node("Add", ["x", "nothing"], ["y"])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 1)],
         [constant("true", np.bool_(True)), constant("one", np.float32(1)), constant("zero", np.float32(0)),
          constant("factor", np.float32(1.25))])


def one_kernel(path):
    save(path,
         [helper.make_node("ReduceMax", ["x"], ["most"], keepdims=0),
          helper.make_node("Cast", ["most"], ["rows"], to=INT64),
          helper.make_node("Expand", ["rows", "two"], ["square"]),
          helper.make_node("ConstantOfShape", ["square"], ["matrix"], value=constant("", np.int64([0]))),
          helper.make_node("MatMul", ["matrix", "matrix"], ["product"]),
          helper.make_node("ReduceSum", ["product"], ["sum"], keepdims=0),
          helper.make_node("Cast", ["sum"], ["nothing"], to=FLOAT),
          helper.make_node("Add", ["x", "nothing"], ["y"])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 1)],
         [constant("two", np.int64([2]))])


def exhaust(path, least=0.0, more=((), ())):
    save(path,
         [helper.make_node("Shape", ["x"], ["shape"]),
          helper.make_node("ReduceMax", ["shape"], ["rows"]),
          helper.make_node("Greater", ["rows", "two"], ["many"]),
          helper.make_node("ReduceMin", ["x"], ["least"], keepdims=0),
          helper.make_node("Less", ["least", "zero"], ["negative"]),
          helper.make_node("Or", ["many", "negative"], ["huge"]),
          helper.make_node("Where", ["huge", "terabytes", "one"], ["size"]),
          helper.make_node("ConstantOfShape", ["size"], ["filling"]),
          helper.make_node("ReduceMax", ["filling"], ["nothing"], keepdims=0),
          *more[0],
          helper.make_node("Add", ["known" if more[0] else "x", "nothing"], ["y"])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 1)],
         [constant("two", np.int64(2)), constant("zero", np.float32(least)), constant("one", np.int64([1])),
          constant("terabytes", np.int64([1 << 46])), *more[1]])


def exhaust_neutral(path):
    exhaust(path, least=0.5)


def exhaust_unproven(path):
    exhaust(path, more=(
        [helper.make_node("Abs", ["x"], ["amount"]),
         helper.make_node("Cast", ["amount"], ["whole"], to=INT64),
         helper.make_node("Sub", ["whole", "beyond"], ["index"]),
         helper.make_node("Gather", ["table", "index"], ["found"]),
         helper.make_node("Add", ["x", "found"], ["known"])],
        [constant("beyond", np.int64(11)), constant("table", np.zeros(10, np.float32))]))


def widths(path):
    save(path,
         [helper.make_node("Shape", ["x"], ["shape"]),
          helper.make_node("Slice", ["shape", "from", "to"], ["rows"]),
          helper.make_node("ReduceMax", ["x"], ["most"], keepdims=0),
          helper.make_node("Cast", ["most"], ["number"], to=INT64),
          helper.make_node("Unsqueeze", ["number", "from"], ["width"]),
          helper.make_node("Concat", ["rows", "width"], ["answered"], axis=0),
          helper.make_node("Expand", ["x", "answered"], ["y"])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 2)],
         [constant("from", np.int64([0])), constant("to", np.int64([1]))])


def one_row(path):
    save(path,
         [helper.make_node("ReduceMean", ["x"], ["y"], axes=[0])],
         [value("x", FLOAT, BATCH, 1)],
         [value("y", FLOAT, BATCH, 1)], full_check=False)


def quantised(path):
    save(path,
         [helper.make_node("DynamicQuantizeLinear", ["x"], ["small", "scale", "zero_point"]),
          helper.make_node("DequantizeLinear", ["small", "scale", "zero_point"], ["y"])],
         [value("x", FLOAT, BATCH, 2)],
         [value("y", FLOAT, BATCH, 2)])


def main():
    models = Path(__file__).resolve().parents[1] / "resources/models/runtime"
    models.mkdir(parents=True, exist_ok=True)
    for make in (fixed_types, fixed_zipmap, spin, endless, one_kernel, exhaust, exhaust_neutral, exhaust_unproven, widths,
                 one_row, quantised):
        make(models / (make.__name__.replace("_", "-") + ".onnx"))


if __name__ == "__main__":
    main()
