package dev.sluice.decode;

import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/** Makes readers of the columns of a layout: scalars and arrays of them. */
final class ColumnCompiler {
  private final FeatureLayout layout;
  private final Consumer<String> problems;

  /**
   * @param problems takes one line per column that cannot be read
   */
  ColumnCompiler(FeatureLayout layout, Consumer<String> problems) {
    this.layout = layout;
    this.problems = problems;
  }

  /**
   * @param action how the field is read: no union, null or error itself
   */
  FieldReader compile(Resolver.Action action, int column) {
    FeatureColumn feature = layout.columns().get(column);
    int element = layout.elementOffset(column);
    if (!(action instanceof Resolver.Container)) {
      return new ColumnReader(column, -1, scalar(action, feature, element, problems));
    }
    int depth = ArrayNesting.depth(action.reader);
    Resolver.Action items = action;
    for (int level = 0; level < depth; level++) {
      if (!(items instanceof Resolver.Container array)) {
        return unreadable(items, feature);
      }
      items = array.elementAction;
    }
    return new ArrayReader(
        ArrayNesting.column(feature, depth), column, element, items(items, feature));
  }

  /** Arrays in arrays are read one within the other, with no union between. */
  private FieldReader unreadable(Resolver.Action action, FeatureColumn feature) {
    String line =
        "field %s has items of type %s, expected %s"
            .formatted(
                feature.name(),
                ResolutionErrors.name(action.writer),
                ResolutionErrors.name(action.reader));
    problems.accept(line);
    return new RefusingReader(line);
  }

  private ItemReader items(Resolver.Action items, FeatureColumn feature) {
    if (!(items instanceof Resolver.WriterUnion union)) {
      ScalarReader reader =
          items.writer.getType() == Schema.Type.NULL ? null : scalar(items, feature, 0, problems);
      return new ItemReader(new ScalarReader[] {reader}, false, feature.type());
    }
    List<String> refused = new ArrayList<>();
    boolean readable = false;
    ScalarReader[] branches = new ScalarReader[union.actions.length];
    for (int i = 0; i < branches.length; i++) {
      int before = refused.size();
      if (union.actions[i].writer.getType() != Schema.Type.NULL) {
        branches[i] = scalar(union.actions[i], feature, 0, refused::add);
      }
      readable |= refused.size() == before;
    }
    if (!readable) {
      refused.forEach(problems);
    }
    return new ItemReader(branches, true, feature.type());
  }

  private static ScalarReader scalar(
      Resolver.Action action, FeatureColumn feature, int element, Consumer<String> problems) {
    Resolver.Action actual =
        action instanceof Resolver.ReaderUnion union ? union.actualAction : action;
    List<String> lines =
        actual instanceof Resolver.ErrorAction error
            ? ResolutionErrors.lines(error, feature.name())
            : scales(actual, feature);
    if (lines.isEmpty()) {
      return new ScalarReader(actual, feature.type(), element);
    }
    lines.forEach(problems);
    return ScalarReader.refusing(IncompatibleSchemaException.joined(lines));
  }

  private static List<String> scales(Resolver.Action action, FeatureColumn feature) {
    boolean differ =
        action.writer.getLogicalType() instanceof LogicalTypes.Decimal written
            && action.reader.getLogicalType() instanceof LogicalTypes.Decimal read
            && written.getScale() != read.getScale();
    return differ
        ? List.of(
            "field %s is a decimal of scale %d, expected scale %d"
                .formatted(
                    feature.name(),
                    ((LogicalTypes.Decimal) action.writer.getLogicalType()).getScale(),
                    ((LogicalTypes.Decimal) action.reader.getLogicalType()).getScale()))
        : List.of();
  }
}
