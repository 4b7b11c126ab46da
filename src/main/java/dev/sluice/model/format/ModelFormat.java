package dev.sluice.model.format;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format that is no ONNX, with the road to ONNX. In a remedy the words in capitals ({@code FILE},
 * {@code DIR}, {@code SIGNATURE}, …) stand for what only the model at hand can tell.
 */
public enum ModelFormat {
  SKLEARN_PICKLE(
      Road.CONVERT,
      "a scikit-learn model in a Python pickle",
      "opcodes of a pickle (also joblib's, also in gzip or zlib) that name a class of `sklearn`",
      "python -c \"import joblib, pandas, skl2onnx; m = joblib.load('FILE');"
          + " X = pandas.read_csv('rows.csv'); open('model.onnx', 'wb')"
          + ".write(skl2onnx.to_onnx(m, X[:1]).SerializeToString())\""),
  XGBOOST_PICKLE(
      Road.CONVERT,
      "an XGBoost model in a Python pickle",
      "opcodes of a pickle that name a class of `xgboost`",
      "python -c \"import joblib, onnxmltools; from onnxmltools.convert.common.data_types import"
          + " FloatTensorType; m = joblib.load('FILE'); n = getattr(m, 'n_features_in_', 0)"
          + " or m.num_features(); open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_xgboost(m, initial_types=[('features',"
          + " FloatTensorType([None, n]))]).SerializeToString())\""),
  LIGHTGBM_PICKLE(
      Road.CONVERT,
      "a LightGBM model in a Python pickle",
      "opcodes of a pickle that name a class of `lightgbm`",
      "python -c \"import joblib, onnxmltools; from onnxmltools.convert.common.data_types import"
          + " FloatTensorType; m = joblib.load('FILE'); n = getattr(m, 'n_features_in_', 0)"
          + " or m.num_feature(); open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_lightgbm(m, initial_types=[('features',"
          + " FloatTensorType([None, n]))]).SerializeToString())\""),
  CATBOOST_PICKLE(
      Road.CONVERT,
      "a CatBoost model in a Python pickle",
      "opcodes of a pickle that name a class of `catboost`",
      "python -c \"import joblib; joblib.load('FILE').save_model('model.onnx', format='onnx')\""),
  PICKLE(
      Road.REBUILD,
      "a Python pickle",
      "opcodes of a pickle, protocol 0 to 5, that name none of the libraries above",
      "load it where it was made and convert the model inside with that library's exporter"
          + " (skl2onnx, onnxmltools, torch.onnx, tf2onnx)"),
  SAVED_MODEL(
      Road.CONVERT,
      "a TensorFlow SavedModel",
      "a directory, zip or tar with `saved_model.pb`: schema version, then graphs with signatures",
      "UNPACKpython -m tf2onnx.convert --saved-model DIR --signature_def SIGNATURE"
          + " --output model.onnx"),
  GRAPH_DEF(
      Road.CONVERT,
      "a TensorFlow GraphDef",
      "a protocol buffer whose first field is a node with name and operation",
      "python -m tf2onnx.convert --graphdef FILE --inputs INPUTS --outputs OUTPUTS"
          + " --output model.onnx"),
  TF_LITE(
      Road.CONVERT,
      "a TensorFlow Lite model",
      "`TFL3` at byte 4",
      "python -m tf2onnx.convert --tflite FILE --output model.onnx"),
  KERAS_HDF5(
      Road.CONVERT,
      "a Keras model in HDF5",
      "HDF5's signature at byte 0, 512, 1024, 2048, …",
      "python -m tf2onnx.convert --keras FILE --output model.onnx"),
  KERAS_ZIP(
      Road.CONVERT,
      "a Keras 3 model",
      "a zip with `config.json`, `metadata.json` and `model.weights.h5`",
      "python -c \"import keras; keras.saving.load_model('FILE')"
          + ".export('model.onnx', format='onnx')\""),
  TORCH_SCRIPT(
      Road.CONVERT,
      "a TorchScript model",
      "a zip with `*/data.pkl` and `*/constants.pkl` or `*/code/`",
      "python -c \"import torch; torch.onnx.export(torch.jit.load('FILE').eval(),"
          + " (torch.zeros(1, FEATURES),), 'model.onnx', input_names=['features'],"
          + " output_names=['score'], dynamic_axes={'features': {0: 'batch'},"
          + " 'score': {0: 'batch'}}, dynamo=False)\""),
  TORCH_EXPORT(
      Road.CONVERT,
      "a program of torch.export",
      "a zip with `archive_format` and `models/`, or with `serialized_exported_program.json`",
      "python -c \"import torch; torch.onnx.export(torch.export.load('FILE'), dynamo=True)"
          + ".save('model.onnx')\""),
  TORCH_MODULE(
      Road.CONVERT,
      "a pickled PyTorch module",
      "a zip with `*/data.pkl`, or PyTorch's magic number in a pickle; it names a module's class",
      "python -c \"import torch; torch.onnx.export(torch.load('FILE', weights_only=False).eval(),"
          + " (torch.zeros(1, FEATURES),), 'model.onnx', input_names=['features'],"
          + " output_names=['score'], dynamic_axes={'features': {0: 'batch'},"
          + " 'score': {0: 'batch'}}, dynamo=False)\""),
  TORCH_STATE_DICT(
      Road.REBUILD,
      "a PyTorch state dict, which holds weights and no model",
      "the same, but it names nothing but tensors, storages and dictionaries",
      "build the module in Python, then: module.load_state_dict(torch.load('FILE'));"
          + " torch.onnx.export(module.eval(), (torch.zeros(1, FEATURES),), 'model.onnx',"
          + " input_names=['features'], output_names=['score'],"
          + " dynamic_axes={'features': {0: 'batch'}, 'score': {0: 'batch'}}, dynamo=False)"),
  SAFETENSORS(
      Road.REBUILD,
      "a safetensors file, which holds weights and no model",
      "a length in eight bytes, then a JSON header of that length",
      "build the module in Python, then: module.load_state_dict("
          + "safetensors.torch.load_file('FILE')); torch.onnx.export(module.eval(),"
          + " (torch.zeros(1, FEATURES),), 'model.onnx', input_names=['features'],"
          + " output_names=['score'], dynamic_axes={'features': {0: 'batch'},"
          + " 'score': {0: 'batch'}}, dynamo=False)"),
  XGBOOST(
      Road.CONVERT,
      "an XGBoost model",
      "JSON or UBJSON with `learner` at the top, `binf`, or the old parameter block and objective",
      "python -c \"import xgboost, onnxmltools; from onnxmltools.convert.common.data_types import"
          + " FloatTensorType; b = xgboost.Booster(model_file='FILE'); open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_xgboost(b, initial_types=[('features',"
          + " FloatTensorType([None, b.num_features()]))]).SerializeToString())\""),
  LIGHTGBM(
      Road.CONVERT,
      "a LightGBM model",
      "text that begins with `tree` and `version=`",
      "python -c \"import lightgbm, onnxmltools; from onnxmltools.convert.common.data_types import"
          + " FloatTensorType; b = lightgbm.Booster(model_file='FILE'); open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_lightgbm(b, initial_types=[('features',"
          + " FloatTensorType([None, b.num_feature()]))]).SerializeToString())\""),
  CATBOOST(
      Road.CONVERT,
      "a CatBoost model",
      "`CBM1` at byte 0",
      "python -c \"import catboost; m = catboost.CatBoost(); m.load_model('FILE');"
          + " m.save_model('model.onnx', format='onnx')\""),
  H2O_MOJO(
      Road.CONVERT,
      "an H2O MOJO",
      "a zip with `model.ini`",
      "python -c \"import onnxmltools; open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_h2o('FILE').SerializeToString())\""),
  SPARK_ML(
      Road.CONVERT,
      "a Spark ML model",
      "a directory whose `metadata/part-*` names a class of `org.apache.spark.ml`",
      "python -c \"import pyspark.sql, pyspark.ml, onnxmltools; from onnxmltools.convert.sparkml"
          + ".utils import buildInitialTypesSimple as types; s = pyspark.sql.SparkSession.builder"
          + ".getOrCreate(); m = pyspark.ml.PipelineModel.load('DIR'); rows = s.read.csv("
          + "'rows.csv', header=True, inferSchema=True); open('model.onnx', 'wb').write("
          + "onnxmltools.convert_sparkml(m, 'model', types(rows), spark_session=s)"
          + ".SerializeToString())\""),
  MLFLOW(
      Road.CONVERT,
      "an MLflow model without the ONNX flavor",
      "a directory with `MLmodel`, whose flavors lack `onnx`",
      "UNPACKpython -c \"import mlflow, pandas; X = pandas.read_csv('rows.csv');"
          + " m = mlflow.FLAVOR.load_model('DIR'); EXPORT"
          + " mlflow.onnx.save_model(o, 'model-package')\""),
  CORE_ML(
      Road.CONVERT,
      "a Core ML model",
      "a protocol buffer with version, description and a model type at field 200 or above",
      "python -c \"import coremltools, onnxmltools; open('model.onnx', 'wb')"
          + ".write(onnxmltools.convert_coreml(coremltools.utils.load_spec('FILE'))"
          + ".SerializeToString())\""),
  CORE_ML_PACKAGE(
      Road.REBUILD,
      "a Core ML package",
      "a directory or zip whose `Manifest.json` has `itemInfoEntries`",
      "no converter reads it; convert the model that it was made from"),
  PMML(
      Road.REBUILD,
      "a PMML document",
      "XML with the root `PMML`",
      "no converter reads it; convert the model that it was made from, in the tool that made it"),
  MLEAP(
      Road.REBUILD,
      "an MLeap bundle",
      "a directory or zip with `bundle.json`",
      "no converter reads it; convert the Spark or scikit-learn pipeline that it was made from"
          + " (onnxmltools.convert_sparkml, skl2onnx.to_onnx)"),
  R_OBJECT(
      Road.REBUILD,
      "an object of R",
      "`X` or `A` and a version, or `RDX2`, `RDX3`, `RDA2`, `RDA3`; also in gzip",
      "no converter reads it; from R save the model in its library's own format (xgb.save,"
          + " lgb.save, keras3::save_model, h2o.download_mojo) and hand that over again"),
  ORT_FORMAT(
      Road.REBUILD,
      "a model in ONNX Runtime's own format",
      "`ORTM` at byte 4",
      "hand over the .onnx file that it was made from"),
  EMPTY(Road.REPAIR, "an empty file", "no bytes", "copy or download it again"),
  GIT_LFS_POINTER(
      Road.REPAIR,
      "a Git LFS pointer, not the file itself",
      "text that begins with `version https://git-lfs`",
      "run git lfs pull where it was checked out"),
  HTML(
      Road.REPAIR,
      "an HTML page",
      "`<!DOCTYPE html` or `<html`",
      "the download gave a web page; download the file itself (a raw or resolved link, logged in)"),
  JSON(
      Road.REPAIR,
      "a JSON document",
      "JSON with none of the keys above",
      "if a download gave an error message, download again"),
  XML(
      Road.REPAIR,
      "an XML document",
      "`<?xml` with another root",
      "if a download gave an error message, download again"),
  TEXT(
      Road.REPAIR,
      "plain text",
      "printable text only",
      "if a download gave an error message, download again"),
  TRUNCATED_ONNX(
      Road.REPAIR,
      "an ONNX model that is cut off",
      "ONNX's fields, the last of which ends after the end of the file",
      "copy or download it again and compare the size"),
  COMPRESSED_ONNX(
      Road.REPAIR,
      "a compressed ONNX model",
      "ONNX's fields inside gzip or zlib",
      "run DECOMPRESS < FILE > UNPACKED.onnx"),
  PACKED_ONNX(
      Road.REPAIR,
      "an archive with an ONNX model",
      "a zip or tar with `MLmodel` or with a file of ONNX's fields",
      "unpack it and hand over the directory"),
  ONNX_WITHOUT_MLMODEL(
      Road.REPAIR,
      "a directory with an ONNX model but no MLmodel",
      "a directory with a file of ONNX's fields, but none at its top that is named `*.onnx`: one such is taken",
      "hand over the file itself, or add an MLmodel with MLflow's ONNX flavor"),
  TRUNCATED_ZIP(
      Road.REPAIR,
      "a zip that is cut off or damaged",
      "`PK` without a readable directory at the end",
      "copy or download it again and compare the size"),
  ARCHIVE(
      Road.REPAIR,
      "an archive without a known model",
      "a zip or tar with none of the files above",
      "unpack it and hand over the model inside"),
  COMPRESSED(
      Road.REPAIR,
      "a compressed file",
      "the signature of gzip, bzip2, xz, lzma, lz4 or zstd",
      "run DECOMPRESS < FILE > UNPACKED and hand over what is inside (if joblib wrote it:"
          + " python -c \"import joblib; joblib.dump(joblib.load('FILE'), 'model.pkl')\")"),
  ZLIB(
      Road.REPAIR,
      "a file in zlib",
      "zlib's header, and nothing known inside",
      "if joblib wrote it, run"
          + " python -c \"import joblib; joblib.dump(joblib.load('FILE'), 'model.pkl')\""),
  DIRECTORY(
      Road.REPAIR,
      "a directory without a known model",
      "none of the above inside",
      "hand over a directory with MLmodel, or an .onnx file");

