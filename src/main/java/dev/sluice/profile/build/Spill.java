package dev.sluice.profile.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a baseline's columns hold, kept until their grids can be laid: in memory as long as it is
 * little, else in one temporary file. It is written in groups of rows: whenever much has gathered,
 * each column adds its chunk of bytes, so that the chunks of a group are about the same rows. Each
 * chunk knows where the one before lies; memory holds the last of each column alone.
 *
 * <p>The file lies in the directory {@code java.io.tmpdir} and has no name any more once it is
 * open, where the operating system allows that: it is gone when this is closed or the process ends.
 * Writing is for one thread; after {@link #finish} any number may read at a time.
 */
final class Spill implements AutoCloseable {
  /** So many bytes gather in memory before they are written. */
  static final int MEMORY_BYTES = 8 << 20;

  /** A column's chunk is no larger, but for what the last slice of rows adds. */
  static final int CHUNK_BYTES = 1 << 20;

  /** Before each chunk: where the one before lies, its size, and the number of the group. */
  static final int HEADER_BYTES = 16;

  private static final int MAX_SLICE = 4096;

  private final int memoryBytes;
  private final int chunkBytes;
  private final List<SpillColumn> columns = new ArrayList<>();
  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private FileChannel file;
  private long end;
  private int group;

  Spill() {
    this(MEMORY_BYTES, CHUNK_BYTES);
  }

  Spill(int memoryBytes, int chunkBytes) {
    this.memoryBytes = memoryBytes;
    this.chunkBytes = chunkBytes;
  }

  /** Returns how many rows of columns of these widths may gather before the spill is asked. */
  static int slice(int[] widths) {
    int widest = Arrays.stream(widths).max().orElse(1);
    long all = Arrays.stream(widths).asLongStream().sum();
    long slice =
        Math.min(
            CHUNK_BYTES / ((long) Double.BYTES * widest),
            MEMORY_BYTES / (Double.BYTES * Math.max(all, 1)));
    return (int) Math.max(1, Math.min(slice, MAX_SLICE));
  }

  SpillColumn newColumn() {
    SpillColumn column = new SpillColumn(this);
    columns.add(column);
    return column;
  }

  /** Returns the number of the group that is gathered, from 0. */
  int group() {
    return group;
  }

  /** Returns whether anything had to be written to the file. */
  boolean hasFile() {
    return file != null;
  }

  /** Ends the group where enough has gathered; to be called between rows. */
  void writeIfFull() {
    long gathered = 0;
    boolean full = false;
    for (SpillColumn column : columns) {
      gathered += column.size();
      full |= column.size() >= chunkBytes;
    }
    if (full || gathered >= memoryBytes) {
      write();
    }
  }

  /** Ends writing: what is in memory joins the file, if there is one. */
  void finish() {
    if (file != null) {
      write();
      columns.forEach(SpillColumn::release);
    }
  }

  private void write() {
    try {
      if (file == null) {
        file = open();
      }
      for (SpillColumn column : columns) {
        if (column.size() > 0) {
          end = column.writeTo(this, header, end);
        }
      }
      group++;
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private static FileChannel open() throws IOException {
    Path path =
        Files.createTempFile("sluice-spill-%d-".formatted(ProcessHandle.current().pid()), ".tmp");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  /** Fills the buffer from this place of the file; for any number of threads. */
  void read(ByteBuffer bytes, long position) {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        int read = file.read(bytes, at);
        if (read < 0) {
          throw new IOException("it ends at " + at + ", expected " + bytes.remaining() + " more");
        }
        at += read;
      }
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  private static UncheckedIOException failure(String what, IOException e) {
    return new UncheckedIOException(
        "the temporary file of the profile in "
            + System.getProperty("java.io.tmpdir")
            + " cannot be "
            + what
            + ": "
            + e.getMessage()
            + " (-Djava.io.tmpdir names another directory)",
        e);
  }

  @Override
  public void close() {
    columns.forEach(SpillColumn::release);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw failure("closed", e);
      }
    }
  }
}
