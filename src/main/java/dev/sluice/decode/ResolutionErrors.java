package dev.sluice.decode;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/** Avro's errors of resolution in words: which field, what it is, what was expected. */
final class ResolutionErrors {
  private ResolutionErrors() {}

  /**
   * Returns one line per problem.
   *
   * @param path dotted path of the field, empty for the record
   */
  static List<String> lines(Resolver.ErrorAction error, String path) {
    if (error.error == Resolver.ErrorAction.ErrorType.MISSING_REQUIRED_FIELD) {
      return error.reader.getFields().stream()
          .filter(field -> error.writer.getField(field.name()) == null && !field.hasDefaultValue())
          .map(
              field ->
                  "field %s is not in record %s and has no default"
                      .formatted(FeatureFields.child(path, field.name()), name(error.writer)))
          .toList();
    }
    return List.of(
        "%s is %s, expected %s"
            .formatted(
                path.isEmpty() ? "the schema" : "field " + path,
                name(error.writer),
                name(error.reader)));
  }

  /**
   * Returns the name of a type: its own as it was written, with its size, or those of its parts.
   */
  static String name(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
              .map(ResolutionErrors::name)
              .collect(Collectors.joining(", ", "[", "]"));
      case ARRAY -> "array of " + name(schema.getElementType());
      case MAP -> "map of " + name(schema.getValueType());
      case FIXED -> ReaderNames.written(schema) + "(" + schema.getFixedSize() + " bytes)";
      default -> ReaderNames.written(schema);
    };
  }
}
