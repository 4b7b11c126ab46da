package dev.sluice.model.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises pickles, which joblib's files are too, and names what they hold. */
final class PickleFormats {
  private static final Map<String, ModelFormat> LIBRARIES =
      Map.of(
          "sklearn", ModelFormat.SKLEARN_PICKLE,
          "imblearn", ModelFormat.SKLEARN_PICKLE,
          "xgboost", ModelFormat.XGBOOST_PICKLE,
          "lightgbm", ModelFormat.LIGHTGBM_PICKLE,
          "catboost", ModelFormat.CATBOOST_PICKLE,
          "_catboost", ModelFormat.CATBOOST_PICKLE);

  private static final Pattern OLD_LIBRARY =
      Pattern.compile(
          "(copy_reg|copyreg|__builtin__|builtins|collections|numpy|scipy|pandas|joblib|sklearn"
              + "|xgboost|lightgbm|catboost|torch|__main__)\\..*");

  private static final List<String> FOREIGN_LIBRARIES =
      List.of("xgboost.", "lightgbm.", "catboost.");
  private static final List<String> ESTIMATORS = List.of("Classifier", "Regressor", "Ranker");

  /** What any pickle may name without being about it. */
  private static final Pattern PLUMBING =
      Pattern.compile(
          "(copy_reg|copyreg|__builtin__|builtins|_codecs|numpy|joblib|collections|functools)\\..*");

  /** The integer 0x1950a86a20f9469cfc6c as a pickle of protocol 2, with which torch.save began. */
  private static final String TORCH_MAGIC =
      "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019";

  private PickleFormats() {}

  static Optional<DetectedFormat> detect(Head head) {
    boolean marked =
        head.bytes().length > 2
            && head.hasAt(0, new byte[] {(byte) 0x80})
            && head.bytes()[1] >= 2
            && head.bytes()[1] <= 5;
    PickleScan scan = new PickleScan(head.bytes());
    if (!(marked ? isPickle(head, scan) : isOldPickle(scan))) {
      return Optional.empty();
    }
    return Optional.of(
        head.startsWith(TORCH_MAGIC)
            ? TorchFormats.pickled(head.path(), scan.globals(), "in the format before PyTorch 1.6")
            : describe(head, scan.globals()));
  }

  private static boolean isPickle(Head head, PickleScan scan) {
    return scan.pickles() > 0 || scan.opcodes() >= 3 || !scan.broken() && head.isWhole();
  }

  /** Protocols 0 and 1 have no mark: only a name of Python tells them from text. */
  private static boolean isOldPickle(PickleScan scan) {
    return (scan.pickles() > 0 || !scan.broken() || scan.opcodes() > 8)
        && scan.globals().stream()
            .findFirst()
            .filter(n -> OLD_LIBRARY.matcher(n).matches())
            .isPresent();
  }

  private static DetectedFormat describe(Head head, List<String> globals) {
    Path path = head.path();
    for (String global : globals) {
      String library = global.substring(0, global.indexOf('.'));
      ModelFormat format = LIBRARIES.get(library);
      if (format != null) {
        return DetectedFormat.of(
            path, format, head.details(Printable.name(global) + foreign(format, globals)));
      }
      if (library.equals("torch")) {
        return TorchFormats.pickled(path, globals, head.details("in a plain pickle"));
      }
    }
    List<String> own = globals.stream().filter(n -> !PLUMBING.matcher(n).matches()).toList();
    List<String> shown = own.isEmpty() ? globals : own;
    String names = shown.isEmpty() ? "it names no class" : "of " + Printable.list(shown);
    return DetectedFormat.of(path, ModelFormat.PICKLE, head.details(names));
  }

  /** skl2onnx converts a pipeline with a model of another library once it is told how. */
  private static String foreign(ModelFormat format, List<String> globals) {
    if (format != ModelFormat.SKLEARN_PICKLE) {
      return "";
    }
    return globals.stream()
        .filter(name -> FOREIGN_LIBRARIES.stream().anyMatch(name::startsWith))
        .filter(name -> ESTIMATORS.stream().anyMatch(name::endsWith))
        .findFirst()
        .map(
            name ->
                " with "
                    + Printable.name(name)
                    + ", whose converter has to be registered first:"
                    + " skl2onnx.update_registered_converter")
        .orElse("");
  }
}
