package dev.sluice.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One input or output in the signature of an {@code MLmodel} file, which MLflow writes as JSON:
 * either a column or a tensor. The graph is the truth about types and shapes; this is what the
 * author called things.
 *
 * @param name the empty string where MLflow gives none (a single tensor)
 * @param type {@code double}, {@code long}, ... of a column, NumPy's {@code float32}, ... of a
 *     tensor
 * @param shape the dimensions of a tensor, -1 for dynamic; empty for a column
 */
public record DeclaredField(String name, String type, List<Long> shape) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public DeclaredField {
    shape = List.copyOf(shape);
  }

  /**
   * Reads one side of a signature.
   *
   * @param json a JSON array of columns or tensors
   * @param what which side, for messages
   */
  static List<DeclaredField> parse(Path file, String what, String json) {
    JsonNode fields;
    try {
      fields = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ModelPackageException(
          file + ": " + what + " is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!fields.isArray()) {
      throw new ModelPackageException(file + ": " + what + " is no JSON array");
    }
    List<DeclaredField> declared = new ArrayList<>();
    for (JsonNode field : fields) {
      JsonNode tensor = field.path("tensor-spec");
      List<Long> shape = new ArrayList<>();
      tensor.path("shape").forEach(dimension -> shape.add(dimension.asLong()));
      JsonNode type = tensor.isMissingNode() ? field.path("type") : tensor.path("dtype");
      declared.add(new DeclaredField(field.path("name").asText(""), type.asText(""), shape));
    }
    return declared;
  }
}
