package dev.sluice.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.infer.onnx.SessionProbe;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxOperator;
import dev.sluice.model.TensorInfo;
import dev.sluice.model.WrittenValues;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An inspection as one JSON object in ASCII. A key whose value is null was not found out; times are
 * milliseconds since the epoch, an open dimension is -1. Of what the author states, a number that
 * would be another than is written is a text.
 */
public final class InspectionJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LAST_PRINTABLE_ASCII = '~';

  private InspectionJson() {}

  /** Writes the object and the end of the line; the writer stays open. */
  public static void write(Inspection inspection, Writer out) throws IOException {
    JsonGenerator generator = MAPPER.getFactory().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.setHighestNonEscapedChar(LAST_PRINTABLE_ASCII);
    generator.useDefaultPrettyPrinter();
    MAPPER.writeValue(generator, object(inspection));
    out.write(System.lineSeparator());
    out.flush();
  }

  private static Map<String, Object> object(Inspection inspection) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("path", inspection.path().toString());
    if (inspection.model() != null) {
      putPackage(object, inspection);
    }
    object.putAll(findings(inspection.findings()));
    object.put("usable", inspection.findings().isUsable());
    return object;
  }

  private static void putPackage(Map<String, Object> object, Inspection inspection) {
    ModelPackage model = inspection.model();
    object.put("name", model.name());
    object.put("version", model.version());
    object.put("sha256", model.sha256());
    object.put("files", inspection.files() == null ? null : inspection.files().files());
    object.put("irVersion", model.irVersion());
    Map<String, Long> opsets = new TreeMap<>();
    model
        .opsets()
        .forEach((domain, version) -> opsets.put(OnnxOperator.domainName(domain), version));
    object.put("opsets", opsets);
    object.put("producer", model.graph().origin().producer());
    object.put("producerVersion", model.graph().origin().producerVersion());
    object.put("properties", model.graph().origin().properties());
    model.mlModel().ifPresent(file -> object.put("mlflow", file.origin()));
    object.put("inputs", model.signature().inputs().stream().map(InspectionJson::tensor).toList());
    object.put(
        "outputs", model.signature().outputs().stream().map(InspectionJson::tensor).toList());
    object.put(
        "operators", model.graph().operators().stream().map(InspectionJson::operator).toList());
    object.put("metadata", WrittenValues.exact(model.metadata(), model.statements()));
    object.put("dependencies", inspection.dependencies());
    object.put("profile", profile(inspection));
    object.put("mapping", mapping(inspection.layout()));
    object.put("skew", inspection.skew() == null ? null : skew(inspection.skew()));
    object.put("session", session(inspection.session()));
  }

  private static Map<String, Object> tensor(TensorInfo tensor) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", tensor.name());
    object.put("type", tensor.type().name().toLowerCase(Locale.ROOT));
    object.put("shape", tensor.shape());
    return object;
  }

  private static Map<String, Object> operator(OnnxOperator operator) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("domain", operator.domainName());
    object.put("type", operator.type());
    object.put("count", operator.count());
    return object;
  }

  private static Map<String, Object> profile(Inspection inspection) {
    DataProfile profile = inspection.profile();
    if (profile == null) {
      return null;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    DataSet data = profile.dataSet();
    object.put("dataSet", data == null ? null : data.name());
    object.put("dataSetSha256", data == null ? null : data.sha256());
    object.put("firstEventTime", data == null ? null : data.firstEventTime());
    object.put("lastEventTime", data == null ? null : data.lastEventTime());
    object.put("rows", profile.counts().rows());
    object.put("columns", profile.columns().stream().map(ColumnProfile::name).toList());
    object.put("outputs", profile.outputs().stream().map(ColumnProfile::name).toList());
    object.put("modelSha256", profile.model().sha256());
    object.put("modelAgrees", inspection.profileAgrees());
    return object;
  }

  private static List<Object> mapping(FeatureLayout layout) {
    if (layout == null) {
      return null;
    }
    List<Object> inputs = new ArrayList<>();
    layout
        .inputs()
        .forEach(
            input -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("input", input.name());
              object.put(
                  "fields",
                  input.columns().stream().map(i -> layout.columns().get(i).name()).toList());
              inputs.add(object);
            });
    return inputs;
  }

  private static Map<String, Object> skew(Findings skew) {
    Map<String, Object> object = findings(skew);
    object.remove("problems");
    return object;
  }

  private static Map<String, Object> session(SessionProbe session) {
    if (session == null) {
      return null;
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("onnxRuntime", session.runtimeVersion());
    object.put("execution", session.execution());
    object.put("device", session.device());
    object.put("loadMillis", session.loadMillis());
    object.put("warmUpMillis", session.warmUpMillis());
    object.put("providers", session.share() == null ? null : session.share().parts());
    object.put("signatureAgrees", session.differences().isEmpty());
    return object;
  }

  private static Map<String, Object> findings(Findings findings) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("problems", findings.problems());
    object.put("warnings", findings.warnings());
    object.put("notes", findings.notes());
    return object;
  }
}
