package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.Registries.id;
import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.decode.SchemaKey;
import dev.sluice.decode.WriterSchema;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry's answers mean; a real registry gives them in {@link ApicurioITCase}. */
@Timeout(60)
class SchemaLookupTest {
  private static final UUID GUID = new UUID(7, -8);

  private final StubRegistry registry = StubRegistry.start();
  private final RegistryHttp http = new RegistryHttp(Registries.options(registry.url()), () -> {});
  private final SchemaLookup lookup = new SchemaLookup(http);

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void anIdHasASchema() throws NoAnswerException {
    registry.schema(5, "\"long\"");
    assertThat(lookup.ask(id(5))).isEqualTo(known(Schema.create(Schema.Type.LONG)));
  }

  @Test
  void anUnknownIdSaysWhere() throws NoAnswerException {
    assertThat(Registries.why(lookup.ask(id(5))))
        .isEqualTo("schema id 5 is not known to registry " + registry.url());
  }

  @Test
  void aNegativeIdIsNotAskedFor() throws NoAnswerException {
    assertThat(Registries.why(lookup.ask(id(-5))))
        .isEqualTo("schema id -5 is negative, expected the id of a registered schema");
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void aMissingPathIsNoAnswer() {
    registry.all(answer(404, "<html>"));
    assertThatThrownBy(() -> lookup.ask(id(5)))
        .isInstanceOf(NoAnswerException.class)
        .hasMessage(
            "registry "
                + registry.url()
                + " answers 404 to /schemas/ids/5 as no registry does; is registry.url the root of"
                + " Confluent's API?");
  }

  @Test
  void aGuidHasASchema() throws NoAnswerException {
    registry.on("/schemas/guids/" + GUID, answer(200, StubRegistry.body("\"int\"")));
    assertThat(lookup.ask(guid())).isEqualTo(known(Schema.create(Schema.Type.INT)));
  }

  @Test
  void anUnknownGuidSaysWhere() throws NoAnswerException {
    assertThat(Registries.why(lookup.ask(guid())))
        .isEqualTo(
            "schema GUID 00000000-0000-0007-ffff-fffffffffff8 is not known to registry "
                + registry.url());
  }

  @Test
  void aRegistryWithoutGuidsKnowsNone() throws NoAnswerException {
    registry.on("/schemas/guids/" + GUID, answer(404, ""));
    assertThatThrownBy(() -> lookup.ask(guid())).isInstanceOf(NoAnswerException.class);
    registry.on("/schemas/types", answer(200, "[\"AVRO\"]"));
    assertThat(Registries.why(lookup.ask(guid())))
        .endsWith("cannot be looked up: registry " + registry.url() + " knows no GUIDs");
  }

  @Test
  void otherThanAvroIsUnknown() throws NoAnswerException {
    registry.on("/schemas/ids/5", answer(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
    registry.schema(6, "{\"type\":\"rec");
    registry.schema(
        7,
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":\"int\",\"order\":\"x\"}]}");
    registry.schema(
        8,
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":\"int\",\"order\":1}]}");
    assertThat(Registries.why(lookup.ask(id(5))))
        .isEqualTo("schema id 5 is of type JSON, expected AVRO");
    assertThat(Registries.why(lookup.ask(id(6)))).startsWith("schema id 6 is no Avro schema: ");
    assertThat(Registries.why(lookup.ask(id(7)))).startsWith("schema id 7 is no Avro schema: ");
    assertThat(Registries.why(lookup.ask(id(8)))).startsWith("schema id 8 is no Avro schema: ");
  }

  /** A proxy, a page to log in at: the records wait until the registry itself is heard. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "{\"schema\":{}}", "{\"status\":\"UP\"}"})
  void jsonThatNoRegistrySaysIsNoAnswer(String body) {
    registry.on("/schemas/ids/5", answer(200, body));
    assertThatThrownBy(() -> lookup.ask(id(5)))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining(" answers 200 to /schemas/ids/5 as no registry does");
  }

  @Test
  void aDeepSchemaIsRefused() throws NoAnswerException {
    String open = "{\"type\":\"array\",\"items\":";
    registry.schema(5, open.repeat(20_000) + "\"int\"" + "}".repeat(20_000));
    assertThat(Registries.why(lookup.ask(id(5)))).startsWith("schema id 5 is no Avro schema: ");
  }

  @Test
  void aSchemaNestedTooDeepOverReferencesIsRefused() throws NoAnswerException {
    String open = "{\"type\":\"array\",\"items\":";
    String close = "}".repeat(600);
    registry.on(
        "/schemas/ids/5", answer(200, referring("n.B", open.repeat(600) + "\"n.B\"" + close)));
    registry.on(
        "/subjects/n.B%2F%20x/versions/3",
        answer(
            200,
            StubRegistry.body(
                "{\"type\":\"record\",\"name\":\"n.B\",\"fields\":[{\"name\":\"f\",\"type\":"
                    + open.repeat(600)
                    + "\"int\""
                    + close
                    + "}]}")));
    assertThat(Registries.why(lookup.ask(id(5))))
        .isEqualTo("schema id 5 is no Avro schema: nested too deep");
  }

  @Test
  void aSchemaThatIsTooLargeWithWhatItRefersToIsRefused() throws NoAnswerException {
    String wide = "\"doc\":\"" + "x".repeat(800_000) + "\",";
    for (String[] link : new String[][] {{"B", "C"}, {"C", "D"}, {"D", "E"}}) {
      registry.on(
          "/subjects/n." + link[0] + "%2F%20x/versions/3",
          answer(
              200,
              referring(
                  "n." + link[1],
                  record(link[0], "int").replace("{\"type\"", "{" + wide + "\"type\""))));
    }
    registry.on(
        "/subjects/n.E%2F%20x/versions/3", answer(200, StubRegistry.body(record("E", "int"))));
    registry.on("/schemas/ids/5", answer(200, referring("n.B", "\"n.B\"")));
    registry.on("/schemas/ids/6", answer(200, referring("n.C", "\"n.C\"")));

    assertThat(Registries.why(lookup.ask(id(5))))
        .contains("n.B, which schema id 5 refers to, has more than 2097152 characters");
    assertThat(lookup.ask(id(6))).isInstanceOf(WriterSchema.Known.class);
  }

  @Test
  void aSchemaThatIsTooLargeIsNamedWhereverItIsAskedFor() throws NoAnswerException {
    String huge = StubRegistry.body("\"" + "x".repeat(2 << 20) + "\"");
    registry.on("/schemas/guids/" + GUID, answer(200, huge));
    registry.on("/subjects/s/versions/3", answer(200, huge));
    registry.on("/subjects/n.B%2F%20x/versions/3", answer(200, huge));
    registry.on("/schemas/ids/5", answer(200, referring("n.B", "\"n.B\"")));
    assertThat(Registries.why(lookup.ask(guid())))
        .isEqualTo(
            "schema GUID " + GUID + " has more than 1048576 bytes, expected as many at most");
    assertThat(Registries.why(lookup.version("s", 3)))
        .startsWith("version 3 of subject s has more than 1048576 bytes");
    assertThat(Registries.why(lookup.ask(id(5))))
        .startsWith("n.B, which schema id 5 refers to, has more than 1048576 bytes");
  }

  @Test
  void aSchemaWithANameThatIsNotReadIsUnknown() throws NoAnswerException {
    registry.on("/schemas/ids/5", answer(200, "{\"" + "x".repeat(60_000) + "\":1}"));
    assertThat(Registries.why(lookup.ask(id(5))))
        .startsWith("schema id 5 has a name, number or depth that is not read: ")
        .endsWith(", expected a smaller one");
  }

  @Test
  void whatASchemaRefersToIsAskedForFirst() throws NoAnswerException {
    registry.on(
        "/schemas/ids/5", answer(200, referring("n.B", "{\"type\":\"array\",\"items\":\"n.B\"}")));
    registry.on(
        "/subjects/n.B%2F%20x/versions/3", answer(200, referring("n.C", record("B", "n.C"))));
    registry.on(
        "/subjects/n.C%2F%20x/versions/3", answer(200, StubRegistry.body(record("C", "int"))));
    WriterSchema.Known known = (WriterSchema.Known) lookup.ask(id(5));
    assertThat(known.schema().getElementType().getField("f").schema().getFullName())
        .isEqualTo("n.C");
    assertThat(registry.requests).hasSize(3);
  }

  @Test
  void aCircleOfReferencesEnds() throws NoAnswerException {
    registry.on("/schemas/ids/5", answer(200, referring("n.B", "\"n.B\"")));
    registry.on(
        "/subjects/n.B%2F%20x/versions/3", answer(200, referring("n.B", record("B", "int"))));
    assertThat(lookup.ask(id(5))).isInstanceOf(WriterSchema.Known.class);
  }

  @Test
  void aMissingReferenceIsUnknown() throws NoAnswerException {
    registry.on("/schemas/ids/5", answer(200, referring("n.B", "\"n.B\"")));
    assertThat(Registries.why(lookup.ask(id(5))))
        .isEqualTo("schema id 5 refers to n.B, which is not known to registry " + registry.url());
  }

  @Test
  void fingerprintsAreThoseOfASubject() throws NoAnswerException {
    SubjectVersions versions = new SubjectVersions("s");
    registry.on("/subjects/s/versions", answer(200, "[1,2]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body("\"int\"")));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body("\"long\"")));
    Schema first = Schema.create(Schema.Type.INT);
    assertThat(versions.ask(http, fingerprint(first))).isEqualTo(known(first));
    // Read already, but no longer cached: asked for again, and nothing else.
    registry.requests.clear();
    assertThat(versions.ask(http, fingerprint(first))).isEqualTo(known(first));
    assertThat(registry.requests).containsExactly("GET /subjects/s/versions/1");
    assertThat(Registries.why(versions.ask(http, 5)))
        .isEqualTo(
            "no schema with the fingerprint 0000000000000005 is known under the subject s of"
                + " registry "
                + registry.url());
    // A new version is found.
    registry.on("/subjects/s/versions", answer(200, "[1,2,3]"));
    registry.on("/subjects/s/versions/3", answer(200, StubRegistry.body("\"float\"")));
    Schema third = Schema.create(Schema.Type.FLOAT);
    assertThat(versions.ask(http, fingerprint(third))).isEqualTo(known(third));
    assertThat(registry.requests.stream().filter(r -> r.endsWith("/versions/2"))).isEmpty();
  }

  /** A record would be read by the newest, in its unit, whichever wrote it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'type':'long','logicalType':'timestamp-millis' | 'type':'long','logicalType':'timestamp-micros'",
        "'type':'bytes','logicalType':'decimal','precision':9,'scale':2 | 'type':'bytes','logicalType':'decimal','precision':9,'scale':4",
        "'type':'long' | 'type':'long','logicalType':'timestamp-micros'"
      })
  void aFingerprintOfSeveralMeaningsIsUnknown(String one, String two) throws NoAnswerException {
    String first = field(one);
    String second = field(two);
    long fingerprint = fingerprint(new Schema.Parser().parse(first));
    assertThat(fingerprint(new Schema.Parser().parse(second))).isEqualTo(fingerprint);
    registry.on("/subjects/s/versions", answer(200, "[1,2,3,4]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body(first)));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body(second)));
    registry.on("/subjects/s/versions/3", answer(200, StubRegistry.body("\"int\"")));
    registry.on("/subjects/s/versions/4", answer(200, StubRegistry.body(second)));
    SubjectVersions versions = new SubjectVersions("s");
    Schema other = Schema.create(Schema.Type.INT);
    assertThat(versions.ask(http, fingerprint(other))).isEqualTo(known(other));
    for (int i = 0; i < 2; i++) {
      assertThat(Registries.why(versions.ask(http, fingerprint)))
          .isEqualTo(
              "schema fingerprint %016x is that of versions 4 and 1 of subject s, which have other logical types; expected one of them"
                  .formatted(fingerprint));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'type':'string' | 'type':'string','logicalType':'uuid'",
        "'type':'long' | 'type':'long','logicalType':'timestamp-millis'",
        "'type':'long','logicalType':'timestamp-millis' | 'type':'long'",
        "'type':'long' | 'type':'long','logicalType':'time-micros'",
        "'type':'int' | 'type':'int','logicalType':'date'",
        "'type':'bytes','logicalType':'decimal','precision':9,'scale':2 | 'type':'bytes','logicalType':'decimal','precision':12,'scale':2"
      })
  void versionsOfOneFingerprintAndMeaningAreTheNewest(String one, String two)
      throws NoAnswerException {
    Schema newest = new Schema.Parser().parse(field(two));
    registry.on("/subjects/s/versions", answer(200, "[1,2]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body(field(one))));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body(field(two))));
    assertThat(new SubjectVersions("s").ask(http, fingerprint(newest))).isEqualTo(known(newest));
  }

  /** Half a list would answer for what the other half makes doubtful. */
  @Test
  void aListThatWasBrokenOffIsReadToItsEndFirst() throws NoAnswerException {
    String first = field("'type':'long','logicalType':'timestamp-millis'");
    String second = field("'type':'long','logicalType':'timestamp-micros'");
    long fingerprint = fingerprint(new Schema.Parser().parse(first));
    registry.on("/subjects/s/versions", answer(200, "[1,2]"));
    registry.on("/subjects/s/versions/1", answer(503, ""));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body(second)));
    SubjectVersions versions = new SubjectVersions("s");
    assertThatThrownBy(() -> versions.ask(http, fingerprint)).isInstanceOf(NoAnswerException.class);
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body(first)));
    assertThat(versions.ask(http, fingerprint)).isInstanceOf(WriterSchema.Unknown.class);
  }

  @Test
  void aVersionThatWasDeletedGivesWayToItsSuccessor() throws NoAnswerException {
    Schema schema = Schema.create(Schema.Type.INT);
    registry.on("/subjects/s/versions", answer(200, "[1]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body("\"int\"")));
    SubjectVersions versions = new SubjectVersions("s");
    assertThat(versions.ask(http, fingerprint(schema))).isEqualTo(known(schema));
    registry.on("/subjects/s/versions", answer(200, "[2]"));
    registry.on("/subjects/s/versions/1", answer(404, "{\"error_code\":40402}"));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body("\"int\"")));
    assertThat(versions.ask(http, fingerprint(schema))).isEqualTo(known(schema));
  }

  @Test
  void aVersionThatWasDeletedGivesWayToAnOlderOneOfTheSameSchema() throws NoAnswerException {
    Schema schema = Schema.create(Schema.Type.INT);
    registry.on("/subjects/s/versions", answer(200, "[1,2]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body("\"int\"")));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body("\"int\"")));
    SubjectVersions versions = new SubjectVersions("s");
    assertThat(versions.ask(http, 5)).isInstanceOf(WriterSchema.Unknown.class);
    deleteSecond();
    assertThat(versions.ask(http, fingerprint(schema))).isEqualTo(known(schema));
  }

  @Test
  void aFingerprintIsKnownOnceVersionsOfOtherMeaningsAreDeleted() throws NoAnswerException {
    String first = field("'type':'long','logicalType':'timestamp-millis'");
    String second = field("'type':'long','logicalType':'timestamp-micros'");
    Schema left = new Schema.Parser().parse(first);
    registry.on("/subjects/s/versions", answer(200, "[1,2]"));
    registry.on("/subjects/s/versions/1", answer(200, StubRegistry.body(first)));
    registry.on("/subjects/s/versions/2", answer(200, StubRegistry.body(second)));
    SubjectVersions versions = new SubjectVersions("s");
    assertThat(versions.ask(http, fingerprint(left))).isInstanceOf(WriterSchema.Unknown.class);
    deleteSecond();
    assertThat(versions.ask(http, fingerprint(left))).isEqualTo(known(left));
  }

  private void deleteSecond() {
    registry.on("/subjects/s/versions", answer(200, "[1]"));
    registry.on("/subjects/s/versions/2", answer(404, "{\"error_code\":40402}"));
  }

  private static String field(String type) {
    return "{'type':'record','name':'R','fields':[{'name':'f','type':{%s}}]}"
        .formatted(type)
        .replace('\'', '"');
  }

  @Test
  void aSubjectThatIsNotThereHasNoFingerprints() throws NoAnswerException {
    registry.on("/subjects/s/versions", answer(404, "{\"error_code\":40401}"));
    assertThat(new SubjectVersions("s").ask(http, 5)).isInstanceOf(WriterSchema.Unknown.class);
    registry.requests.clear();
    assertThat(Registries.why(new SubjectVersions("").ask(http, 5)))
        .isEqualTo("no schema with the fingerprint 0000000000000005 is known");
    assertThat(registry.requests).isEmpty();
  }

  private static WriterSchema known(Schema schema) {
    return new WriterSchema.Known(schema);
  }

  private static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private static SchemaKey guid() {
    return new SchemaKey(
        SchemaKey.Kind.GUID, GUID.getMostSignificantBits(), GUID.getLeastSignificantBits());
  }

  private static String record(String name, String type) {
    return "{\"type\":\"record\",\"name\":\"n."
        + name
        + "\",\"fields\":[{\"name\":\"f\",\"type\":\""
        + type
        + "\"}]}";
  }

  private static String referring(String name, String schema) {
    return StubRegistry.body(schema)
        .replaceFirst(
            "\\{",
            "{\"references\":[{\"name\":\""
                + name
                + "\",\"subject\":\""
                + name
                + "/ x\",\"version\":3}],");
  }
}
