package dev.sluice.profile.file;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.TextSummary;

/** Reads the statistics of a column of texts and checks that they agree. */
final class TextsReader {
  private TextsReader() {}

  static ColumnProfile read(JsonFields fields) {
    long rows = fields.count("rows");
    long missing = fields.integer("missing", 0, rows);
    Occurrences occurrences = OccurrencesReader.ofTexts(fields, rows - missing);
    if (!occurrences.overflow()) {
      Counts.checkRows(fields, rows, occurrences.values().values(), missing);
    }
    Distinct distinct = OccurrencesReader.distinct(fields, occurrences, rows - missing);
    ColumnProfile profile =
        ColumnProfile.ofTexts(
                fields.text("name"),
                rows,
                missing,
                lengths(fields, rows - missing),
                occurrences,
                distinct)
            .withSizes(SizesReader.read(fields, rows - missing));
    DerivedFields.check(fields, profile);
    return profile;
  }

  private static TextSummary lengths(JsonFields fields, long present) {
    Long min = fields.optionalInteger("minLength", 0, Integer.MAX_VALUE);
    Long max = fields.optionalInteger("maxLength", 0, Integer.MAX_VALUE);
    if ((min == null || max == null) != (present == 0)) {
      throw fields.failureAt(
          "minLength and maxLength",
          min + " and " + max,
          present == 0 ? "none, since there is no text" : "numbers");
    }
    if (min == null) {
      return TextSummary.NONE;
    }
    if (min > max) {
      throw fields.failureAt("minLength", min, "at most maxLength " + max);
    }
    long least = Counts.product(present - 1, min) + max;
    long most = Counts.product(present - 1, max) + min;
    return new TextSummary(
        min.intValue(), max.intValue(), fields.integer("totalLength", least, most));
  }
}
