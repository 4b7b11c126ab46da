package dev.sluice.cli.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** A Parquet file: its schema and its rows. Used by one thread; its opener closes it. */
public final class ParquetFile implements AutoCloseable {
  /** The largest footer that is read, in bytes. */
  static final int MAX_FOOTER = 64 << 20;

  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED = "PARE";
  private static final int TAIL = 8;

  private final Path path;
  private final FileChannel channel;
  private final FileMetaData footer;
  private final MessageType schema;
  private final long rows;

  private ParquetFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.footer = footer();
    this.schema = SchemaElements.toSchema(footer.getSchema());
    long counted = 0;
    for (RowGroup group : footer.getRow_groups()) {
      if (group.getNum_rows() < 0) {
        throw new ParquetException("a row group has " + group.getNum_rows() + " rows");
      }
      counted = Math.addExact(counted, group.getNum_rows());
    }
    this.rows = counted;
  }

  /**
   * Opens a file and reads its footer.
   *
   * @throws ParquetException if it is no Parquet file, or damaged
   */
  public static ParquetFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ParquetFile(path, channel);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      channel.close();
      throw damaged(path, "its footer", e);
    }
  }

  /** Returns what to throw where a file cannot be read on, whatever the reader ran into. */
  static ParquetException damaged(Path path, String place, Throwable e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage().lines().findFirst().get();
    return new ParquetException(
        "%s cannot be read as Parquet, %s: %s".formatted(path, place, why), e);
  }

  private FileMetaData footer() throws IOException {
    long size = channel.size();
    if (size < MAGIC.length() + TAIL) {
      throw new ParquetException("the file has " + size + " bytes, expected 12 or more");
    }
    ByteBuffer tail = read(size - TAIL, TAIL).order(ByteOrder.LITTLE_ENDIAN);
    long length = Integer.toUnsignedLong(tail.getInt());
    String magic = StandardCharsets.ISO_8859_1.decode(tail).toString();
    if (magic.equals(ENCRYPTED)) {
      throw new ParquetException("the file is encrypted, expected one that is not");
    }
    if (!magic.equals(MAGIC)) {
      throw new ParquetException("the file does not end with PAR1: it is cut, or no Parquet file");
    }
    long most = Math.min(MAX_FOOTER, size - TAIL - MAGIC.length());
    if (length > most) {
      throw new ParquetException(
          "the footer has %d bytes, expected at most %d".formatted(length, most));
    }
    ByteBuffer bytes = read(size - TAIL - length, (int) length);
    return Util.readFileMetaData(new ByteArrayInputStream(bytes.array()));
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file ends at byte " + (position + buffer.position()));
      }
    }
    return buffer.flip();
  }

  public Path path() {
    return path;
  }

  /** Returns the schema of the rows. */
  public MessageType schema() {
    return schema;
  }

  /** Returns the number of rows, as the footer states it. */
  public long rows() {
    return rows;
  }

  FileChannel channel() {
    return channel;
  }

  List<RowGroup> rowGroups() {
    return footer.getRow_groups();
  }

  /** Returns what wrote the file, null where it does not say. */
  String createdBy() {
    return footer.getCreated_by();
  }

  /**
   * Returns the rows.
   *
   * @param projection the columns wanted, of the file's schema
   * @param materializer makes a value of the columns of a row
   */
  public <T> ParquetRecords<T> records(MessageType projection, RecordMaterializer<T> materializer) {
    return new ParquetRecords<>(this, projection, materializer);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
