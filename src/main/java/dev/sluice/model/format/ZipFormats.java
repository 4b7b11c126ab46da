package dev.sluice.model.format;

import dev.sluice.model.format.ZipDirectory.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the formats that are zips, by the files inside and by those files' bytes. */
final class ZipFormats {
  private static final String SIGNATURE = "PK\u0003\u0004";
  private static final String EMPTY_SIGNATURE = "PK\u0005\u0006";

  /** No white space beyond the line's own: with line ends, each empty line would begin anew. */
  private static final Pattern ALGORITHM =
      Pattern.compile("(?m)^[ \\t]*algorithm[ \\t]*=[ \\t]*(.{1,80})$");

  /** The section with the algorithm comes first. */
  private static final int MAX_INI = 1 << 12;

  private static final String CONVERTIBLE_ALGORITHM = "Gradient Boosting Machine";
  private static final int MAX_LOOKED_INTO = 20;

  private final Head head;
  private final ZipDirectory zip;
  private final List<String> paths;

  private ZipFormats(Head head, ZipDirectory zip) {
    this.head = head;
    this.zip = zip;
    this.paths = zip.entries().stream().map(Entry::name).toList();
  }

  static Optional<DetectedFormat> detect(Head head) throws IOException {
    if (!head.startsWith(SIGNATURE) && !head.startsWith(EMPTY_SIGNATURE)) {
      return Optional.empty();
    }
    if (!head.isPlain()) {
      String details = "inside " + head.packing();
      return Optional.of(DetectedFormat.of(head.path(), ModelFormat.ARCHIVE, details));
    }
    try (FileChannel channel = FileChannel.open(head.path())) {
      Optional<ZipDirectory> zip = ZipDirectory.read(channel);
      return Optional.of(
          zip.isPresent()
              ? new ZipFormats(head, zip.get()).detect()
              : found(head, ModelFormat.TRUNCATED_ZIP, "it has " + head.size() + " bytes"));
    }
  }

  private DetectedFormat detect() throws IOException {
    Optional<String> pickle = Archives.find(paths, "data.pkl");
    if (pickle.isPresent()) {
      return torch(pickle.get());
    }
    if (has("serialized_exported_program.json") || has("archive_format") && hasFolder("models/")) {
      return found(head, ModelFormat.TORCH_EXPORT, "");
    }
    if (has("config.json") && has("metadata.json") && has("model.weights.h5")) {
      return found(head, ModelFormat.KERAS_ZIP, "");
    }
    Optional<String> savedModel = Archives.find(paths, "saved_model.pb");
    if (savedModel.isPresent()) {
      try (InputStream stream = zip.open(entry(savedModel.get()))) {
        return SavedModel.read(stream).foundIn(head.path(), savedModel.get());
      }
    }
    Optional<String> mlmodel = Archives.find(paths, "MLmodel");
    if (mlmodel.isPresent()) {
      return Archives.mlflow(head.path(), mlmodel.get(), beginning(entry(mlmodel.get())));
    }
    if (contains("Manifest.json", "itemInfoEntries")) {
      return found(head, ModelFormat.CORE_ML_PACKAGE, "in a zip");
    }
    if (has("model.ini")) {
      return mojo();
    }
    if (contains("bundle.json", "\"uid\"")) {
      return found(head, ModelFormat.MLEAP, "in a zip");
    }
    return byContent();
  }

  private DetectedFormat torch(String pickle) throws IOException {
    String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
    if (paths.contains(folder + "constants.pkl") || hasFolder(folder + "code/")) {
      return found(head, ModelFormat.TORCH_SCRIPT, "");
    }
    PickleScan scan = new PickleScan(beginning(entry(pickle)));
    return TorchFormats.pickled(head.path(), scan.globals(), "");
  }

  private DetectedFormat mojo() throws IOException {
    Matcher algorithm = ALGORITHM.matcher(text("model.ini", MAX_INI));
    String name = algorithm.find() ? Printable.name(algorithm.group(1)) : "";
    boolean convertible = name.isEmpty() || name.equals(CONVERTIBLE_ALGORITHM);
    String limit = "; onnxmltools converts no other than " + CONVERTIBLE_ALGORITHM;
    return found(head, ModelFormat.H2O_MOJO, convertible ? name : name + limit);
  }

  /** Looks for ONNX, and for other models, among the first files. */
  private DetectedFormat byContent() throws IOException {
    List<String> held = new ArrayList<>(paths);
    for (int i = 0; i < Math.min(paths.size(), MAX_LOOKED_INTO); i++) {
      Entry entry = zip.entries().get(i);
      byte[] beginning = beginning(entry);
      if (ProtobufFormats.isOnnx(beginning, entry.size(), head)) {
        return found(head, ModelFormat.PACKED_ONNX, "it holds " + Printable.name(entry.name()));
      }
      held.set(i, Archives.described(head.path(), entry.name(), beginning, entry.size()));
    }
    return Archives.unknown(head.path(), held, "");
  }

  private boolean has(String name) {
    return Archives.find(paths, name).isPresent();
  }

  private boolean hasFolder(String folder) {
    return paths.stream().anyMatch(path -> path.startsWith(folder) || path.contains("/" + folder));
  }

  private boolean contains(String name, String text) throws IOException {
    return has(name) && text(name, Head.MAX_BYTES).contains(text);
  }

  /** Returns the beginning of the first file of a name; empty where there is none. */
  private String text(String name, int max) throws IOException {
    Optional<String> path = Archives.find(paths, name);
    return path.isEmpty()
        ? ""
        : new String(beginning(entry(path.get()), max), StandardCharsets.UTF_8);
  }

  private Entry entry(String path) {
    return zip.entries().get(paths.indexOf(path));
  }

  private byte[] beginning(Entry entry) throws IOException {
    return beginning(entry, Head.MAX_BYTES);
  }

  private byte[] beginning(Entry entry, int max) throws IOException {
    try (InputStream stream = zip.open(entry)) {
      return Head.upTo(stream, max);
    }
  }

  private static DetectedFormat found(Head head, ModelFormat format, String details) {
    return DetectedFormat.of(head.path(), format, details);
  }
}
