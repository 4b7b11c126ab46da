package dev.sluice.decode;

import dev.sluice.record.FeatureRow;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Moves past a value of one schema without keeping it. Recursive schemas are bounded in depth. What
 * has no bytes is left out: a schema of forty records, each of two of the next, is written in a few
 * lines, and would have a million million of them to go through.
 */
final class SkipReader implements FieldReader {
  private final Schema.Type type;
  private final int fixedSize;
  private final int symbols;
  private final boolean emptyItems;
  private SkipReader[] parts = {};

  private SkipReader(Schema schema, Made made) {
    this.type = schema.getType();
    this.fixedSize = type == Schema.Type.FIXED ? schema.getFixedSize() : 0;
    this.symbols = type == Schema.Type.ENUM ? schema.getEnumSymbols().size() : 0;
    this.emptyItems = type == Schema.Type.ARRAY && made.isEmpty(schema.getElementType());
  }

  /**
   * What was made, and found out, of each schema within one. Whoever skips several parts of a
   * schema has one of it: thousands of fields of one record of thousands of fields would be
   * millions of readers else.
   */
  static final class Made {
    private final Map<Schema, SkipReader> readers = new IdentityHashMap<>();

    /** Records; not, as long as one is looked at, since one within itself has no end. */
    private final Map<Schema, Boolean> empty = new IdentityHashMap<>();

    SkipReader of(Schema schema) {
      SkipReader known = readers.get(schema);
      if (known != null) {
        return known;
      }
      SkipReader created = new SkipReader(schema, this);
      readers.put(schema, created);
      List<Schema> children =
          switch (schema.getType()) {
            case RECORD ->
                schema.getFields().stream()
                    .map(Schema.Field::schema)
                    .filter(field -> !isEmpty(field))
                    .toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
          };
      created.parts = new SkipReader[children.size()];
      for (int i = 0; i < created.parts.length; i++) {
        created.parts[i] = of(children.get(i));
      }
      return created;
    }

    /** Returns whether every value of a schema is written as no bytes at all, whatever it is. */
    boolean isEmpty(Schema schema) {
      return switch (schema.getType()) {
        case NULL -> true;
        case FIXED -> schema.getFixedSize() == 0;
        case RECORD -> isEmptyRecord(schema);
        default -> false;
      };
    }

    private boolean isEmptyRecord(Schema schema) {
      Boolean known = empty.putIfAbsent(schema, false);
      if (known != null) {
        return known;
      }
      boolean found = schema.getFields().stream().allMatch(field -> isEmpty(field.schema()));
      empty.put(schema, found);
      return found;
    }
  }

  /** Returns whether it skips a text or bytes. */
  boolean isText() {
    return type == Schema.Type.STRING || type == Schema.Type.BYTES;
  }

  @Override
  public void read(BinaryCursor in, FeatureRow row) throws MalformedRecordException {
    skip(in);
  }

  void skip(BinaryCursor in) throws MalformedRecordException {
    switch (type) {
      case NULL -> {}
      case BOOLEAN -> in.readBoolean();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case ENUM -> readIndex(in, symbols, "enum");
      case FLOAT -> in.skip(4);
      case DOUBLE -> in.skip(8);
      case FIXED -> in.skip(fixedSize);
      case STRING, BYTES -> in.skip(in.readLength());
      case UNION -> parts[readIndex(in, parts.length, "union")].skip(in);
      case RECORD -> {
        in.enter();
        for (SkipReader part : parts) {
          part.skip(in);
        }
        in.leave();
      }
      case ARRAY, MAP -> skipBlocks(in);
    }
  }

  private void skipBlocks(BinaryCursor in) throws MalformedRecordException {
    if (emptyItems) {
      while (in.readAnyBlockCount() != 0) {}
      return;
    }
    in.enter();
    for (int count = in.readBlockCount(); count != 0; count = in.readBlockCount()) {
      for (int i = 0; i < count; i++) {
        if (type == Schema.Type.MAP) {
          in.skip(in.readLength());
        }
        parts[0].skip(in);
      }
    }
    in.leave();
  }

  /** Reads the index of a union's branch or an enum's symbol, checked against their number. */
  static int readIndex(BinaryCursor in, int count, String what) throws MalformedRecordException {
    int start = in.position();
    long index = in.readLong();
    if (index < 0 || index >= count) {
      throw new MalformedRecordException(
          "byte " + start + ": " + what + " index is " + index + ", expected 0 to " + (count - 1));
    }
    return (int) index;
  }
}
