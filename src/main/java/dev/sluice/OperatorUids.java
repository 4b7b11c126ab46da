package dev.sluice;

/**
 * The uid of each operator: what a savepoint finds its state by. They never change; a new operator
 * gets a new one.
 */
final class OperatorUids {
  static final String FEATURES = "features";
  static final String DECODE = "decode";
  static final String VALIDATE = "validate";
  static final String BATCH = "batch";
  static final String INFER = "infer";
  static final String SPLIT = "split";
  static final String ENCODE_PREDICTIONS = "encode-predictions";
  static final String PREDICTIONS = "predictions";
  static final String PROFILE_INPUTS = "profile-inputs";
  static final String PROFILE_REJECTED = "profile-rejected";
  static final String COUNT_MALFORMED = "count-malformed";
  static final String MERGE_INPUTS = "merge-input-windows";
  static final String ENCODE_INPUT_PROFILES = "encode-input-profiles";
  static final String INPUT_PROFILES = "input-profiles";
  static final String PROFILE_OUTPUTS = "profile-outputs";
  static final String MERGE_OUTPUTS = "merge-output-windows";
  static final String ENCODE_OUTPUT_PROFILES = "encode-output-profiles";
  static final String OUTPUT_PROFILES = "output-profiles";
  static final String RAISE_ALARMS = "raise-alarms";
  static final String WATCH_SILENCE = "watch-silence";
  static final String ENCODE_ALARMS = "encode-alarms";
  static final String ALARMS = "alarms";
  static final String ENCODE_DEAD_LETTERS = "encode-dead-letters";
  static final String DEAD_LETTERS = "dead-letters";

  private OperatorUids() {}
}
