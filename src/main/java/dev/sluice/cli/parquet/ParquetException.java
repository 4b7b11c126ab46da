package dev.sluice.cli.parquet;

/** A file that is no Parquet file, is damaged, or uses what is not read here. */
public final class ParquetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what, got, expected
   */
  ParquetException(String message) {
    super(message);
  }

  ParquetException(String message, Throwable cause) {
    super(message, cause);
  }
}
