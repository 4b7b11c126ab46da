package dev.sluice.cli.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;

/** The pages of one row group, by column. */
final class RowGroupPages implements PageReadStore {
  private final long rows;
  private final FileChannel channel;
  private final Map<List<String>, ColumnMetaData> chunks = new HashMap<>();

  private RowGroupPages(FileChannel channel, RowGroup group) {
    this.rows = group.getNum_rows();
    this.channel = channel;
  }

  /**
   * Finds the columns of a row group.
   *
   * @throws ParquetException if one is missing, of another type, or not in this file
   */
  static RowGroupPages open(FileChannel channel, RowGroup group, MessageType schema)
      throws IOException {
    RowGroupPages pages = new RowGroupPages(channel, group);
    for (ColumnChunk chunk : group.getColumns()) {
      if (chunk.isSetFile_path()) {
        throw new ParquetException(
            "a column is in another file, " + chunk.getFile_path() + ", expected it in this one");
      }
      if (!chunk.isSetMeta_data()) {
        throw new ParquetException("a column is encrypted, expected one that is not");
      }
      ColumnMetaData column = chunk.getMeta_data();
      pages.chunks.put(List.copyOf(column.getPath_in_schema()), column);
    }
    for (ColumnDescriptor column : schema.getColumns()) {
      pages.check(column);
    }
    return pages;
  }

  private void check(ColumnDescriptor column) {
    ColumnMetaData chunk = chunk(column);
    String type = column.getPrimitiveType().getPrimitiveTypeName().name();
    String stored = chunk.getType().name();
    boolean same =
        switch (stored) {
          case "BYTE_ARRAY" -> type.equals("BINARY");
          default -> type.equals(stored);
        };
    if (!same) {
      throw new ParquetException(
          "column %s is stored as %s, expected %s"
              .formatted(String.join(".", column.getPath()), stored, type));
    }
    boolean repeated = column.getMaxRepetitionLevel() > 0;
    if (repeated ? chunk.getNum_values() < rows : chunk.getNum_values() != rows) {
      throw new ParquetException(
          "column %s has %d values in a row group of %d rows"
              .formatted(String.join(".", column.getPath()), chunk.getNum_values(), rows));
    }
  }

  private ColumnMetaData chunk(ColumnDescriptor column) {
    ColumnMetaData chunk = chunks.get(Arrays.asList(column.getPath()));
    if (chunk == null) {
      throw new ParquetException(
          "a row group has no column " + String.join(".", column.getPath()) + ", expected one");
    }
    return chunk;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new ColumnPages(String.join(".", column.getPath()), channel, chunk(column));
  }

  @Override
  public long getRowCount() {
    return rows;
  }
}
