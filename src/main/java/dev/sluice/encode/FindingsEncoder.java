package dev.sluice.encode;

import dev.sluice.avro.ExpectationResult;
import dev.sluice.avro.Rejection;
import dev.sluice.profile.WindowFindings;
import java.util.List;
import java.util.Locale;

/** What a window says of expectations and rejections → its part of {@code DataProfile.avsc}. */
final class FindingsEncoder {
  private FindingsEncoder() {}

  static List<ExpectationResult> results(WindowFindings findings) {
    return findings.expectations().stream()
        .map(
            result ->
                new ExpectationResult(
                    result.id(),
                    result.type().name(),
                    result.expectation(),
                    result.columns(),
                    result.severity().name().toLowerCase(Locale.ROOT),
                    result.evaluated(),
                    result.unexpected(),
                    result.share(),
                    result.mostly(),
                    result.observed(),
                    result.met(),
                    result.reason()))
        .toList();
  }

  static List<Rejection> rejections(WindowFindings findings) {
    return findings.rejections().stream()
        .map(count -> new Rejection(count.reason().name(), count.producer(), count.count()))
        .toList();
  }
}
