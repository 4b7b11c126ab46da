package dev.sluice.cli.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of one page with a checksum, which DuckDB does not write. */
class PageChecksumTest {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  /** Numbers 7, 8, 9 as a page holds them. */
  private static byte[] payload() {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(7)
        .putInt(8)
        .putInt(9)
        .array();
  }

  private List<Integer> read(byte[] payload, int checksum) throws IOException {
    Path path = Files.write(directory.resolve("a.parquet"), file(payload, checksum));
    List<Integer> numbers = new ArrayList<>();
    try (ParquetFile file = ParquetFile.open(path)) {
      ParquetRecords<ObjectNode> records =
          file.records(file.schema(), new JsonMaterializer(file.schema(), Map.of()));
      for (ObjectNode row = records.next(); row != null; row = records.next()) {
        numbers.add(row.get("a").intValue());
      }
    }
    return numbers;
  }

  private static byte[] file(byte[] payload, int checksum) throws IOException {
    PageHeader page = new PageHeader(PageType.DATA_PAGE, payload.length, payload.length);
    page.setCrc(checksum);
    page.setData_page_header(
        new DataPageHeader(payload.length / 4, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    Util.writePageHeader(page, chunk);
    chunk.write(payload);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metaData(payload.length / 4, chunk.size()), footer);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(MAGIC);
    file.write(chunk.toByteArray());
    file.write(footer.toByteArray());
    file.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).array());
    file.write(MAGIC);
    return file.toByteArray();
  }

  private static FileMetaData metaData(int rows, int chunkSize) {
    SchemaElement root = new SchemaElement("root");
    root.setNum_children(1);
    SchemaElement a = new SchemaElement("a");
    a.setType(Type.INT32);
    a.setRepetition_type(FieldRepetitionType.REQUIRED);
    ColumnChunk chunk = new ColumnChunk(MAGIC.length);
    chunk.setMeta_data(
        new ColumnMetaData(
            Type.INT32,
            List.of(Encoding.PLAIN, Encoding.RLE),
            List.of("a"),
            CompressionCodec.UNCOMPRESSED,
            rows,
            chunkSize,
            chunkSize,
            MAGIC.length));
    return new FileMetaData(
        1, List.of(root, a), rows, List.of(new RowGroup(List.of(chunk), chunkSize, rows)));
  }

  @Test
  void aPageThatHasItsChecksumIsRead() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(payload());
    assertThat(read(payload(), (int) crc.getValue())).containsExactly(7, 8, 9);
  }

  @Test
  void aPageOfWhichAByteHasChangedIsRefused() {
    CRC32 crc = new CRC32();
    crc.update(payload());
    byte[] changed = payload();
    changed[4] ^= 1;
    CRC32 got = new CRC32();
    got.update(changed);
    assertThatThrownBy(() -> read(changed, (int) crc.getValue()))
        .isInstanceOf(ParquetException.class)
        .hasMessageContaining("a.parquet cannot be read as Parquet")
        .hasMessageContaining(
            "a page of column a has the checksum %08x, expected %08x"
                .formatted(got.getValue(), crc.getValue()));
  }
}
