package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
  private static final Schema NESTED =
      SchemaBuilder.record("N").fields().requiredFloat("b").requiredFloat("c").endRecord();
  private static final Schema SCHEMA =
      SchemaBuilder.record("R")
          .fields()
          .requiredFloat("mean_radius")
          .requiredFloat("PM2_5")
          .requiredFloat("_1st")
          .requiredFloat("a_b")
          .name("a")
          .type(NESTED)
          .noDefault()
          .name("all values".replace(' ', '_'))
          .type()
          .array()
          .items()
          .floatType()
          .noDefault()
          .endRecord();

  private final List<String> problems = new ArrayList<>();
  private final FieldNames names = new FieldNames(SCHEMA);

  private List<String> resolve(String... wanted) {
    return names.resolve(List.of(wanted), "model input x", problems);
  }

  @Test
  void whatIsAFieldStays() {
    assertThat(resolve("mean_radius", "a.b", "a_b")).containsExactly("mean_radius", "a.b", "a_b");
    assertThat(names.notes()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void whatIsRenamedIsFoundWithANote() {
    assertThat(resolve("mean radius", "PM2.5", "1st", "a_c", "all values"))
        .containsExactly("mean_radius", "PM2_5", "_1st", "a.c", "all_values");
    assertThat(names.notes())
        .containsExactly(
            "model input x: mean radius is the field mean_radius, PM2.5 is the field PM2_5, 1st is"
                + " the field _1st, a_c is the field a.c, all values is the field all_values");
    assertThat(problems).isEmpty();
  }

  @Test
  void whatIsUnknownStays() {
    assertThat(resolve("mean", "MEAN RADIUS")).containsExactly("mean", "MEAN RADIUS");
    assertThat(names.notes()).isEmpty();
  }

  @Test
  void aNameOfSeveralFieldsIsAProblem() {
    resolve("a b");

    assertThat(problems)
        .containsExactly(
            "model input x: a b is no field of the feature record and can be each of [a_b, a.b],"
                + " expected model.inputs to say which");
  }

  @Test
  void aFieldOfSeveralNamesIsAProblem() {
    resolve("mean radius");
    resolve("mean_radius");
    resolve("PM2_5", "PM2-5");

    assertThat(problems)
        .containsExactly(
            "model input x: mean radius and mean_radius are both the field mean_radius, expected"
                + " one field for each",
            "model input x: PM2_5 and PM2-5 are both the field PM2_5, expected one field for each");
  }

  @Test
  void manyRenamedNamesShareANote() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("R").fields();
    IntStream.range(0, 30).forEach(i -> fields.requiredFloat("mean_" + i));
    FieldNames many = new FieldNames(fields.endRecord());

    many.resolve(IntStream.range(0, 30).mapToObj(i -> "mean " + i).toList(), "m", problems);

    assertThat(many.notes()).hasSize(1);
    assertThat(many.notes().get(0))
        .startsWith("m: mean 0 is the field mean_0, ")
        .endsWith("mean 7 is the field mean_7 and 22 more are renamed so");
  }
}
