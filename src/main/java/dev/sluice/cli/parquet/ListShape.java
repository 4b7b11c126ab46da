package dev.sluice.cli.parquet;

import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * How lists and maps are nested in a schema. Writers differ in the layers of a list; the rules are
 * those of <a
 * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">parquet-format's
 * LogicalTypes.md</a>, "backward-compatibility rules".
 */
final class ListShape {
  private ListShape() {}

  static boolean isList(GroupType group) {
    return group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  static boolean isMap(GroupType group) {
    return isList(group)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2
        && group.getType(0).asGroupType().getType(0).isPrimitive();
  }

  /** Returns whether the repeated field is the element itself, and not a layer around it. */
  static boolean isElement(GroupType list) {
    Type repeated = list.getType(0);
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  /** Returns the type of the elements. */
  static Type element(GroupType list) {
    Type repeated = list.getType(0);
    return isElement(list) ? repeated : repeated.asGroupType().getType(0);
  }
}
