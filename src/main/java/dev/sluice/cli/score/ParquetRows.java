package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.parquet.JsonMaterializer;
import dev.sluice.cli.parquet.ParquetFile;
import dev.sluice.cli.parquet.ParquetRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The rows of a Parquet file. Columns are matched with fields, or with inputs that are filled from
 * fields none of which is a column, by name; others are not read.
 */
public final class ParquetRows implements InputRows {
  private final DataFile file;
  private final ParquetFile parquet;
  private final ParquetRecords<ObjectNode> rows;
  private final RecordBuilder records;
  private final RecordEncoder encoder;
  private final Split split;
  private final boolean splitIsField;

  /**
   * @param file closed with this
   * @param split which rows are taken
   * @param encoder of the schema
   * @param notes takes a line for a person about columns that are not there
   * @throws IllegalArgumentException if it is no Parquet file, or lacks a column
   */
  public ParquetRows(
      DataFile file, FileSchema schema, Split split, RecordEncoder encoder, Consumer<String> notes)
      throws IOException {
    this.file = file;
    this.encoder = encoder;
    this.split = split;
    this.parquet = open(file);
    try {
      FileSchema named = named(schema, notes);
      this.records = new RecordBuilder(named);
      Map<String, Schema> wanted = named.wanted();
      this.splitIsField = wanted.containsKey(split.field());
      MessageType columns = columns(named, wanted.keySet(), notes);
      this.rows = parquet.records(columns, new JsonMaterializer(columns, wanted));
    } catch (RuntimeException e) {
      parquet.close();
      throw e;
    }
  }

  /**
   * Opens a file by position.
   *
   * @param file closed: its stream is not needed
   */
  static ParquetFile open(DataFile file) throws IOException {
    file.close();
    if (file.isGzipped()) {
      throw new IllegalArgumentException(
          file.path() + " is a gzipped Parquet file, expected a plain one: its pages are packed");
    }
    return ParquetFile.open(file.path());
  }

  private FileSchema named(FileSchema schema, Consumer<String> notes) {
    InputKeys inputs = new InputKeys(schema);
    return RenamedColumns.resolve(file, schema, names(), inputs::has, notes);
  }

  private List<String> names() {
    return parquet.schema().getFields().stream().map(Type::getName).toList();
  }

  private MessageType columns(FileSchema schema, Set<String> wanted, Consumer<String> notes) {
    InputKeys inputs = new InputKeys(schema);
    List<String> names = names();
    Set<String> there = new LinkedHashSet<>(names);
    List<String> filling = names.stream().filter(name -> fills(name, inputs, names)).toList();
    filling.forEach(name -> there.addAll(inputs.names(name)));
    ColumnCheck.require(file, schema, there, names, notes);
    if (!split.isAll()) {
      ColumnCheck.requireSplit(file, split, names);
    }
    List<Type> columns = new ArrayList<>();
    for (Type column : parquet.schema().getFields()) {
      String name = column.getName();
      if (wanted.contains(name) || filling.contains(name) || name.equals(split.field())) {
        columns.add(column);
      }
    }
    return new MessageType(parquet.schema().getName(), columns);
  }

  private static boolean fills(String name, InputKeys inputs, List<String> names) {
    return inputs.has(name) && Collections.disjoint(names, inputs.names(name));
  }

  @Override
  public InputRow next() {
    for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
      if (!takes(row)) {
        continue;
      }
      try {
        return InputRow.of(encoder.encode(records.of(row)));
      } catch (MalformedRowException e) {
        return InputRow.malformed("row " + rows.read() + ": " + e.getMessage());
      }
    }
    return null;
  }

  private boolean takes(ObjectNode row) {
    if (split.isAll()) {
      return true;
    }
    JsonNode value = splitIsField ? row.get(split.field()) : row.remove(split.field());
    return split.takes(value == null ? null : value.asText());
  }

  /** Returns the share of rows that has been read as bytes: columns are read side by side. */
  @Override
  public long position() {
    return parquet.rows() == 0
        ? file.size()
        : (long) ((double) rows.read() / parquet.rows() * file.size());
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }
}
