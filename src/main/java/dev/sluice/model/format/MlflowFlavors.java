package dev.sluice.model.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flavors of an {@code MLmodel} file, and how each becomes ONNX. */
final class MlflowFlavors {
  private static final Pattern KEY = Pattern.compile("( *)([\\w.-]{1,64}):.*");
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
  private static final int MAX_FLAVORS = 32;

  /** Python statements that make the ONNX model {@code o} of the model {@code m}, by flavor. */
  private static final Map<String, String> EXPORTS = new LinkedHashMap<>();

  static {
    String types =
        "from onnxmltools.convert.common.data_types import FloatTensorType as T; o ="
            + " onnxmltools.convert_%s(m, initial_types=[('features', T([None, X.shape[1]]))]);";
    EXPORTS.put("sklearn", "import skl2onnx; o = skl2onnx.to_onnx(m, X[:1]);");
    EXPORTS.put("xgboost", "import onnxmltools; " + types.formatted("xgboost"));
    EXPORTS.put("lightgbm", "import onnxmltools; " + types.formatted("lightgbm"));
    EXPORTS.put(
        "catboost", "import onnx; m.save_model('m.onnx', format='onnx'); o = onnx.load('m.onnx');");
    EXPORTS.put(
        "pytorch",
        "import torch, onnx; torch.onnx.export(m.cpu().eval(), (torch.zeros(1, X.shape[1]),),"
            + " 'm.onnx', input_names=['features'], output_names=['score'], dynamic_axes="
            + "{'features': {0: 'batch'}, 'score': {0: 'batch'}}, dynamo=False);"
            + " o = onnx.load('m.onnx');");
    EXPORTS.put(
        "keras", "import onnx; m.export('m.onnx', format='onnx'); o = onnx.load('m.onnx');");
    EXPORTS.put(
        "tensorflow", "import onnx; m.export('m.onnx', format='onnx'); o = onnx.load('m.onnx');");
    EXPORTS.put(
        "spark",
        "import onnxmltools; from onnxmltools.convert.sparkml.utils import"
            + " buildInitialTypesSimple as types; from pyspark.sql import SparkSession;"
            + " s = SparkSession.builder.getOrCreate(); o = onnxmltools.convert_sparkml(m, 'model',"
            + " types(s.createDataFrame(X)), spark_session=s);");
  }

  private MlflowFlavors() {}

  /**
   * Returns the flavors in the file's order. Only the block style that MLflow writes is read, and a
   * map within one line, as people write it: the file says what it is, and is not the input of
   * anything.
   */
  static List<String> read(String mlmodel) {
    List<String> flavors = new ArrayList<>();
    int indent = -1;
    boolean inside = false;
    for (String line : mlmodel.lines().toList()) {
      Matcher key = KEY.matcher(line);
      if (!key.matches()) {
        continue;
      }
      int depth = key.group(1).length();
      if (depth == 0) {
        inside = key.group(2).equals("flavors");
        if (inside) {
          addMap(line.substring(key.end(2) + 1).strip(), flavors);
        }
      } else if (inside && (indent < 0 || depth == indent) && flavors.size() < MAX_FLAVORS) {
        indent = depth;
        flavors.add(key.group(2));
      }
    }
    return flavors;
  }

  /** Adds the keys of a map that is written as <code>{a: {b: c}, d: e}</code>. */
  private static void addMap(String map, List<String> flavors) {
    int depth = 0;
    int start = 0;
    for (int i = 0; i < map.length() && flavors.size() < MAX_FLAVORS; i++) {
      char character = map.charAt(i);
      if (character == '{' || character == '}') {
        depth += character == '{' ? 1 : -1;
      }
      if (depth == 1 && (character == '{' || character == ',')) {
        start = i + 1;
      } else if (depth == 1 && character == ':' && start > 0) {
        String name = map.substring(start, i).strip();
        if (NAME.matcher(name).matches()) {
          flavors.add(name);
        }
        start = 0;
      }
    }
  }

  /** Returns the flavor to convert: the first with a converter, else the first of a library. */
  static String best(List<String> flavors) {
    return EXPORTS.keySet().stream()
        .filter(flavors::contains)
        .findFirst()
        .orElseGet(
            () ->
                flavors.stream()
                    .filter(flavor -> !flavor.equals("python_function"))
                    .findFirst()
                    .orElse("pyfunc"));
  }

  /** Whether there is a converter for the flavor. */
  static boolean isConvertible(String flavor) {
    return EXPORTS.containsKey(flavor);
  }

  /** Returns the statements that make {@code o}; the word EXPORT where there is no converter. */
  static String export(String flavor) {
    return EXPORTS.getOrDefault(flavor, "EXPORT");
  }
}
