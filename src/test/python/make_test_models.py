#!/usr/bin/env python3
"""Makes the small ONNX models that the tests and the benchmark run.

    python3 src/test/python/make_test_models.py [--root DIRECTORY]

Every run gives the same bytes. Needs numpy and onnx. IR version 8, opset 15, ai.onnx.ml 1. N is a free batch axis named `batch`.

In src/test/resources/models:

identity-types.onnx    x_float, x_double, x_int64, x_int32, x_bool, x_string, each [N,1], unchanged as y_float ... y_string [N,1]:
                       one input and one output of each type that feature records have, too.
identity-small-types.onnx
                       the same with the types of 8 and 16 bits: x_float16, x_bfloat16, x_int16, x_int8, x_uint8.
embedding-lookup.onnx  id int64 [N] -> embedding float [N,4], row `id` of a table of 10 rows whose element (i, j) is i + j / 10. On the
                       CPU, ONNX Runtime fails the whole batch for an id outside -10..9: the model with a guilty record.
log-label.onnx         x float [N,1] -> score float [N,1] = log(x), label int64 [N] = 1 if score > 0, else 0. Negative x gives NaN,
                       zero gives -Inf: scores that are not numbers.
zipmap-int.onnx        x float [N,2] -> output_label int64 [N], output_probability sequence(map(int64, float)), keys 0 and 1:
                       a linear classifier as scikit-learn converters write it. P(1) = sigmoid(0.5 + x0 - 2 * x1).
zipmap-string.onnx     the same with the string labels `healthy` (0) and `unhealthy` (1).
zipmap-emoji.onnx      the same with labels beyond U+FFFF: `smile 😀` (0) and `ð 北京𠀀` (1).
fixed-batch.onnx       x float [4,2] -> y float [4,2] = max(x, 0): takes batches of four and no other.
reordered-rank.onnx    x float [N,2,3] -> y float [N], the sum of the six elements: input of rank 3, output of rank 1.

In src/test/resources/models/external-weights, as MLflow writes models whose weights lie in a second file:

model.onnx, weights/w, MLmodel    x float [N,1] -> y float [N,1] = 3 * x; the factor is in the file weights/w.

In src/test/resources/models/bench-mlp-30:

model.onnx, MLmodel    features float [N,30] -> score float [N,1], an MLP 30-64-32-1 (ReLU, sigmoid) with random weights. It
                       has learned nothing; it serves to measure throughput.

In src/test/resources/models/bench-mlp-200:

model.onnx, MLmodel    features float [N,200], NaN where missing -> score float [N,1], an MLP 200-32-1 (ReLU, sigmoid) with random
                       weights, behind zeros for what is missing.

In src/test/resources/models/bench-conv-32:

model.onnx, MLmodel    image float [N,3,32,32] -> scores float [N,10], two convolutions of 3 by 3 with stride 2 (3-8-16 channels, ReLU),
                       the mean of each channel and a layer 16-10, with random weights.
"""
import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BATCH = "batch"
WIDTH = 30


def value(name, element_type, *shape):
    return helper.make_tensor_value_info(name, element_type, shape)


def constant(name, array):
    return numpy_helper.from_array(array, name)


def save(path, nodes, inputs, outputs, constants=(), full_check=True):
    graph = helper.make_graph(nodes, path.stem, inputs, outputs, constants)
    has_map = any(node.op_type == "ZipMap" for node in nodes)
    opsets = [helper.make_opsetid("", 15)] + [helper.make_opsetid("ai.onnx.ml", 1)] * has_map
    model = helper.make_model(graph, producer_name="sluice", opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model, full_check=full_check and not has_map)  # the full check knows no type of a map
    path.write_bytes(model.SerializeToString(deterministic=True))


def identity_types(path, *names):
    types = {name: TensorProto.DataType.Value(name.upper()) for name in names}
    save(path,
         [helper.make_node("Identity", ["x_" + name], ["y_" + name]) for name in types],
         [value("x_" + name, element_type, BATCH, 1) for name, element_type in types.items()],
         [value("y_" + name, element_type, BATCH, 1) for name, element_type in types.items()])


def embedding_lookup(path):
    table = (np.arange(10)[:, None] + np.arange(4) / 10).astype(np.float32)
    save(path,
         [helper.make_node("Gather", ["table", "id"], ["embedding"], axis=0)],
         [value("id", TensorProto.INT64, BATCH)],
         [value("embedding", TensorProto.FLOAT, BATCH, 4)],
         [constant("table", table)])


