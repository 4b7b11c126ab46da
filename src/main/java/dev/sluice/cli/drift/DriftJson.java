package dev.sluice.cli.drift;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.drift.Cells;
import dev.sluice.drift.Measurement;
import dev.sluice.drift.Metric;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison as one JSON object in ASCII. Every number reads back as the double that it is; a
 * value that is null has a note that says why.
 */
public final class DriftJson {
  /** So many cells are listed at most. */
  static final int MAX_CELLS = 1000;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LAST_PRINTABLE_ASCII = '~';

  private DriftJson() {}

  /** Writes the object and the end of the line; the writer stays open. */
  public static void write(DriftResult result, Writer out) throws IOException {
    JsonGenerator generator = MAPPER.getFactory().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
    generator.useDefaultPrettyPrinter();
    MAPPER.writeValue(generator, object(result));
    out.write(System.lineSeparator());
    out.flush();
  }

  private static Map<String, Object> object(DriftResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("reference", file(result.reference().toString(), result.referenceForm()));
    object.put("current", file(result.current().toString(), result.currentForm()));
    object.put("columns", result.columns().stream().map(DriftJson::column).toList());
    object.put("onlyInReference", result.onlyReference());
    object.put("onlyInCurrent", result.onlyCurrent());
    return object;
  }

  private static Map<String, Object> file(String path, String form) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("path", path);
    object.put("form", form);
    return object;
  }

  private static Map<String, Object> column(ColumnResult column) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", column.kind());
    object.put("name", column.name());
    object.put("type", column.type());
    object.put("reference", amounts(column.reference()));
    object.put("current", amounts(column.current()));
    if (!column.obstacle().isEmpty()) {
      object.put("note", column.obstacle());
    } else {
      Map<String, Object> metrics = new LinkedHashMap<>();
      column.measurements().forEach(m -> metrics.put(m.metric().id(), metric(m)));
      object.put("metrics", metrics);
      object.put("cellCount", column.cells().size());
      object.put("cells", cells(column.cells()));
    }
    return object;
  }

  private static Map<String, Object> amounts(ColumnResult.Amounts amounts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("values", number(amounts.values()));
    object.put("nan", number(amounts.nan()));
    object.put("missing", number(amounts.missing()));
    return object;
  }

  /** Counts are whole but for those that were scaled. */
  private static Number number(double number) {
    return number == Math.rint(number) && number <= 0x1p53 ? (Number) (long) number : number;
  }

  private static Map<String, Object> metric(Measurement measurement) {
    Metric metric = measurement.metric();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("value", measurement.value());
    object.put("base", metric.base().isEmpty() ? null : metric.base());
    object.put("root", metric.root().isEmpty() ? null : metric.root());
    object.put("formula", metric.formula());
    measurement
        .details()
        .forEach((n, v) -> object.put(n, n.equals("degreesOfFreedom") ? number(v) : v));
    if (!measurement.note().isEmpty()) {
      object.put("note", measurement.note());
    }
    return object;
  }

  private static List<Object> cells(Cells cells) {
    double[] reference = cells.reference();
    double[] current = cells.current();
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Math.min(cells.size(), MAX_CELLS); i++) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("cell", cells.label(i));
      object.put("reference", number(reference[i]));
      object.put("current", number(current[i]));
      list.add(object);
    }
    return list;
  }
}
