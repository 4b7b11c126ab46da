package dev.sluice.cli.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The pages of one column of a row group, read and unpacked one by one. */
final class ColumnPages implements PageReader {
  /** The largest page that is read, unpacked, in bytes. */
  static final int MAX_PAGE = 256 << 20;

  /** Small, since every column has one. */
  private static final int BUFFER = 1 << 14;

  private final String column;
  private final ColumnMetaData chunk;
  private final InputStream in;
  private final PageCodec codec;
  private PageHeader pending;
  private long values;

  ColumnPages(String column, FileChannel channel, ColumnMetaData chunk) {
    this.column = column;
    this.chunk = chunk;
    this.codec = PageCodec.of(column, chunk.getCodec());
    long data = chunk.getData_page_offset();
    long dictionary = chunk.getDictionary_page_offset();
    boolean first = chunk.isSetDictionary_page_offset() && dictionary > 0 && dictionary < data;
    try {
      this.in =
          new BufferedInputStream(
              new ChunkStream(channel, first ? dictionary : data, chunk.getTotal_compressed_size()),
              BUFFER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getNum_values();
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = header();
      if (header.getType() != PageType.DICTIONARY_PAGE) {
        return null;
      }
      pending = null;
      int count = header.getDictionary_page_header().getNum_values();
      Encoding encoding = encoding(header.getDictionary_page_header().getEncoding());
      byte[] bytes = codec.unpack(payload(header), header.getUncompressed_page_size());
      if (count < 0 || count > Math.max(bytes.length, 1)) {
        throw new ParquetException(
            "the dictionary of column %s has %d values in %d bytes"
                .formatted(column, count, bytes.length));
      }
      return new DictionaryPage(BytesInput.from(bytes), count, encoding);
    } catch (IOException e) {
      throw new UncheckedIOException("column " + column + ": " + e.getMessage(), e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (values < chunk.getNum_values()) {
        PageHeader header = header();
        pending = null;
        byte[] payload = payload(header);
        DataPage page =
            switch (header.getType()) {
              case DATA_PAGE -> first(header, payload);
              case DATA_PAGE_V2 -> second(header, payload);
              case INDEX_PAGE -> null;
              case DICTIONARY_PAGE ->
                  throw new ParquetException(
                      "column %s has a dictionary behind its values".formatted(column));
            };
        if (page != null) {
          values += count(page.getValueCount());
          return page;
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("column " + column + ": " + e.getMessage(), e);
    }
  }

  private int count(int count) {
    if (count <= 0 || count > chunk.getNum_values() - values) {
      throw new ParquetException(
          "a page of column %s has %d values, expected 1 to %d"
              .formatted(column, count, chunk.getNum_values() - values));
    }
    return count;
  }

  private DataPage first(PageHeader page, byte[] payload) throws IOException {
    DataPageHeader header = page.getData_page_header();
    byte[] bytes = codec.unpack(payload, page.getUncompressed_page_size());
    return new DataPageV1(
        BytesInput.from(bytes),
        header.getNum_values(),
        bytes.length,
        null,
        encoding(header.getRepetition_level_encoding()),
        encoding(header.getDefinition_level_encoding()),
        encoding(header.getEncoding()));
  }

  /** In the second version of a page the levels stand before the values and are never packed. */
  private DataPage second(PageHeader page, byte[] payload) throws IOException {
    DataPageHeaderV2 header = page.getData_page_header_v2();
    int repetition = header.getRepetition_levels_byte_length();
    int definition = header.getDefinition_levels_byte_length();
    if (repetition < 0
        || definition < 0
        || (long) repetition + definition > payload.length
        || (long) repetition + definition > page.getUncompressed_page_size()) {
      throw new ParquetException(
          "a page of column %s has levels of %d and %d bytes, expected at most %d"
              .formatted(column, repetition, definition, payload.length));
    }
    int levels = repetition + definition;
    byte[] packed = Arrays.copyOfRange(payload, levels, payload.length);
    boolean isPacked = !header.isSetIs_compressed() || header.isIs_compressed();
    byte[] data =
        isPacked ? codec.unpack(packed, page.getUncompressed_page_size() - levels) : packed;
    return DataPageV2.uncompressed(
        header.getNum_rows(),
        header.getNum_nulls(),
        header.getNum_values(),
        BytesInput.from(payload, 0, repetition),
        BytesInput.from(payload, repetition, definition),
        encoding(header.getEncoding()),
        BytesInput.from(data),
        null);
  }

  private PageHeader header() throws IOException {
    if (pending == null) {
      pending = Util.readPageHeader(in);
    }
    return pending;
  }

  private byte[] payload(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    int unpacked = header.getUncompressed_page_size();
    if (size < 0 || unpacked < 0 || size > MAX_PAGE || unpacked > MAX_PAGE) {
      throw new ParquetException(
          "a page of column %s has %d bytes, %d unpacked, expected at most %d"
              .formatted(column, size, unpacked, MAX_PAGE));
    }
    byte[] payload = in.readNBytes(size); // grows with what is there, whatever the size says
    if (payload.length < size) {
      throw new ParquetException(
          "a page of column %s ends after %d bytes, expected %d"
              .formatted(column, payload.length, size));
    }
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(payload);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new ParquetException(
            "a page of column %s has the checksum %08x, expected %08x"
                .formatted(column, (int) crc.getValue(), header.getCrc()));
      }
    }
    return payload;
  }

  private Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    if (encoding == null) {
      throw new ParquetException("a page of column " + column + " has an unknown encoding");
    }
    return Encoding.valueOf(encoding.name());
  }
}
