package dev.sluice.cli.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** The rows of a Parquet file, one row group after the other. Used by one thread. */
public final class ParquetRecords<T> {
  private final ParquetFile file;
  private final List<RowGroup> groups;
  private final MessageColumnIO columns;
  private final RecordMaterializer<T> materializer;
  private RecordReader<T> reader;
  private int group;
  private long left;
  private long read;

  ParquetRecords(ParquetFile file, MessageType projection, RecordMaterializer<T> materializer) {
    this.file = file;
    this.groups = file.rowGroups();
    this.columns =
        new ColumnIOFactory(file.createdBy()).getColumnIO(projection, file.schema(), true);
    this.materializer = materializer;
  }

  /**
   * Returns the next row, or null at the end.
   *
   * @throws ParquetException if the file is damaged from here on
   */
  public T next() {
    try {
      while (left == 0) {
        if (group == groups.size()) {
          return null;
        }
        RowGroup next = groups.get(group++);
        left = next.getNum_rows();
        if (left > 0) {
          reader =
              columns.getRecordReader(
                  RowGroupPages.open(file.channel(), next, file.schema()), materializer);
        }
      }
      T row = reader.read();
      left--;
      read++;
      return row;
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      // Pages say in many ways that they are damaged, an index out of bounds among them.
      throw ParquetFile.damaged(
          file.path(), "row group %d, after row %d".formatted(group, read), e);
    }
  }

  /** Returns how many rows have been read. */
  public long read() {
    return read;
  }
}