def log_label(path):
    save(path,
         [helper.make_node("Log", ["x"], ["score"]),
          helper.make_node("Greater", ["score", "zero"], ["positive"]),
          helper.make_node("Squeeze", ["positive", "axes"], ["flat"]),
          helper.make_node("Cast", ["flat"], ["label"], to=TensorProto.INT64)],
         [value("x", TensorProto.FLOAT, BATCH, 1)],
         [value("score", TensorProto.FLOAT, BATCH, 1), value("label", TensorProto.INT64, BATCH)],
         [constant("zero", np.float32([0])), constant("axes", np.int64([1]))])


def zipmap_nodes(key_type, label_attributes, labels):
    """The nodes from `x` on, and the output of scores. `label_attributes` are the last words of the attributes that hold the labels, of the classifier and of the map."""
    classifier_labels, map_labels = label_attributes
    probability = onnx.ValueInfoProto(name="output_probability")
    probability_map = probability.type.sequence_type.elem_type.map_type
    probability_map.key_type = key_type
    probability_map.value_type.tensor_type.elem_type = TensorProto.FLOAT
    probability_map.value_type.tensor_type.shape.SetInParent()
    nodes = [helper.make_node("LinearClassifier", ["x"], ["output_label", "scores"], domain="ai.onnx.ml",
                              coefficients=[-1.0, 2.0, 1.0, -2.0], intercepts=[-0.5, 0.5], multi_class=0,
                              post_transform="LOGISTIC", **{"classlabels_" + classifier_labels: labels}),
             helper.make_node("Normalizer", ["scores"], ["probabilities"], domain="ai.onnx.ml", norm="L1"),
             helper.make_node("ZipMap", ["probabilities"], ["output_probability"], domain="ai.onnx.ml",
                              **{"classlabels_" + map_labels: labels})]
    return nodes, probability


def zipmap(path, key_type, label_attributes, labels):
    nodes, probability = zipmap_nodes(key_type, label_attributes, labels)
    save(path, nodes, [value("x", TensorProto.FLOAT, BATCH, 2)], [value("output_label", key_type, BATCH), probability])


def fixed_batch(path):
    save(path,
         [helper.make_node("Relu", ["x"], ["y"])],
         [value("x", TensorProto.FLOAT, 4, 2)],
         [value("y", TensorProto.FLOAT, 4, 2)])


def reordered_rank(path):
    save(path,
         [helper.make_node("ReduceSum", ["x", "axes"], ["y"], keepdims=0)],
         [value("x", TensorProto.FLOAT, BATCH, 2, 3)],
         [value("y", TensorProto.FLOAT, BATCH)],
         [constant("axes", np.int64([1, 2]))])