  /** What has to be done to get to a model that Sluice runs. */
  public enum Road {
    /** A converter reads the file: the remedy is its command. */
    CONVERT,
    /** Nothing converts the file alone: the remedy says what is needed besides. */
    REBUILD,
    /** Not a model of another kind but a damaged, packed or wrong file. */
    REPAIR
  }

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\b(FILE|DIR|SIGNATURE|INPUTS|OUTPUTS|FLAVOR|EXPORT|UNPACKED|UNPACK|DECOMPRESS)");

  private final Road road;
  private final String displayName;
  private final String recognition;
  private final String remedy;

  ModelFormat(Road road, String displayName, String recognition, String remedy) {
    this.road = road;
    this.displayName = displayName;
    this.recognition = recognition;
    this.remedy = remedy;
  }

  /** Returns what has to be done. */
  public Road road() {
    return road;
  }

  /** Returns the name with its article: {@code a TensorFlow Lite model}. */
  public String displayName() {
    return displayName;
  }

  /** Returns by which bytes or files the format is known, in Markdown. */
  public String recognition() {
    return recognition;
  }

  /** Returns the one line that leads to ONNX, with words in capitals for what it depends on. */
  public String remedy() {
    return remedy(Map.of("UNPACK", "", "UNPACKED", "unpacked"));
  }

  /** Returns the remedy with the given words in place of their capitals; the others stay. */
  String remedy(Map<String, String> values) {
    return PLACEHOLDER
        .matcher(remedy)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(), match.group())));
  }
}
