package dev.sluice.record;

/** Why a record got no prediction, or which kind of expectation it did not meet. */
public enum Reason {
  /** The Kafka value is null. */
  NULL_VALUE,
  /** The Kafka value has no bytes. */
  EMPTY_VALUE,
  /** The bytes are not a record of the writer schema. */
  UNDECODABLE,
  /** A record of the writer schema is followed by more bytes. */
  TRAILING_BYTES,
  /** The event time is further ahead of Kafka's timestamp than allowed. */
  EVENT_TIME_AHEAD,
  /** A value that has to be present is null. */
  MISSING,
  /** A number is NaN. */
  NAN,
  /** A number is infinite. */
  INFINITE,
  /** A number is outside its range. */
  OUT_OF_RANGE,
  /** A value, or a pair of them, is none of the known ones. */
  NOT_IN_SET,
  /** A value is there that must not be: none at all, or one of a set. */
  UNEXPECTED_VALUE,
  /** A text does not match. */
  NO_MATCH,
  /** A text matches what it must not. */
  UNEXPECTED_MATCH,
  /** A text or array has a length that is not allowed. */
  WRONG_LENGTH,
  /** A value does not fit into the type of the model's input. */
  WRONG_TYPE,
  /** The event time is too old at Kafka's timestamp. */
  STALE,
  /** The event time is before that of an earlier record. */
  OUT_OF_ORDER,
  /** A value is not greater than another of the record. */
  NOT_GREATER,
  /** A value does not equal another of the record. */
  NOT_EQUAL,
  /** The sum of several values is outside its range. */
  SUM_OUT_OF_RANGE,
  /** Two values of the record are the same. */
  DUPLICATE,
  /** The model's runtime refused the record. */
  MODEL_ERROR,
  /** The model took longer for the record than it may. */
  MODEL_TIMEOUT,
  /** The model takes more memory for the record than there is. */
  MODEL_MEMORY,
  /** The model answered NaN. */
  NAN_OUTPUT,
  /** Nobody knows the schema that the message says it was written with. */
  UNKNOWN_SCHEMA,
  /** The schema that the message was written with cannot be read as the job's. */
  INCOMPATIBLE_SCHEMA,
  /** The bytes before the record do not say which schema wrote it, as the format wants them to. */
  FRAMING,
  /** The prediction is too large to be written. */
  OUTPUT_TOO_LARGE,
  /** The record has no timestamp of Kafka's, and that is to be its event time. */
  NO_TIMESTAMP,
  /** The record has no key, and the topic of predictions takes no message without one. */
  NO_KEY
}
