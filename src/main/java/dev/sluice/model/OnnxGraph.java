package dev.sluice.model;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.model.format.ProtoReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an {@code .onnx} file says about itself. Weights are skipped, never kept.
 *
 * @param irVersion the version of the ONNX format
 * @param opsets the version of each operator set by its domain; the empty string is ai.onnx
 * @param signature what goes in and what comes out
 * @param externalData files beside the model that hold weights, checked to lie in its directory
 * @param operators the operators of the graph, its subgraphs and the functions that it calls
 * @param locales the locales that a machine has to have to run its operators on texts
 * @param garbledText a text that the model could answer with and whose characters beyond U+FFFF
 *     ONNX Runtime's Java API would garble; empty where there is none
 * @param origin where it comes from
 */
public record OnnxGraph(
    long irVersion,
    Map<String, Long> opsets,
    ModelSignature signature,
    List<Path> externalData,
    List<OnnxOperator> operators,
    Set<String> locales,
    String garbledText,
    OnnxOrigin origin) {
  /** Operators whose result for a row depends on the rows beside it: they scale by the maximum. */
  private static final Set<String> BATCH_DEPENDENT =
      Set.of(
          "ai.onnx.DynamicQuantizeLinear",
          "com.microsoft.DynamicQuantizeMatMul",
          "com.microsoft.DynamicQuantizeLSTM");

  public OnnxGraph {
    opsets = Map.copyOf(opsets);
    externalData = List.copyOf(externalData);
    operators = List.copyOf(operators);
    locales = Set.copyOf(locales);
  }

  /** Returns whether the answer for a row can depend on the rows that share its batch. */
  public boolean isBatchDependent() {
    return !batchDependentOperators().isEmpty();
  }

  /** Returns the names of the operators that make answers depend on the batch. */
  public List<String> batchDependentOperators() {
    return operators.stream()
        .map(OnnxOperator::qualifiedName)
        .filter(BATCH_DEPENDENT::contains)
        .toList();
  }

  /**
   * Reads a model file.
   *
   * @throws ModelPackageException if it is no ONNX model (where its format is known, the message
   *     says what to do) or a truncated one, has an input or output of a type that is not
   *     supported, has weights in a file of an execution provider, or names external data that is
   *     missing or outside its directory; of the latter three, all are named at once
   */
  public static OnnxGraph read(Path file) {
    OnnxParser parser = parse(file);
    if (parser.irVersion() == 0 || parser.opsets().isEmpty() || parser.outputs().isEmpty()) {
      throw notOnnx(file, "it lacks a version, operator sets or a graph with outputs", null);
    }
    List<String> problems = new ArrayList<>();
    List<TensorInfo> inputs = new ArrayList<>();
    for (OnnxValueInfo input : parser.inputs()) {
      if (!parser.initializers().contains(input.name())) {
        attempt(problems, () -> inputs.add(input.resolve(file, "input")));
      }
    }
    List<TensorInfo> outputs = new ArrayList<>();
    for (OnnxValueInfo output : parser.outputs()) {
      attempt(problems, () -> outputs.add(output.resolve(file, "output")));
    }
    Set<Path> external = new LinkedHashSet<>();
    parser
        .externalData()
        .forEach(
            (location, bytes) ->
                attempt(problems, () -> external.add(external(file, location, bytes))));
    if (parser.hasContextFile()) {
      problems.add(
          file
              + ": a node com.microsoft.EPContext has its weights in a file of an execution provider"
              + " (embed_mode 0), which the model's SHA-256 does not tell apart; expected embed_mode 1");
    }
    if (!problems.isEmpty()) {
      throw ModelPackageException.of(problems);
    }
    return new OnnxGraph(
        parser.irVersion(),
        parser.opsets(),
        new ModelSignature(inputs, outputs),
        List.copyOf(external),
        parser.operators().operators(),
        parser.operators().locales(),
        parser.outputs().stream().anyMatch(output -> output.type().contains("string"))
            ? parser.beyondBasicPlane()
            : "",
        parser.origin());
  }

  /**
   * Returns where external data is said to be, relative to the model's directory and inside it,
   * whether or not it is there.
   *
   * @throws ModelPackageException as {@link #read} does where the file is no ONNX model
   */
  static List<String> externalLocations(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return parse(file).externalData().keySet().stream()
        .filter(location -> ContainedFile.isInside(directory, location))
        .toList();
  }

  private static Path external(Path model, String location, long bytes) {
    Path file =
        ContainedFile.resolve(
            model.toAbsolutePath().getParent(), location, model + ": external data");
    try {
      long size = Files.size(file);
      if (size < bytes) {
        throw ForeignFormat.explain(
            file,
            "%s: external data %s has %d bytes, expected at least %d: it is cut off or another file"
                .formatted(model, location, size, bytes));
      }
      return file;
    } catch (IOException e) {
      throw new ModelPackageException("cannot read " + file + ": " + e, e);
    }
  }

  /** Keeps what is wrong for later, so that all of it can be said at once. */
  private static void attempt(List<String> problems, Runnable step) {
    try {
      step.run();
    } catch (ModelPackageException e) {
      problems.add(e.getMessage());
    }
  }

  private static OnnxParser parse(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      OnnxParser parser = new OnnxParser(stream);
      parser.parse();
      if (parser.position() != Files.size(file)) {
        throw notOnnx(file, "it ends after " + parser.position() + " bytes", null);
      }
      return parser;
    } catch (ProtoReader.BoundException e) {
      throw new ModelPackageException(
          file + " is beyond what is read of an ONNX model: " + e.getMessage(), e);
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx(file, e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelPackageException("cannot read model file " + file + ": " + e, e);
    }
  }

  private static ModelPackageException notOnnx(Path file, String problem, IOException cause) {
    return ForeignFormat.refuse(file, file + " is no complete ONNX model: " + problem, cause);
  }
}
