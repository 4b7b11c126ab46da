package dev.sluice.model.format;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Tells PyTorch's weights from its modules. */
final class TorchFormats {
  /** What a dictionary of tensors needs, in all versions; parameters and optimizers included. */
  private static final Pattern WEIGHTS =
      Pattern.compile(
          "torch\\.(_utils|serialization|storage|_tensor|Size|device|dtype"
              + "|nn\\.parameter|float\\d+|bfloat16|u?int\\d+|bool|[A-Z]\\w*Storage|[A-Z]\\w*Tensor)"
              + "(\\..*)?|(collections|builtins|__builtin__|copyreg|copy_reg|_codecs|numpy)\\..*");

  private TorchFormats() {}

  /** Returns what torch.save wrote, by the names in its pickle. */
  static DetectedFormat pickled(Path path, List<String> globals, String container) {
    List<String> classes =
        globals.stream().filter(name -> !WEIGHTS.matcher(name).matches()).toList();
    if (classes.isEmpty()) {
      return DetectedFormat.of(path, ModelFormat.TORCH_STATE_DICT, container);
    }
    return DetectedFormat.of(
        path,
        ModelFormat.TORCH_MODULE,
        (container.isEmpty() ? "" : container + "; ") + "of " + Printable.list(classes));
  }
}
