package dev.sluice.bench;

import ai.onnxruntime.OrtException;

/**
 * Decodes the records of one schema as one writes it by hand for that schema alone: straight into
 * the buffers that the model reads, with nothing checked. Used by one thread.
 */
interface HandDecoder {
  /**
   * Decodes a record into a row of the batch.
   *
   * @param row from 0
   * @return the event time, milliseconds since 1970
   */
  long decode(byte[] record, int row);

  /** Hands over what does not lie in buffers, before the batch is scored. */
  default void complete() throws OrtException {
    // numbers are in place
  }
}
