package dev.sluice.cli.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** How the pages of a column are packed. */
enum PageCodec {
  UNCOMPRESSED {
    @Override
    int unpack(byte[] packed, byte[] to) {
      System.arraycopy(packed, 0, to, 0, Math.min(packed.length, to.length));
      return packed.length;
    }
  },
  SNAPPY {
    @Override
    int unpack(byte[] packed, byte[] to) throws IOException {
      int size = Snappy.uncompressedLength(packed);
      return size == to.length ? Snappy.uncompress(packed, 0, packed.length, to, 0) : size;
    }
  },
  GZIP {
    @Override
    int unpack(byte[] packed, byte[] to) throws IOException {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        int size = in.readNBytes(to, 0, to.length);
        return in.read() < 0 ? size : size + 1;
      }
    }
  },
  ZSTD {
    @Override
    int unpack(byte[] packed, byte[] to) {
      long size = Zstd.decompress(to, packed);
      if (Zstd.isError(size)) {
        throw new ParquetException("a page is no ZSTD: " + Zstd.getErrorName(size));
      }
      return (int) size;
    }
  },
  LZ4_RAW {
    @Override
    int unpack(byte[] packed, byte[] to) {
      return LZ4Factory.fastestInstance()
          .safeDecompressor()
          .decompress(packed, 0, packed.length, to, 0, to.length);
    }
  };

  /**
   * Returns the codec of a column.
   *
   * @throws ParquetException if it is not read here
   */
  static PageCodec of(String column, CompressionCodec codec) {
    for (PageCodec known : values()) {
      if (codec != null && known.name().equals(codec.name())) {
        return known;
      }
    }
    throw new ParquetException(
        "column %s is packed by %s, expected UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW"
            .formatted(column, codec));
  }

  /** Unpacks bytes; returns how many there are, which may be more than fit. */
  abstract int unpack(byte[] packed, byte[] to) throws IOException;

  /**
   * Unpacks the bytes of a page.
   *
   * @param size how many there are to be, bounded by the caller
   * @throws ParquetException if there are not so many
   */
  final byte[] unpack(byte[] packed, int size) throws IOException {
    byte[] unpacked = new byte[size];
    int count = size == 0 && packed.length == 0 ? 0 : unpack(packed, unpacked);
    if (count != size) {
      throw new ParquetException(
          "a page has %d bytes unpacked, expected %d".formatted(count, size));
    }
    return unpacked;
  }
}
