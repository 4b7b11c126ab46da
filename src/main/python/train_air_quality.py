#!/usr/bin/env python3
"""Trains the demo model and writes it as a model package.

The model answers "is PM2.5 above 75 ug/m3 in this hour?" from gas and weather sensors. It is an MLP (64, 32, 1) fitted to the
rows of train.csv.gz that are marked split = train, and measured on those marked test; rows without a label are not used.

    python3 src/main/python/train_air_quality.py --data ../shared/data/beijing-air/train.csv.gz \\
        --out src/main/resources/models/air-quality-mlp \\
        --golden-input ../shared/data/models/mlp-golden-500.csv --golden-out src/test/resources/golden/air-quality-mlp-500.csv

Everything between a raw record and a probability is inside the ONNX graph: a missing value arrives as NaN and is replaced by the
median of the train split, the gases get a missing indicator and a log scale, the hour becomes a point on a circle, and all of it is
standardised. The only input is `features`, float32 [batch, 10], in the order of FEATURES.

The package follows MLflow's ONNX flavor but is written without MLflow: `mlflow_version` in MLmodel names the version whose
layout is used. `data-profile.json` is not made here. With the same versions and the same kind of processor two runs give the
same bytes: the seed is fixed, PyTorch uses one thread, and the time of creation is SOURCE_DATE_EPOCH, or a constant, and never
the clock. Needs numpy, torch and onnx (used: Debian 12's).

The golden file holds a row number and PyTorch's own answer, and not the input, which belongs to the data set.
"""
import argparse
import csv
import datetime
import gzip
import hashlib
import io
import json
import os
import platform
import re
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch

NAME, VERSION, SEED, EPOCHS, BATCH_SIZE = "air-quality-mlp", "1", 7, 30, 512
GASES = ["SO2", "NO2", "CO", "O3"]
FEATURES = GASES + ["TEMP", "PRES", "DEWP", "RAIN", "WSPM", "hour"]
CREATED = 1795132800  # 2026-11-20T00:00:00Z, unless SOURCE_DATE_EPOCH says otherwise

YAML_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}  # bare, these are not strings

# Plausible values made up by hand; the second record lacks two gases.
EXAMPLE = [[12, 48, 900, 60, 15, 1012, 4, 0, 1.8, 14],
           [35, 95, None, None, -2, 1024, -9, 0, 0.7, 22],
           [6, 22, 400, 110, 27, 1003, 19, 2.5, 3.1, 17]]


class AirQualityMlp(torch.nn.Module):
    """Raw features in, probability out; `fit_scale` learns the constants, training learns the layers."""

    def __init__(self, medians):
        super().__init__()
        width = len(FEATURES) - 1 + len(GASES) + 2
        self.register_buffer("median", torch.as_tensor(medians, dtype=torch.float32))
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("inverse_deviation", torch.ones(width))
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(width, 64), torch.nn.ReLU(), torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 1))

    def prepare(self, features):
        missing = torch.isnan(features)
        filled = torch.where(missing, self.median, features)
        gases = torch.log(torch.clamp(filled[:, :4], min=0) + 1)
        weather = filled[:, 4:9]
        angle = filled[:, 9:] * (2 * np.pi / 24)
        return torch.cat([gases, weather, missing[:, :4].float(), torch.sin(angle), torch.cos(angle)], dim=1)

    def fit_scale(self, features):
        prepared = self.prepare(features)
        self.mean.copy_(prepared.mean(0))
        self.inverse_deviation.copy_(1 / prepared.std(0))

    def logit(self, features):
        return self.layers((self.prepare(features) - self.mean) * self.inverse_deviation)

    def forward(self, features):
        return torch.sigmoid(self.logit(features))


def read_rows(path):
    data = Path(path).read_bytes()
    text = gzip.decompress(data) if str(path).endswith(".gz") else data
    return list(csv.DictReader(io.StringIO(text.decode()))), hashlib.sha256(data).hexdigest()


