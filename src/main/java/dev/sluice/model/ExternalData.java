package dev.sluice.model;

import dev.sluice.model.format.ProtoReader.BoundException;
import java.util.List;
import java.util.Map;

/**
 * Where a tensor's values lie beside the model: the statements of its {@code external_data}, and
 * how many bytes its type and dimensions take where these state no length.
 */
final class ExternalData {
  /** Bits of an element by TensorProto.DataType, 0 for those that are not kept as plain bytes. */
  private static final List<Integer> BITS =
      List.of(0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4);

  private String location = "";
  private long offset;
  private long length;
  private long elements = 1;
  private int type;

  /**
   * Takes a statement; those that say nothing about the place are ignored. An empty one takes back
   * nothing that another has said.
   *
   * @throws BoundException if it is a second place: which one is meant is the reader's guess
   */
  void set(String key, String value) throws BoundException {
    if (value.isEmpty()) {
      return;
    }
    switch (key) {
      case "location" -> {
        if (!location.isEmpty() && !location.equals(value)) {
          throw new BoundException(
              "a tensor has external data in %s and in %s, expected one place"
                  .formatted(location, value));
        }
        location = value;
      }
      case "offset" -> offset = bytes(value);
      case "length" -> length = bytes(value);
      default -> {
        // such as a checksum
      }
    }
  }

  void setType(long dataType) {
    type = dataType > 0 && dataType < BITS.size() ? (int) dataType : 0;
  }

  void addDimension(long size) {
    // More than any file has: it is only held against the size of one.
    boolean sane = size >= 0 && (size == 0 || elements <= Long.MAX_VALUE / 128 / size);
    elements = sane ? elements * size : Long.MAX_VALUE / 128;
  }

  /** The runtime says what is wrong with a statement that is no number. */
  private static long bytes(String value) {
    try {
      return Math.max(0, Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Adds how many bytes the file has to have to hold them, if there is one, by its location. */
  void addTo(Map<String, Long> needed) {
    if (!location.isEmpty()) {
      long bytes = length > 0 ? length : (elements * BITS.get(type) + 7) / 8;
      long end = offset > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : offset + bytes;
      needed.merge(location, end, Math::max);
    }
  }
}