def external_weights(directory):
    factor = constant("w", np.float32([3]))
    onnx.external_data_helper.set_external_data(factor, location="weights/w")
    factor.ClearField("raw_data")
    (directory / "weights").mkdir(exist_ok=True)
    (directory / "weights/w").write_bytes(np.float32([3]).tobytes())
    graph = helper.make_graph([helper.make_node("Mul", ["x", "w"], ["y"])], "model",
                              [value("x", TensorProto.FLOAT, BATCH, 1)], [value("y", TensorProto.FLOAT, BATCH, 1)], [factor])
    model = helper.make_model(graph, producer_name="sluice", opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    (directory / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (directory / "MLmodel").write_text("""\
flavors:
  onnx:
    data: model.onnx
metadata:
  name: external-weights
  version: '1'
""")


def layers(random, sizes, tensor, output, last):
    """The dense layers from a tensor to the output: ReLU between them, and behind the last what it says."""
    nodes, constants = [], []
    for layer, (rows, columns) in enumerate(zip(sizes, sizes[1:])):
        weights = random.randn(rows, columns) * np.sqrt(2 / rows)
        constants += [constant(f"weight{layer}", weights.astype(np.float32)),
                      constant(f"bias{layer}", np.zeros(columns, np.float32))]
        is_last = layer == len(sizes) - 2
        linear = output if is_last and last is None else f"linear{layer}"
        nodes.append(helper.make_node("Gemm", [tensor, f"weight{layer}", f"bias{layer}"], [linear]))
        tensor = output if is_last else f"hidden{layer}"
        if linear != output:
            nodes.append(helper.make_node(last if is_last else "Relu", [linear], [tensor]))
    return nodes, constants


def bench_package(directory, algorithm, features, inputs, outputs, nodes, constants):
    """Writes model.onnx and MLmodel; inputs and outputs are of floats, pairs of a name and the dimensions of a row."""
    path = directory / "model.onnx"
    save(path, nodes, *([value(name, TensorProto.FLOAT, BATCH, *shape) for name, *shape in side] for side in (inputs, outputs)), constants)

    def spec(side):
        return json.dumps([{"name": name, "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, *shape]}} for name, *shape in side])

    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    order = "  feature_order:\n" + "".join(f"    - {name}\n" for name in features) if features else ""
    (directory / "MLmodel").write_text(f"""\
flavors:
  onnx:
    code: null
    data: model.onnx
    onnx_session_options: null
    onnx_version: '{onnx.__version__}'
    providers:
    - CUDAExecutionProvider
    - CPUExecutionProvider
metadata:
  algorithm: {algorithm}
{order}  model_sha256: '{sha256}'
  name: {directory.name}
  task: measuring throughput; the scores mean nothing
  version: '1'
model_uuid: '{sha256[:32]}'
signature:
  inputs: '{spec(inputs)}'
  outputs: '{spec(outputs)}'
  params: null
""")


def bench_mlp(directory):
    nodes, constants = layers(np.random.RandomState(7), [WIDTH, 64, 32, 1], "features", "score", "Sigmoid")
    bench_package(directory, "MLP 30-64-32-1 with random weights", [f"f{index:02d}" for index in range(WIDTH)],
                  [("features", WIDTH)], [("score", 1)], nodes, constants)


def bench_mlp_200(directory):
    nodes, constants = layers(np.random.RandomState(8), [200, 32, 1], "present", "score", "Sigmoid")
    impute = [helper.make_node("IsNaN", ["features"], ["missing"]),
              helper.make_node("Where", ["missing", "zero", "features"], ["present"])]
    bench_package(directory, "MLP 200-32-1 with random weights, zeros for missing values", [f"f{index:03d}" for index in range(200)],
                  [("features", 200)], [("score", 1)], impute + nodes, [constant("zero", np.float32([0]))] + constants)


def bench_conv(directory):
    random, nodes, constants, tensor = np.random.RandomState(9), [], [], "image"
    for layer, (before, after) in enumerate([(3, 8), (8, 16)]):
        kernel = random.randn(after, before, 3, 3) * np.sqrt(2 / (9 * before))
        constants.append(constant(f"kernel{layer}", kernel.astype(np.float32)))
        nodes += [helper.make_node("Conv", [tensor, f"kernel{layer}"], [f"filtered{layer}"], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
                  helper.make_node("Relu", [f"filtered{layer}"], [f"channels{layer}"])]
        tensor = f"channels{layer}"
    nodes += [helper.make_node("GlobalAveragePool", [tensor], ["means"]), helper.make_node("Flatten", ["means"], ["flat"], axis=1)]
    dense, weights = layers(random, [16, 10], "flat", "scores", None)
    bench_package(directory, "two convolutions and a dense layer with random weights", [],
                  [("image", 3, 32, 32)], [("scores", 10)], nodes + dense, constants + weights)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[3], help="root of the project")
    root = parser.parse_args().root
    models = root / "src/test/resources/models"
    bench = [models / name for name in ("bench-mlp-30", "bench-mlp-200", "bench-conv-32")]
    external = models / "external-weights"
    for directory in (models, external, *bench):
        directory.mkdir(parents=True, exist_ok=True)

    identity_types(models / "identity-types.onnx", "float", "double", "int64", "int32", "bool", "string")
    identity_types(models / "identity-small-types.onnx", "float16", "bfloat16", "int16", "int8", "uint8")
    embedding_lookup(models / "embedding-lookup.onnx")
    log_label(models / "log-label.onnx")
    zipmap(models / "zipmap-int.onnx", TensorProto.INT64, ("ints", "int64s"), [0, 1])
    zipmap(models / "zipmap-string.onnx", TensorProto.STRING, ("strings", "strings"), ["healthy", "unhealthy"])
    zipmap(models / "zipmap-emoji.onnx", TensorProto.STRING, ("strings", "strings"), ["smile 😀", "ð 北京𠀀"])
    fixed_batch(models / "fixed-batch.onnx")
    reordered_rank(models / "reordered-rank.onnx")
    external_weights(external)
    bench_mlp(bench[0])
    bench_mlp_200(bench[1])
    bench_conv(bench[2])


if __name__ == "__main__":
    main()
