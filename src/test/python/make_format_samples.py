#!/usr/bin/env python3
"""Makes small models in formats that are not ONNX, each by the library whose format it is, to see them recognised.

    python3 src/test/python/make_format_samples.py [--root DIRECTORY]

Writes to src/test/resources/formats. A library that is not installed is left out, and its samples stay as they are. The samples in
the repository were made with scikit-learn 1.9.1, joblib 1.6.0, LightGBM 4.7.0, safetensors 0.8.0, TensorFlow 2.21.0, Keras 3.15.1
(Python 3.11) and PyTorch 1.13 (Debian 12). The models have learned next to nothing; only their containers matter.

logreg-p0.pkl ... logreg-p5.pkl   a LogisticRegression, pickled with protocol 0 to 5
forest.joblib, .z, .gz, ...       a RandomForestClassifier, dumped by joblib, plain and in each of its compressions
pipeline.pkl                      a Pipeline of StandardScaler and LogisticRegression
dict.pkl                          a dictionary of numbers: a pickle that is no model
lightgbm.txt, lightgbm.pkl        an LGBMClassifier, as its own text and as a pickle
weights.safetensors               two tensors
saved-model/                      a tf.Module with the signatures serving_default and explain
saved-model-v1/                   a graph of TensorFlow 1 whose only signature is score_rows
frozen.pb                         the first of them as a frozen GraphDef
model.tflite                      ... and as TensorFlow Lite
model.keras, model.h5             a Keras model of one layer
state-dict.pt, module.pt          PyTorch: torch.save of weights, and of a module
checkpoint.pt                     PyTorch: a dictionary of epoch, weights and an optimizer's state
script.pt                         PyTorch: torch.jit.save
legacy-state-dict.pt, -module.pt  PyTorch: the format before 1.6
program.pt2                       PyTorch: torch.export.save
"""
import argparse
import pickle
import shutil
import zipfile
from pathlib import Path

import numpy as np

ROWS = np.random.RandomState(7).randn(40, 3)
LABELS = (ROWS.sum(axis=1) > 0).astype(int)


def sklearn_samples(out):
    import joblib
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    logreg = LogisticRegression().fit(ROWS, LABELS)
    for protocol in range(6):
        (out / f"logreg-p{protocol}.pkl").write_bytes(pickle.dumps(logreg, protocol))
    forest = RandomForestClassifier(n_estimators=2, max_depth=2, random_state=7).fit(ROWS, LABELS)
    joblib.dump(forest, out / "forest.joblib")
    for extension in ("z", "gz", "bz2", "xz", "lzma", "lz4"):
        joblib.dump(forest, out / f"forest.joblib.{extension}", compress=3 if extension != "lz4" else ("lz4", 3))
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(ROWS, LABELS)
    (out / "pipeline.pkl").write_bytes(pickle.dumps(pipeline))
    (out / "dict.pkl").write_bytes(pickle.dumps({"threshold": 0.5, "names": ["a", "b"]}))


def lightgbm_samples(out):
    import lightgbm

    model = lightgbm.LGBMClassifier(n_estimators=2, num_leaves=3, min_child_samples=5, verbose=-1).fit(ROWS, LABELS)
    model.booster_.save_model(out / "lightgbm.txt")
    (out / "lightgbm.pkl").write_bytes(pickle.dumps(model))


def safetensors_samples(out):
    from safetensors.numpy import save_file

    save_file({"weight": np.ones((3, 1), np.float32), "bias": np.zeros(1, np.float32)}, out / "weights.safetensors")


def tensorflow_samples(out):
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    class Scorer(tf.Module):
        def __init__(self):
            self.weight = tf.Variable(tf.ones((3, 1)))

        @tf.function(input_signature=[tf.TensorSpec((None, 3), tf.float32, name="features")])
        def score(self, features):
            return {"score": tf.sigmoid(features @ self.weight)}

        @tf.function(input_signature=[tf.TensorSpec((None,), tf.string, name="text"), tf.TensorSpec((None,), tf.int64, name="id")])
        def explain(self, text, id):
            return {"length": tf.strings.length(text), "double": 2 * id}

    scorer = Scorer()
    shutil.rmtree(out / "saved-model", ignore_errors=True)
    tf.saved_model.save(scorer, str(out / "saved-model"),
                        signatures={"explain": scorer.explain, "serving_default": scorer.score})
    frozen = convert_variables_to_constants_v2(scorer.score.get_concrete_function())
    (out / "frozen.pb").write_bytes(frozen.graph.as_graph_def().SerializeToString(deterministic=True))
    converter = tf.lite.TFLiteConverter.from_concrete_functions([scorer.score.get_concrete_function()], scorer)
    (out / "model.tflite").write_bytes(converter.convert())

    v1 = tf.compat.v1
    shutil.rmtree(out / "saved-model-v1", ignore_errors=True)
    with v1.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float64, (None, 3), name="x")
        y = tf.reduce_sum(x, axis=1, name="y")
        builder = v1.saved_model.Builder(str(out / "saved-model-v1"))
        signature = v1.saved_model.predict_signature_def({"rows": x}, {"sum": y})
        builder.add_meta_graph_and_variables(session, ["serve"], signature_def_map={"score_rows": signature})
        builder.save()


def keras_samples(out):
    import keras

    model = keras.Sequential([keras.Input((3,), name="features"), keras.layers.Dense(1, activation="sigmoid")])
    model.save(out / "model.keras")
    model.save(out / "model.h5")


def without_debug_records(path):
    """Drops the records that hold PyTorch's source code and the paths of its files."""
    with zipfile.ZipFile(path) as archive:
        kept = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in kept:
            archive.writestr(zipfile.ZipInfo(name), content)


def torch_samples(out):
    import torch

    torch.manual_seed(7)
    module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    torch.save(module.state_dict(), out / "state-dict.pt")
    torch.save(module, out / "module.pt")
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.zeros(1, 3)).sum().backward()
    optimizer.step()
    torch.save({"epoch": 3, "model": module.state_dict(), "optimizer": optimizer.state_dict()}, out / "checkpoint.pt")
    torch.jit.script(module).save(str(out / "script.pt"))
    without_debug_records(out / "script.pt")
    torch.save(module.state_dict(), out / "legacy-state-dict.pt", _use_new_zipfile_serialization=False)
    # Made without a class statement: the old format keeps the source of classes, with the path of its file.
    scorer = type("Scorer", (torch.nn.Module,), {"__module__": "__main__"})
    globals()["Scorer"] = scorer
    plain = scorer()
    plain.weight = torch.nn.Parameter(torch.ones(3))
    torch.save(plain, out / "legacy-module.pt", _use_new_zipfile_serialization=False)
    if hasattr(torch, "export"):
        torch.export.save(torch.export.export(module, (torch.zeros(2, 3),)), out / "program.pt2")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[3], help="root of the project")
    out = parser.parse_args().root / "src/test/resources/formats"
    out.mkdir(parents=True, exist_ok=True)
    for make in (sklearn_samples, lightgbm_samples, safetensors_samples, tensorflow_samples, keras_samples, torch_samples):
        try:
            make(out)
        except ImportError as missing:
            print(f"{make.__name__}: left out, {missing}")


if __name__ == "__main__":
    main()
