package dev.sluice.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an {@code .onnx} file says about itself. Weights are skipped, never kept.
 *
 * @param irVersion the version of the ONNX format
 * @param opsets the version of each operator set by its domain; the empty string is ai.onnx
 * @param signature what goes in and what comes out
 * @param externalData files beside the model that hold weights, checked to lie in its directory
 */
public record OnnxGraph(
    long irVersion, Map<String, Long> opsets, ModelSignature signature, List<Path> externalData) {
  private static final int SHOWN_BYTES = 24;

  public OnnxGraph {
    opsets = Map.copyOf(opsets);
    externalData = List.copyOf(externalData);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelPackageException if it is no ONNX model or a truncated one, has an input or output
   *     of a type that is not supported, or names external data that is missing or outside its
   *     directory
   */
  public static OnnxGraph read(Path file) {
    OnnxParser parser = parse(file);
    if (parser.irVersion() == 0 || parser.opsets().isEmpty() || parser.outputs().isEmpty()) {
      throw notOnnx(file, "it lacks a version, operator sets or a graph with outputs", null);
    }
    ModelSignature signature =
        new ModelSignature(
            parser.inputs().stream()
                .filter(input -> !parser.initializers().contains(input.name()))
                .map(input -> input.resolve(file, "input"))
                .toList(),
            parser.outputs().stream().map(output -> output.resolve(file, "output")).toList());
    Path directory = file.toAbsolutePath().getParent();
    List<Path> external =
        parser.externalData().stream()
            .map(location -> ContainedFile.resolve(directory, location, file + ": external data"))
            .distinct()
            .toList();
    return new OnnxGraph(parser.irVersion(), parser.opsets(), signature, external);
  }

  private static OnnxParser parse(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      CodedInputStream coded = CodedInputStream.newInstance(stream);
      OnnxParser parser = new OnnxParser(coded);
      parser.parse();
      if (coded.getTotalBytesRead() != Files.size(file)) {
        throw notOnnx(file, "it ends after " + coded.getTotalBytesRead() + " bytes", null);
      }
      return parser;
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx(file, e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelPackageException("cannot read model file " + file + ": " + e, e);
    }
  }

  private static ModelPackageException notOnnx(Path file, String problem, IOException cause) {
    return new ModelPackageException(
        file + " is no complete ONNX model" + describe(file) + ": " + problem, cause);
  }

  /** Shows how a text file begins, so that an error page or a Git LFS pointer is recognised. */
  private static String describe(Path file) {
    byte[] head;
    try (InputStream stream = Files.newInputStream(file)) {
      head = stream.readNBytes(SHOWN_BYTES);
    } catch (IOException e) {
      return " (nor can its beginning be read: " + e + ")";
    }
    if (head.length == 0) {
      return " (it is empty)";
    }
    for (byte character : head) {
      if ((character < ' ' || character > '~')
          && character != '\n'
          && character != '\r'
          && character != '\t') {
        return "";
      }
    }
    String text = new String(head, StandardCharsets.US_ASCII).replaceAll("\\s+", " ");
    return " (it begins with the text \"" + text + "\")";
  }
}