def tensor(rows):
    return torch.tensor([[float(row[f]) if row[f] else np.nan for f in FEATURES] for row in rows], dtype=torch.float32)


def labels(rows):
    return torch.tensor([[float(row["unhealthy"])] for row in rows], dtype=torch.float32)


def train(features, target):
    """Adam with a learning rate that falls to zero along a cosine; no early stopping, so the test split plays no part."""
    model = AirQualityMlp(np.nanmedian(features.numpy(), axis=0))
    model.fit_scale(features)
    optimizer = torch.optim.AdamW(model.layers.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    loss_function = torch.nn.BCEWithLogitsLoss()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(features)).split(BATCH_SIZE):
            optimizer.zero_grad()
            loss_function(model.logit(features[rows]), target[rows]).backward()
            optimizer.step()
        schedule.step()
    return model.eval()


def predict(model, features):
    with torch.no_grad():
        return model(features).numpy()[:, 0]


def metrics(probability, target):
    p, positive = probability.astype(np.float64), target.numpy()[:, 0] > 0
    said = p > 0.5
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]  # ties share their mean rank
    n, n_positive = len(p), int(positive.sum())
    auc = (rank[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * (n - n_positive))
    clipped = np.clip(p, 1e-7, 1 - 1e-7)
    values = {
        "accuracy": (said == positive).mean(),
        "brier": ((p - positive) ** 2).mean(),
        "log_loss": -np.where(positive, np.log(clipped), np.log(1 - clipped)).mean(),
        "mean_predicted": p.mean(),
        "positive_rate": positive.mean(),
        "precision": positive[said].mean(),
        "recall": said[positive].mean(),
        "roc_auc": auc,
    }
    return {"n": n, **{name: round(float(value), 6) for name, value in values.items()}}


def export(model, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # PyTorch 1.13 cannot infer the type of a constant and says so
        torch.onnx.export(model, torch.zeros(2, len(FEATURES)), str(path), opset_version=13, input_names=["features"],
                          output_names=["p_unhealthy"], dynamic_axes={"features": {0: "batch"}, "p_unhealthy": {0: "batch"}})
    onnx.checker.check_model(onnx.load(str(path)), full_check=True)


def yaml(value, indent=""):
    """Block-style YAML of dicts, lists and scalars; a string is in single quotes unless it is a plain word."""
    if isinstance(value, dict) and value:
        return "".join(f"{indent}{key}:{nested(item, indent)}" for key, item in sorted(value.items()))
    if isinstance(value, list) and value:
        return "".join(f"{indent}-{nested(item, indent)}" for item in value)
    if isinstance(value, str):
        plain = re.fullmatch(r"[A-Za-z][\w./-]*", value) and value.lower() not in YAML_WORDS
        return value if plain else "'" + value.replace("'", "''") + "'"
    return json.dumps(value)


def nested(item, indent):
    if isinstance(item, (dict, list)) and item:
        return "\n" + yaml(item, indent + "  ")
    return " " + yaml(item) + "\n"


def tensor_spec(name, width):
    return json.dumps([{"name": name, "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, width]}}])


def write_package(out, data_path, data_sha256, rows, counts, metrics_test):
    script, model = Path(__file__).read_bytes(), (out / "model.onnx").read_bytes()
    model_sha256 = hashlib.sha256(model).hexdigest()
    created = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", CREATED)), datetime.timezone.utc)
    python = platform.python_version()
    requirements = ["mlflow>=2.13", "numpy>=1.24", f"onnx>={onnx.__version__}", "onnxruntime>=1.15"]
    metadata = {
        "name": NAME,
        "version": VERSION,
        "task": "binary classification: PM2.5 > 75 ug/m3 in this hour",
        "algorithm": "MLP 15-64-32-1 (PyTorch), preprocessing inside the graph",
        "feature_order": FEATURES,
        "missing_values": "NaN; imputed inside the graph with the median of the train split",
        "model_sha256": model_sha256,
        "code": {
            "path": "src/main/python/" + Path(__file__).name,
            "sha256": hashlib.sha256(script).hexdigest(),
            "git_blob": hashlib.sha1(b"blob %d\0" % len(script) + script).hexdigest(),
        },
        "dataset": {
            "name": "Beijing Multi-Site Air Quality (UCI 501)",
            "doi": "10.24432/C5RK5G",
            "licence": "CC BY 4.0",
            "credit": "Beijing Multi-Site Air Quality, Song Chen, UCI Machine Learning Repository, https://doi.org/10.24432/C5RK5G, "
                      "CC BY 4.0. Changes: station files merged, date columns combined into `ts`, split into training and stream, "
                      "label column added.",
            "file": Path(data_path).name,
            "sha256": data_sha256,
            "period": min(row["ts"] for row in rows) + "/" + max(row["ts"] for row in rows),
            "rows": len(rows),
            **counts,
            "split": "every 5th whole week is test; rows without a label are in neither split",
        },
        "metrics_test": metrics_test,
    }
    mlmodel = {
        "flavors": {
            "onnx": {"code": None, "data": "model.onnx", "onnx_session_options": None, "onnx_version": onnx.__version__,
                     "providers": ["CUDAExecutionProvider", "CPUExecutionProvider"]},
            "python_function": {"data": "model.onnx", "env": {"conda": "conda.yaml", "virtualenv": "python_env.yaml"},
                                "loader_module": "mlflow.onnx", "python_version": python},
        },
        "is_signature_from_type_hint": False,
        "metadata": metadata,
        "mlflow_version": "3.12.0",
        "model_id": None,
        "model_size_bytes": len(model),
        "model_uuid": model_sha256[:32],
        "prompts": None,
        "saved_input_example_info": {"artifact_path": "input_example.json", "format": "tf-serving", "type": "ndarray"},
        "signature": {"inputs": tensor_spec("features", len(FEATURES)), "outputs": tensor_spec("p_unhealthy", 1), "params": None},
        "type_hint_from_example": False,
        "utc_time_created": created.strftime("%Y-%m-%d %H:%M:%S.%f"),
    }
    conda = {"name": "mlflow-env", "channels": ["conda-forge"], "dependencies": [f"python={python}", "pip", {"pip": requirements}]}
    python_env = {"python": python, "build_dependencies": ["pip", "setuptools", "wheel"], "dependencies": ["-r requirements.txt"]}
    (out / "MLmodel").write_text(yaml(mlmodel))
    (out / "conda.yaml").write_text(yaml(conda))
    (out / "python_env.yaml").write_text(yaml(python_env))
    (out / "requirements.txt").write_text("\n".join(requirements) + "\n")
    (out / "input_example.json").write_text(json.dumps({"inputs": {"features": EXAMPLE}}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="train.csv.gz")
    parser.add_argument("--out", required=True, type=Path, help="directory of the model package")
    parser.add_argument("--golden-input", help="CSV with the feature columns")
    parser.add_argument("--golden-out", type=Path, help="CSV to write: row, expected_p_unhealthy")
    options = parser.parse_args()
    if bool(options.golden_input) != bool(options.golden_out):
        parser.error("--golden-input and --golden-out go together")

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)

    rows, data_sha256 = read_rows(options.data)
    fit, test = ([row for row in rows if row["split"] == split] for split in ("train", "test"))
    model = train(tensor(fit), labels(fit))
    metrics_test = metrics(predict(model, tensor(test)), labels(test))

    options.out.mkdir(parents=True, exist_ok=True)
    export(model, options.out / "model.onnx")
    counts = {"rows_train": len(fit), "rows_test": len(test)}
    write_package(options.out, options.data, data_sha256, rows, counts, metrics_test)
    if options.golden_out:
        answers = predict(model, tensor(read_rows(options.golden_input)[0]))
        options.golden_out.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{row},{float(answer)!r}\n" for row, answer in enumerate(answers)]
        options.golden_out.write_text("row,expected_p_unhealthy\n" + "".join(lines))
    print(json.dumps(metrics_test, indent=1))


if __name__ == "__main__":
    main()
