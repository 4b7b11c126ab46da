package dev.sluice.profile.file;

import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.WindowFindings;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import java.util.List;

/** Reads what {@link FindingsWriter} wrote. */
final class FindingsReader {
  private FindingsReader() {}

  static WindowFindings read(JsonFields fields) {
    return new WindowFindings(
        fields.has("expectationResults")
            ? fields.objects("expectationResults", FindingsReader::result)
            : List.of(),
        fields.has("rejections")
            ? fields.objects("rejections", FindingsReader::rejection)
            : List.of());
  }

  private static ExpectationResult result(JsonFields fields) {
    ExpectationResult result =
        fields.build(
            () ->
                new ExpectationResult(
                    fields.text("id"),
                    fields.oneOf("type", ExpectationType.class),
                    fields.text("expectation"),
                    fields.texts("columns"),
                    fields.oneOf("severity", Severity.class),
                    fields.count("evaluated"),
                    fields.count("unexpected"),
                    fields.optionalNumber("share"),
                    fields.number("mostly"),
                    fields.has("observed") ? fields.text("observed") : null,
                    fields.has("met") ? (Boolean) fields.flag("met") : null,
                    fields.has("reason") ? fields.text("reason") : ""));
    fields.finish();
    return result;
  }

  private static RejectionCount rejection(JsonFields fields) {
    RejectionCount rejection =
        fields.build(
            () ->
                new RejectionCount(
                    fields.oneOf("reason", Reason.class),
                    fields.text("producer"),
                    fields.count("count")));
    fields.finish();
    return rejection;
  }
}
