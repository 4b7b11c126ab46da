package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns JSON into a data profile and refuses what is not sound, naming the place. */
final class ProfileReader {
  private static final String FIRST_ELEMENT = "[0]";

  private ProfileReader() {}

  /**
   * Reads a profile.
   *
   * @param complete whether the parts of a kind, where there are some, have to add up to the whole,
   *     the time zone to be one, and expectations to be as they may be stated
   */
  static DataProfile read(JsonNode json, String file, boolean complete) {
    JsonFields fields = new JsonFields(file, "", json);
    int version = (int) fields.integer("formatVersion", 0, Integer.MAX_VALUE);
    if (version != DataProfile.FORMAT_VERSION) {
      throw fields.failureAt(
          "formatVersion", version, DataProfile.FORMAT_VERSION + ", the version this code reads");
    }
    ExpectationReader reader = new ExpectationReader(complete);
    DataProfile profile = fields.build(() -> withoutParts(version, fields, reader));
    List<ProfilePart> parts =
        fields.has("parts") ? PartsJson.read(fields, profile, json) : List.of();
    if (complete) {
      checkTimeZone(fields, profile.window().timeZone());
      new PartSums(fields, profile, parts).check();
    }
    fields.finish();
    return fields.build(() -> profile.withParts(parts));
  }

  private static DataProfile withoutParts(
      int version, JsonFields fields, ExpectationReader reader) {
    ProfileKind kind = fields.oneOf("kind", ProfileKind.class);
    ProfiledModel model = model(fields);
    ProfiledWindow window = window(fields);
    RowCounts counts = counts(fields);
    List<ColumnProfile> columns = columns(fields, "columns", reader);
    Set<String> floating = floating(columns);
    return new DataProfile(
        version,
        kind,
        model,
        window,
        counts,
        columns,
        columns(fields, "outputs", reader),
        fields.has("expectations")
            ? fields.objects("expectations", e -> reader.ofProfile(e, floating))
            : List.of(),
        fields.has("dataSet") ? dataSet(fields.fields("dataSet")) : null,
        fields.text("creator"),
        FindingsReader.read(fields),
        List.of());
  }

  /** Returns the columns of floating-point numbers, and arrays whose elements are such columns. */
  private static Set<String> floating(List<ColumnProfile> columns) {
    Set<String> floating = new HashSet<>();
    for (ColumnProfile column : columns) {
      if (column.valueType().isFloating()) {
        floating.add(column.name());
        if (column.name().endsWith(FIRST_ELEMENT)) {
          floating.add(column.name().substring(0, column.name().length() - FIRST_ELEMENT.length()));
        }
      }
    }
    return floating;
  }

  private static ProfiledModel model(JsonFields fields) {
    return new ProfiledModel(
        fields.text("modelName"), fields.text("modelVersion"), fields.text("modelSha256"));
  }

  private static ProfiledWindow window(JsonFields fields) {
    return new ProfiledWindow(
        fields.text("baselineSha256"),
        fields.text("segment"),
        fields.optionalInteger("windowStart", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.optionalInteger("windowEnd", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.text("window"),
        fields.text("timeZone"),
        (int) fields.integer("revision", 0, Integer.MAX_VALUE),
        !fields.has("final") || fields.flag("final"));
  }

  /** Seasons are told apart in it. */
  private static void checkTimeZone(JsonFields fields, String zone) {
    try {
      if (!zone.isEmpty()) {
        ZoneId.of(zone);
      }
    } catch (DateTimeException e) {
      throw fields.failureAt("timeZone", zone, "a time zone such as Asia/Shanghai");
    }
  }

  private static RowCounts counts(JsonFields fields) {
    return new RowCounts(
        fields.count("rows"),
        fields.count("rejectedRows"),
        fields.count("lateRows"),
        optionalCount(fields, "readRecords"),
        optionalCount(fields, "malformedRecords"),
        optionalCount(fields, "predictedRecords"),
        optionalCount(fields, "failedRecords"));
  }

  private static long optionalCount(JsonFields fields, String key) {
    return fields.has(key) ? fields.count(key) : 0;
  }

  private static DataSet dataSet(JsonFields fields) {
    DataSet dataSet =
        fields.build(
            () ->
                new DataSet(
                    fields.text("name"),
                    fields.text("sha256"),
                    fields.count("rows"),
                    fields.optionalInteger("firstEventTime", Long.MIN_VALUE, Long.MAX_VALUE),
                    fields.optionalInteger("lastEventTime", Long.MIN_VALUE, Long.MAX_VALUE),
                    fields.has("codePointer") ? fields.text("codePointer") : ""));
    fields.finish();
    return dataSet;
  }

  private static List<ColumnProfile> columns(
      JsonFields fields, String key, ExpectationReader reader) {
    List<ColumnProfile> columns = fields.objects(key, c -> ColumnReader.read(c, reader));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (!names.add(name)) {
        throw fields.failureAt(key + "[" + i + "].name", name, "a name that is not there before");
      }
    }
    return columns;
  }
}
