package dev.sluice.model.format;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * What a {@code saved_model.pb} says about itself (TensorFlow's saved_model.proto and
 * meta_graph.proto). Graphs and weights are skipped.
 *
 * @param signatures its signatures, those of all its graphs, in the file's order
 * @param version the TensorFlow that wrote it, or empty
 * @param unread why the file could not be read to its end, or empty
 */
record SavedModel(List<TensorSignature> signatures, String version, String unread) {
  // SavedModel
  private static final int META_GRAPH = 2 << 3 | 2;
  // MetaGraphDef
  private static final int META_INFO = 1 << 3 | 2;
  private static final int SIGNATURE = 5 << 3 | 2;
  // MetaInfoDef
  private static final int TENSORFLOW_VERSION = 5 << 3 | 2;

  private static final String SERVING = "serving_default";
  private static final int MAX_SIGNATURES = 100;
  private static final int MAX_DETAILS = 1000;

  /** Reads the stream, at most to its end; damage ends the reading, not the recognition. */
  static SavedModel read(InputStream stream) throws IOException {
    List<TensorSignature> signatures = new ArrayList<>();
    String[] version = {""};
    ProtoReader reader = ProtoReader.ofForeign(stream);
    String unread = "";
    try {
      reader.fields(tag -> tag == META_GRAPH && readGraph(reader, signatures, version));
    } catch (InvalidProtocolBufferException | EOFException | ZipException e) {
      unread = "saved_model.pb is cut off or damaged";
    } catch (MeasuredStream.BeyondBoundsException e) {
      unread = e.getMessage();
    } catch (ProtoReader.BoundException e) {
      unread = "saved_model.pb is not read to its end: " + e.getMessage();
    }
    return new SavedModel(List.copyOf(signatures), version[0], unread);
  }

  private static boolean readGraph(
      ProtoReader reader, List<TensorSignature> signatures, String[] version) throws IOException {
    reader.message(
        tag -> {
          switch (tag) {
            case META_INFO -> reader.message(field -> readVersion(reader, field, version));
            case SIGNATURE -> {
              TensorSignature signature = TensorSignature.read(reader);
              if (signatures.size() < MAX_SIGNATURES) {
                signatures.add(signature);
              }
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    return true;
  }

  private static boolean readVersion(ProtoReader reader, int tag, String[] version)
      throws IOException {
    if (tag != TENSORFLOW_VERSION) {
      return false;
    }
    version[0] = reader.shortText(ProtoReader.MAX_NAME);
    return true;
  }

  /** Whether nothing was found that only a SavedModel has. */
  boolean isEmpty() {
    return signatures.isEmpty() && version.isEmpty();
  }

  /** Returns the signature to convert: the one for serving, else the first that computes. */
  String chosen() {
    List<String> names =
        signatures.stream().filter(s -> !s.isInternal()).map(TensorSignature::name).toList();
    return names.contains(SERVING) ? SERVING : names.stream().findFirst().orElse("SIGNATURE");
  }

  /** Returns the finding for the directory that holds the file. */
  DetectedFormat found(Path directory) {
    return found(directory, directory.toString(), "");
  }

  /** Returns the finding for an archive that holds the file under a path. */
  DetectedFormat foundIn(Path archive, String path) {
    return found(archive, Archives.unpackedDirectory(archive, path), "yes");
  }

  private DetectedFormat found(Path place, String directory, String unpack) {
    String made = version.isEmpty() ? "" : "TensorFlow " + Printable.name(version) + "; ";
    List<String> shown =
        signatures.stream().filter(s -> !s.isInternal()).map(TensorSignature::toString).toList();
    String details =
        made
            + (shown.isEmpty() ? "no signatures" : "signatures: " + String.join(", ", shown))
            + (unread.isEmpty() ? "" : "; " + unread);
    return DetectedFormat.of(
        place,
        ModelFormat.SAVED_MODEL,
        Printable.shown(details, MAX_DETAILS),
        Map.of("SIGNATURE", chosen(), "DIR", directory, "UNPACK", unpack));
  }
}
