package dev.sluice.cli.parquet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The schema of a footer, which is a list, depth first → the tree that it means. */
final class SchemaElements {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ELEMENTS = 100_000;

  private final List<SchemaElement> elements;
  private int next;

  private SchemaElements(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /**
   * @throws ParquetException if it is no tree, too large a one, or has a type that is not known
   */
  static MessageType toSchema(List<SchemaElement> elements) {
    if (elements.size() > MAX_ELEMENTS) {
      throw new ParquetException(
          "the schema has %d elements, expected at most %d"
              .formatted(elements.size(), MAX_ELEMENTS));
    }
    SchemaElements schema = new SchemaElements(elements);
    SchemaElement root = schema.take();
    MessageType message = new MessageType(root.getName(), schema.children(root, 1));
    if (schema.next != elements.size()) {
      throw new ParquetException(
          "the schema has %d elements, expected %d".formatted(elements.size(), schema.next));
    }
    return message;
  }

  private SchemaElement take() {
    if (next == elements.size()) {
      throw new ParquetException("the schema ends early, after " + next + " elements");
    }
    return elements.get(next++);
  }

  private List<Type> children(SchemaElement group, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ParquetException("the schema is nested deeper than expected, " + MAX_DEPTH);
    }
    List<Type> children = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < group.getNum_children(); i++) {
      Type child = child(depth);
      if (!names.add(child.getName())) {
        throw new ParquetException(
            "the schema has " + child.getName() + " twice, expected names that differ");
      }
      children.add(child);
    }
    return children;
  }

  private Type child(int depth) {
    SchemaElement element = take();
    Repetition repetition = repetition(element.getRepetition_type());
    LogicalTypeAnnotation logical = LogicalTypes.of(element);
    if (!element.isSetType()) {
      Type[] children = children(element, depth + 1).toArray(Type[]::new);
      return Types.buildGroup(repetition).as(logical).addFields(children).named(element.getName());
    }
    PrimitiveTypeName type =
        switch (element.getType()) {
          case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
          default -> PrimitiveTypeName.valueOf(element.getType().name());
        };
    Types.PrimitiveBuilder<PrimitiveType> builder =
        Types.primitive(type, repetition).length(element.getType_length());
    return builder.as(logical).named(element.getName());
  }

  private static Repetition repetition(FieldRepetitionType type) {
    if (type == null) {
      throw new ParquetException("a field is neither required, optional nor repeated");
    }
    return Repetition.valueOf(type.name());
  }
}
